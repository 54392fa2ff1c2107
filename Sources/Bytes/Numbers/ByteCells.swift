/// Bytes in memory of their own, for tables that are written place by place: an array asks at each write
/// whether it is shared. Two values that hold one object share its bytes.
public final class ByteCells {
  @usableFromInline let cells: UnsafeMutableBufferPointer<UInt8>

  /// All bytes are 0.
  public init(count: Int) {
    unsafe cells = .allocate(capacity: count)
    unsafe cells.initialize(repeating: 0)
  }

  deinit { unsafe cells.deallocate() }

  public var count: Int { unsafe cells.count }

  /// - Precondition: The index is below `count`, which is what makes the access safe.
  @inlinable
  public subscript(index: Int) -> UInt8 {
    @inline(__always) get {
      unsafe precondition(UInt(bitPattern: index) < UInt(bitPattern: cells.count))
      return unsafe cells[index]
    }
    @inline(__always) set {
      unsafe precondition(UInt(bitPattern: index) < UInt(bitPattern: cells.count))
      unsafe cells[index] = newValue
    }
  }

  /// All bytes, as long as nobody writes.
  public var bytes: Span<UInt8> {
    // The memory is freed with the object and not before.
    @_lifetime(borrow self)
    get { unsafe _overrideLifetime(cells.span, borrowing: self) }
  }

  /// Gives all bytes of a part one value.
  public func fill(_ part: Range<Int>, with value: UInt8) {
    // `extracting` checks that the part lies within.
    unsafe cells.extracting(part).update(repeating: value)
  }

  /// Copies a part of other cells to where `start` is.
  public func copy(_ part: Range<Int>, of other: ByteCells, to start: Int) {
    // `extracting` checks both.
    let target = unsafe cells.extracting(start..<start + part.count)
    _ = unsafe target.update(fromContentsOf: other.cells.extracting(part))
  }
}
