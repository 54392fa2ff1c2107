// Public, so that the search can be inlined into the scanners of markup, which search at every tag.
#if canImport(Glibc)
  public import Glibc
#else
  public import Darwin
#endif

extension Span<UInt8> {
  /// The index of the first `byte` at or after `start`; nil if there is none. Uses the C library's
  /// `memchr`, which looks at 32 bytes at once.
  @inlinable @inline(__always)
  public func index(of byte: UInt8, from start: Int) -> Int? {
    precondition(start >= 0)
    guard start < count else { return nil }
    // `memchr` reads the bytes from `start` on, and no more than there are.
    return unsafe withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = unsafe memchr(base + start, Int32(byte), bytes.count &- start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// Whether both hold the same bytes. `==` of arrays goes byte by byte, which takes twenty times as long.
  public func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    // `memcmp` reads as many bytes of both as there are.
    return unsafe withUnsafeBytes { first in
      unsafe other.withUnsafeBytes { second in
        guard let start = first.baseAddress, let other = second.baseAddress else { return true }
        return unsafe memcmp(start, other, first.count) == 0
      }
    }
  }
}

extension [UInt8] {
  /// The index of the first `byte` at or after `start`; nil if there is none.
  public func index(of byte: UInt8, from start: Int) -> Int? {
    span.index(of: byte, from: start)
  }
}
