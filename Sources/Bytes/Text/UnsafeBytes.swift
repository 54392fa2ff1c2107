/// What targets that still read from unsafe pointers need of `Span`.
extension UnsafeBufferPointer<UInt8> {
  @inlinable @inline(__always)
  public func byte(at offset: Int) -> UInt8 { span.byte(at: offset) }

  @inlinable
  public func scalar(before offset: Int) -> (value: UInt32, start: Int)? {
    span.scalar(before: offset)
  }

  @inlinable
  public func holds(_ other: StaticString, at offset: Int) -> Bool {
    span.holds(other, at: offset)
  }

  @inlinable @inline(__always)
  public func index(of byte: UInt8, from start: Int) -> Int? { span.index(of: byte, from: start) }

  @inlinable @inline(__always)
  public func eightBytes(at index: Int) -> UInt64 { span.eightBytes(at: index) }

  @inlinable @inline(__always)
  public func scalar(at index: Int) -> (value: UInt32, length: Int) { span.scalar(at: index) }

  @inlinable @inline(__always)
  public func composedScalar(at index: Int) -> (value: UInt32, length: Int) {
    span.composedScalar(at: index)
  }

  @inlinable @inline(__always)
  public func upToEightBytes(at index: Int) -> UInt64 { span.upToEightBytes(at: index) }

  @inlinable
  public func hasPrefix(_ text: StaticString, at start: Int) -> Bool {
    span.hasPrefix(text, at: start)
  }

  @inlinable @inline(__always)
  public func containsWord(where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    span.containsWord { word in word.withUnsafeBufferPointer(isWanted) }
  }
}
