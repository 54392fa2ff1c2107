import Bytes
internal import CMachine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One running copy of a program. It ends, with its process group, when nobody holds it any more.
final class Program {
  private var process: cmachine_program
  private let warden: Int32
  private var errors: ErrorLines
  private var chunk = [UInt8](repeating: 0, count: 256 << 10)

  /// How an exchange came to its end.
  enum Ending: Equatable {
    /// As many lines came as were asked for.
    case answered
    /// With an exit code, or less than zero: a signal's number.
    case ended(Int32)
    case silent
    /// More came than is allowed.
    case tooLong
  }

  /// What is expected of the program.
  struct Terms {
    /// Lines after which it has answered; nil if only its end tells.
    var lines: Int?
    /// Without a byte read or written for so long it hangs.
    var seconds: Double
    /// Most bytes of answers.
    var limit: Int
  }

  /// Starts a program.
  /// - Throws: `SystemError`.
  init(_ path: String, _ command: Command, label: String) throws {
    warden = try Warden.channel()
    errors = ErrorLines(label: label)
    process = cmachine_program()
    var arguments: [UnsafeMutablePointer<CChar>?] = command.words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let code = cmachine_start_program(path, &arguments, command.folder, warden, &process)
    guard code == 0 else { throw SystemError("start", path, code: code) }
  }

  deinit {
    // What it still had to say.
    readErrors()
    errors.flush()
    cmachine_end_program(&process, warden)
  }

  /// Writes `feed` to the program while reading what it answers, so that neither waits for the other.
  func exchange(
    _ feed: UnsafeBufferPointer<UInt8>, into answers: inout [UInt8], _ terms: Terms
  ) -> Ending {
    var written = 0
    var missing = terms.lines ?? 0
    var quietSince = Program.now
    let start = answers.count
    while true {
      if written == feed.count, terms.lines == nil { closeInput() }
      var polls = self.polls(wantsToWrite: written < feed.count)
      let left = max(0, quietSince + terms.seconds - Program.now)
      // Without a descriptor for its end, the end is looked for.
      let wait = process.ended < 0 ? min(left, 0.01) : left
      _ = poll(&polls, nfds_t(polls.count), Int32(min(wait * 1000 + 1, 1_000_000)))
      var isBusy = false
      if polls[0].revents != 0 { isBusy = write(feed, &written) }
      if polls[1].revents != 0 {
        let before = answers.count
        isBusy = readAnswers(&answers) || isBusy
        if terms.lines != nil { missing -= answers[before...].count { $0 == UInt8(ascii: "\n") } }
      }
      if polls[2].revents != 0 { readErrors() }
      if answers.count - start > terms.limit { return .tooLong }
      if terms.lines != nil, missing <= 0 { return .answered }
      var status: Int32 = 0
      if cmachine_program_has_ended(&process, &status) != 0 {
        // What it wrote is in the pipes. Whoever else holds them is not waited for.
        while answers.count - start <= terms.limit, readAnswers(&answers) {}
        readErrors()
        return answers.count - start > terms.limit ? .tooLong : .ended(status)
      }
      let now = Program.now
      if isBusy { quietSince = now } else if now - quietSince >= terms.seconds { return .silent }
    }
  }

  private func polls(wantsToWrite: Bool) -> [pollfd] {
    [
      pollfd(fd: wantsToWrite ? process.input : -1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: process.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: process.errors, events: Int16(POLLIN), revents: 0),
      pollfd(fd: process.ended, events: Int16(POLLIN), revents: 0),
    ]
  }

  /// Whether the program took something.
  private func write(_ feed: UnsafeBufferPointer<UInt8>, _ written: inout Int) -> Bool {
    let rest = UnsafeBufferPointer(rebasing: feed[written...])
    #if canImport(Glibc)
      let count = Glibc.write(process.input, rest.baseAddress, rest.count)
    #else
      let count = Darwin.write(process.input, rest.baseAddress, rest.count)
    #endif
    if count > 0 {
      written += count
      return true
    }
    // It reads no more. What it has answered counts.
    if count < 0, errno != EAGAIN, errno != EINTR { closeInput() }
    return false
  }

  private func closeInput() { Program.closeEnd(&process.input) }

  /// Whether something came.
  private func readAnswers(_ answers: inout [UInt8]) -> Bool {
    let count = read(process.output, &chunk, chunk.count)
    if count > 0 {
      answers.append(contentsOf: chunk[..<count])
      return true
    }
    if count == 0 { Program.closeEnd(&process.output) }
    return false
  }

  private func readErrors() {
    // A program that writes without end is not listened to without end.
    for _ in 0..<16 {
      let count = read(process.errors, &chunk, chunk.count)
      if count == 0 { Program.closeEnd(&process.errors) }
      guard count > 0 else { return }
      errors.append(chunk[..<count])
    }
  }

  private static func closeEnd(_ descriptor: inout Int32) {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
