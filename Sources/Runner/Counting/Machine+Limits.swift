public import Bytes
internal import CMachine

extension Machine {
  /// Must be called before any file is opened and any thread started.
  public static func prepare() {
    cmachine_keep_standard_descriptors()
    cmachine_return_large_memory()
  }

  /// Makes sure that a run gets what it cannot do without, while that can still be said: a thread that is
  /// not there is waited for without end.
  public static func check(jobs: Int) throws(SystemError) {
    let threads = jobs + threadsBesides
    var code = cmachine_try_threads(Int32(clamping: threads))
    guard code == 0 else { throw SystemError("start", "\(threads) threads", code: code) }
    code = cmachine_try_descriptors(Int32(descriptors))
    guard code == 0 else { throw SystemError("open", "\(descriptors) files", code: code) }
  }

  /// For signals, for progress, and those that work for the state in the background.
  private static let threadsBesides = 4
  /// Inputs, outputs and what waits for them; a state directory opens more, and says itself when it
  /// cannot.
  private static let descriptors = 16
}
