#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

// Inside `File` the names of its own methods hide the system's.
private func posixRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, start, count)
}

private func posixWrite(_ descriptor: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, start, count)
}

/// An open file, pipe or device. Whoever holds it owns the descriptor, which is closed at the end of
/// its life; standard input and output stay open.
public struct File: ~Copyable, Sendable {
  /// As the user named it, for messages.
  public let path: String
  private let descriptor: Int32
  private let isOwned: Bool

  private init(path: String, descriptor: Int32, isOwned: Bool) {
    self.path = path
    self.descriptor = descriptor
    self.isOwned = isOwned
  }

  deinit {
    if isOwned { close(descriptor) }
  }

  public static var standardInput: File { File(path: "-", descriptor: 0, isOwned: false) }
  public static var standardOutput: File { File(path: "-", descriptor: 1, isOwned: false) }

  /// Opens a file for reading.
  public static func reading(_ path: String) throws(SystemError) -> File {
    // A pipe that nobody writes to yet is opened at once, and waited for where a wish to stop is heard.
    let descriptor = open(SystemPath.bytes(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError("read", path) }
    let file = File(path: path, descriptor: descriptor, isOwned: true)
    if !file.isRegular { _ = fcntl(descriptor, F_SETFL, O_RDONLY) }
    return file
  }

  /// Opens a file for writing, creates it if needed, and locks it. The old content is cut only once the lock
  /// is held, so a second run cannot spoil the file of the first.
  /// - Parameter length: The number of bytes to keep in a file on disk; writing continues after them. The file
  ///   must then exist and have at least that many bytes.
  /// - Throws: `SystemError`, with `EWOULDBLOCK` when another process holds the lock.
  public static func writing(_ path: String, keeping length: Int? = nil) throws(SystemError) -> File
  {
    let flags = O_WRONLY | O_CLOEXEC | (length == nil ? O_CREAT : 0)
    let descriptor = open(SystemPath.bytes(path), flags, 0o666)
    guard descriptor >= 0 else { throw SystemError("write", path) }
    let file = File(path: path, descriptor: descriptor, isOwned: true)
    // Devices and pipes cannot be locked in earnest or cut, and need not be.
    guard file.isRegular else { return file }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw SystemError("lock", path) }
    // Between opening and locking, the file may have got another name from whom held the lock.
    guard file.stands(at: path) else { return try writing(path, keeping: length) }
    guard ftruncate(descriptor, length ?? 0) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      throw SystemError("write", path)
    }
    return file
  }

  /// Whether `path` is a name of this file.
  public func stands(at path: String) -> Bool {
    var (own, other) = (stat(), stat())
    return fstat(descriptor, &own) == 0 && stat(SystemPath.bytes(path), &other) == 0
      && own.st_ino == other.st_ino
      && own.st_dev == other.st_dev
  }

  /// Whether it is a file on disk, not a pipe, device or folder.
  public var isRegular: Bool { mode & S_IFMT == S_IFREG }

  private var mode: mode_t {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status.st_mode : 0
  }

  /// Bytes in a file on disk; nil for anything else.
  public var size: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Reads at most `count` bytes to the end of `buffer`. Returns how many; 0 at the end.
  ///
  /// Waits for a pipe or terminal, but not beyond `stop`: then it returns 0.
  public func read(
    into buffer: inout [UInt8], count: Int, stop: StopSignal
  ) throws(SystemError) -> Int {
    guard stop.waitUntilReadable(descriptor) else { return 0 }
    var failure: SystemError?
    let before = buffer.count
    // Appending through a span leaves out zeroing what `read` overwrites.
    buffer.append(addingCapacity: count) { (free: inout OutputSpan<UInt8>) in
      free.withUnsafeMutableBufferPointer { storage, initialized in
        var got = -1
        repeat {
          got = posixRead(descriptor, storage.baseAddress! + initialized, count)
        } while got < 0 && errno == EINTR
        if got < 0 { failure = SystemError("read", path) } else { initialized += got }
      }
    }
    if let failure { throw failure }
    return buffer.count - before
  }

  /// Passes over the next bytes of a file on disk without reading them.
  /// - Returns: How many; fewer than `count` when the file ends before. Nil for what is not on disk.
  public func skip(_ count: Int) -> Int? {
    let start = lseek(descriptor, 0, SEEK_CUR)
    guard let size, start >= 0 else { return nil }
    let end = min(start + count, max(start, size))
    return lseek(descriptor, end, SEEK_SET) == end ? end - start : nil
  }

  /// Whether a read would return at once: always for files on disk.
  public var hasInput: Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wanted, 1, 0) != 0
  }

  /// Writes all of `bytes`.
  public func write(_ bytes: Span<UInt8>) throws(SystemError) {
    var failure: SystemError?
    bytes.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count, failure == nil {
        let count = posixWrite(descriptor, bytes.baseAddress! + written, bytes.count - written)
        if count >= 0 {
          written += count
        } else if errno != EINTR {
          failure = SystemError("write", path)
        }
      }
    }
    if let failure { throw failure }
  }

  /// Returns when everything written is on the disk.
  public func sync() throws(SystemError) {
    guard isRegular else { return }
    guard fsync(descriptor) == 0 else { throw SystemError("write", path) }
  }
}
