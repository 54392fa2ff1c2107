/// A 128-bit hash of a long stretch of bytes that come in pieces, for telling whether two files are the
/// same: two lanes of the construction of `Hash64` under different seeds.
///
/// Part of the state's format: its values never change. By chance two of a billion files collide with a
/// probability of 10⁻²¹; a hostile author could make two files collide, and gains that one of them is
/// not read.
public struct ContentHash: Sendable {
  private var first: UInt64 = 0x243F_6A88_85A3_08D3
  private var second: UInt64 = 0x1319_8A2E_0370_7344
  /// Bytes that do not fill a word yet, the first one lowest.
  private var tail: UInt64 = 0
  private var count: UInt64 = 0

  public init() {}

  /// Adds bytes; it does not matter into which pieces they were cut.
  public mutating func add(_ bytes: Span<UInt8>) {
    var index = 0
    while index < bytes.count {
      if count & 7 == 0, index + 8 <= bytes.count {
        add(bytes.eightBytes(at: index))
        index += 8
        count += 8
      } else {
        tail |= UInt64(bytes[index]) << (8 * (count & 7))
        index += 1
        count += 1
        if count & 7 == 0 {
          add(tail)
          tail = 0
        }
      }
    }
  }

  private mutating func add(_ word: UInt64) {
    first = Hash64.mix(word ^ 0xA076_1D64_78BD_642F, first)
    second = Hash64.mix(word ^ 0xE703_7ED1_A0B4_28DB, second)
  }

  /// The hash of what was added so far: 16 bytes.
  public var value: [UInt8] {
    var whole = self
    whole.add(tail)
    whole.add(count)
    return whole.first.littleEndianBytes + whole.second.littleEndianBytes
  }
}
