import Bytes
internal import CMachine
internal import Synchronization

/// The process that ends all programs if this one is killed.
enum Warden {
  private static let shared = Mutex<Int32?>(nil)

  /// The descriptor by which it is told of programs. It is started at the first call.
  static func channel() throws -> Int32 {
    try shared.withLock { channel in
      if let channel { return channel }
      var started: Int32 = -1
      let code = cmachine_start_warden(&started)
      guard code == 0 else { throw SystemError("start", "a process", code: code) }
      channel = started
      return started
    }
  }
}
