extension Span<UInt8> {
  /// Whether the bytes at `offset` are those of `other`.
  @inlinable
  public func holds(_ other: Span<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, other.count <= count - offset else { return false }
    for index in other.indices where self[offset &+ index] != other[index] { return false }
    return true
  }

  @inlinable
  public func starts(with other: Span<UInt8>) -> Bool { holds(other, at: 0) }

  @inlinable
  public func starts(with other: StaticString) -> Bool { holds(other.bytes, at: 0) }

  @inlinable
  public func ends(with other: Span<UInt8>) -> Bool { holds(other, at: count - other.count) }

  /// Whether the bytes are those of `text`.
  @inlinable
  public func equals(_ text: StaticString) -> Bool { equals(text.bytes) }

  /// Whether the bytes come before others in the order of dictionaries.
  @inlinable
  public func precedes(_ other: Span<UInt8>) -> Bool {
    for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
      return self[index] < other[index]
    }
    return count < other.count
  }

  /// The first index of a part whose byte fulfils a condition; nil if none does.
  @inlinable @inline(__always)
  public func firstIndex(in part: Range<Int>, where isWanted: (UInt8) -> Bool) -> Int? {
    for index in part where isWanted(self[index]) { return index }
    return nil
  }

  /// The last index of a part whose byte fulfils a condition; nil if none does.
  @inlinable @inline(__always)
  public func lastIndex(in part: Range<Int>, where isWanted: (UInt8) -> Bool) -> Int? {
    var index = part.upperBound
    while index > part.lowerBound {
      index &-= 1
      if isWanted(self[index]) { return index }
    }
    return nil
  }

  /// Whether a byte fulfils a condition.
  @inlinable @inline(__always)
  public func contains(where isWanted: (UInt8) -> Bool) -> Bool {
    firstIndex(in: indices, where: isWanted) != nil
  }

  /// Whether all bytes fulfil a condition.
  @inlinable @inline(__always)
  public func allSatisfy(_ isGood: (UInt8) -> Bool) -> Bool { !contains { !isGood($0) } }
}

extension [UInt8] {
  /// A copy of bytes.
  @inlinable
  public init(_ bytes: Span<UInt8>) {
    self = []
    append(contentsOf: bytes)
  }

  /// Appends a copy of bytes.
  @inlinable @inline(__always)
  public mutating func append(contentsOf bytes: Span<UInt8>) {
    // The pointer does not leave the call.
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

extension String {
  /// The text of bytes; what is no UTF-8 becomes U+FFFD.
  @inlinable
  public init(decoding bytes: Span<UInt8>) {
    // The pointer does not leave the call.
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

extension StaticString {
  /// The UTF-8 form of a literal.
  @inlinable
  public var bytes: Span<UInt8> {
    // A literal lies in the program's constants, which are there as long as it runs.
    @_lifetime(immortal)
    get {
      let bytes = unsafe Span(_unsafeStart: utf8Start, count: utf8CodeUnitCount)
      return unsafe _overrideLifetime(bytes, borrowing: ())
    }
  }
}
