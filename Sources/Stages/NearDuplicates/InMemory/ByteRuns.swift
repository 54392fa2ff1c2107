/// Runs of bytes, appended once and read by their place: identifiers.
///
/// They lie in blocks that are never moved, so that growing copies nothing and doubles nothing:
/// with one large array, memory would peak at three times its size whenever it grows.
struct ByteRuns {
  private var blocks: [[UInt8]] = []

  /// Where a run starts: the block in the upper bits, the offset in the lower.
  typealias Place = UInt64

  private static let offsetBits: UInt64 = 20
  private static let blockSize = 1 << 20

  /// Bits that a place may take: 2^20 blocks.
  static let placeBits: UInt64 = 40

  /// - Returns: Nil when 2^40 bytes are not enough.
  mutating func append(_ run: some Collection<UInt8>) -> Place? {
    // A length of seven bits a byte, the lowest first; all but the last have the eighth set.
    var length: [UInt8] = []
    var rest = run.count
    repeat {
      length.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    let size = length.count + run.count
    if blocks.isEmpty || blocks[blocks.count - 1].count + size > ByteRuns.blockSize {
      var block: [UInt8] = []
      block.reserveCapacity(max(size, ByteRuns.blockSize))
      blocks.append(block)
    }
    let place =
      UInt64(blocks.count - 1) << ByteRuns.offsetBits | UInt64(blocks[blocks.count - 1].count)
    guard place >> ByteRuns.placeBits == 0 else { return nil }
    blocks[blocks.count - 1] += length
    blocks[blocks.count - 1] += run
    return place
  }

  /// The run at a place that `append` returned.
  func run(at place: Place) -> ArraySlice<UInt8> {
    let block = blocks[Int(place >> ByteRuns.offsetBits)]
    var index = Int(place & (1 << ByteRuns.offsetBits - 1))
    var (count, shift) = (0, 0)
    while true {
      let byte = block[index]
      count |= Int(byte & 0x7F) << shift
      shift += 7
      index += 1
      if byte < 0x80 { break }
    }
    return block[index..<index + count]
  }

  /// Bytes of memory held.
  var memoryBytes: Int { blocks.reduce(0) { $0 + $1.capacity } }
}
