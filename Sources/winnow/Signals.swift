import ArgumentParser
import Bytes
import Dispatch
import Runner
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// INT and TERM: the first asks a run to stop, and ends the process where none has begun, whatever it waits
/// for; the second ends it as it always does. A closed pipe is an error of `write`, not a signal.
final class Signals {
  private let received = Received()
  private var sources: [any DispatchSourceSignal] = []
  /// A serial queue always gets a thread; a concurrent one would wait for a processor that the run's
  /// threads leave free.
  private let queue = DispatchQueue(label: "winnow.signals", qos: .userInteractive)

  /// - Parameter hasBegun: Whether there is something already that is to be brought to an end.
  /// - Throws: `ExitCode`, having said why, when the system has not what the program needs.
  init(_ stop: StopSignal, jobs: Int = 1, hasBegun: Bool = true) throws {
    do throws(SystemError) {
      try Machine.check(jobs: jobs)
    } catch {
      Terminal.complain(error)
      throw ExitCode.runFailed
    }
    received.hasBegun.store(hasBegun, ordering: .relaxed)
    signal(SIGPIPE, SIG_IGN)
    // A file at its size limit is an error of `write`, too.
    signal(SIGXFSZ, SIG_IGN)
    for number in [SIGINT, SIGTERM] {
      // A dispatch source sees a signal only if the process itself ignores it.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [received] in
        // Relaxed: nothing is read on the strength of this number until the run has ended.
        received.number.store(number, ordering: .relaxed)
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
        stop.request()
        guard !received.hasBegun.load(ordering: .relaxed) else { return }
        Terminal.complain("interrupted")
        _exit(128 + number)
      }
      source.resume()
      sources.append(source)
    }
  }

  /// From now on the first signal is a wish.
  func begin() { received.hasBegun.store(true, ordering: .relaxed) }

  /// 128 and the number of the signal, as shells have it: 130 or 143.
  var exitCode: Int32 { 128 + received.number.load(ordering: .relaxed) }

  /// The last signal, and what it means, shared with the queue that hears it.
  private final class Received: Sendable {
    let number = Atomic<Int32>(0)
    let hasBegun = Atomic<Bool>(false)
  }
}
