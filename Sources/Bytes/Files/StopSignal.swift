internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A wish to stop, made once from any thread, and heard even by a thread that waits for input.
public final class StopSignal: Sendable {
  /// A pipe that becomes readable when the wish is made: `poll` can wait for it beside an input.
  private let readEnd: Int32
  private let writeEnd: Int32
  private let wish = Atomic<Bool>(false)

  public init() {
    var ends: [Int32] = [-1, -1]
    // Without descriptors left, reading goes on and only the waking of a waiting read is lost.
    if pipe(&ends) != 0 { ends = [-1, -1] }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Makes the wish known. Further calls change nothing.
  public func request() {
    // Relaxed: the flag carries no data with it.
    guard !wish.exchange(true, ordering: .relaxed) else { return }
    var byte: UInt8 = 0
    _ = write(writeEnd, &byte, 1)
  }

  public var isRequested: Bool { wish.load(ordering: .relaxed) }

  /// Waits until `descriptor` can be read or the wish is made; false for the latter.
  func waitUntilReadable(_ descriptor: Int32) -> Bool {
    while !isRequested {
      var polls = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&polls, nfds_t(polls.count), -1)
      if isRequested { return false }
      // An error of `poll` or on the descriptor is left to `read`, which names it.
      if ready < 0, errno == EINTR { continue }
      return true
    }
    return false
  }
}
