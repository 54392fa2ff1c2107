import Bytes

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Gives the run its facts about the machine: processors, clocks, memory.
public enum Machine {
  /// Processors that this process may use: those that it is allowed to run on, and no more than its
  /// control group (cgroup v2, or v1) pays for. At least 1.
  public static var availableProcessors: Int {
    var count = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    #if os(Linux)
      if let allowed = processorsAllowed { count = min(count, allowed) }
      if let quota = quotaOfControlGroup { count = min(count, quota) }
    #endif
    return max(1, count)
  }

  /// Processors in the affinity mask, which the kernel prints in hexadecimal: `Cpus_allowed: ff,0000000f`.
  private static var processorsAllowed: Int? {
    guard let bytes = try? FileSystem.contents(of: "/proc/self/status") else { return nil }
    let name = "Cpus_allowed:"
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let mask = lines.first { $0.hasPrefix(name) }?.dropFirst(name.count)
    return mask?.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
  }

  /// Processors' worth of time that the control group grants, rounded up; nil without a limit.
  private static var quotaOfControlGroup: Int? {
    if let line = firstLine(of: "/sys/fs/cgroup/cpu.max") {
      let numbers = line.split(separator: " ").map { Double($0) }
      if numbers.count == 2, let quota = numbers[0], let period = numbers[1], period > 0 {
        return Int((quota / period).rounded(.up))
      }
    }
    if let quota = firstLine(of: "/sys/fs/cgroup/cpu/cpu.cfs_quota_us").flatMap(Double.init),
      let period = firstLine(of: "/sys/fs/cgroup/cpu/cpu.cfs_period_us").flatMap(Double.init),
      quota > 0, period > 0
    {
      return Int((quota / period).rounded(.up))
    }
    return nil
  }

  private static func firstLine(of path: String) -> String? {
    guard let bytes = try? FileSystem.contents(of: path) else { return nil }
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// Processor time of the calling thread, in seconds.
  public static var threadSeconds: Double { seconds(of: CLOCK_THREAD_CPUTIME_ID) }

  /// Processor time of the whole process, in seconds.
  public static var processSeconds: Double { seconds(of: CLOCK_PROCESS_CPUTIME_ID) }

  /// A clock that only moves forward, in seconds.
  public static var elapsedSeconds: Double { seconds(of: CLOCK_MONOTONIC) }

  /// The time of day, in seconds since 1970, to milliseconds.
  public static var timeSeconds: Double {
    (seconds(of: CLOCK_REALTIME) * 1000).rounded() / 1000
  }

  private static func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    // The system fills the structure that it is lent for the call; so below.
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The time of day in UTC, `2026-11-20T02:00:00Z` (ISO 8601).
  static var timestamp: String {
    var now = time(nil)
    var parts = unsafe tm()
    unsafe gmtime_r(&now, &parts)
    let padded = { (value: Int32) in value < 10 ? "0\(value)" : "\(value)" }
    return unsafe "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
      + "T\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))Z"
  }

  /// The most memory that the process ever held (resident set), in bytes.
  public static var peakMemoryBytes: Int {
    var usage = rusage()
    #if canImport(Glibc)
      unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1024
    #else
      unsafe getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}
