import Bytes
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// INT and TERM: the first asks the run to stop, the second ends the process as it always does. A closed
/// pipe is an error of `write`, not a signal.
final class Signals {
  private let received = Received()
  private var sources: [any DispatchSourceSignal] = []
  /// A serial queue always gets a thread; a concurrent one would wait for a processor that the run's
  /// threads leave free.
  private let queue = DispatchQueue(label: "winnow.signals", qos: .userInteractive)

  init(_ stop: StopSignal) {
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
      }
      source.resume()
      sources.append(source)
    }
  }

  /// 128 and the number of the signal, as shells have it: 130 or 143.
  var exitCode: Int32 { 128 + received.number.load(ordering: .relaxed) }

  /// The last signal, shared with the queue that hears it.
  private final class Received: Sendable {
    let number = Atomic<Int32>(0)
  }
}
