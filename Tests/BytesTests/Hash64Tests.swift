import Bytes
import TestSupport
import Testing

@Suite struct Hash64Tests {
  static func hash(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    Hash64.hash(bytes.span, seed: seed)
  }

  @Test(
    "the values are frozen: files hold them",
    arguments: [
      ("", 0, 0x6155_3F96_DCD8_E671), ("a", 0, 0x9F9A_67EE_E4BE_E3D1),
      ("a", 1, 0x5F30_97DD_EF10_44E6), ("winnow", 0, 0x0585_5197_DD09_0B2F),
      ("12345678", 0, 0x2116_74B3_18F5_7B70),
      ("123456789", 0, 0xB5F7_849D_5BC4_6E9C),
      ("the grain and the chaff", 0, 0xCECF_43AF_4B19_72F5),
      ("the grain and the chaff", .max, 0x0DA5_8992_D065_9AAE),
    ] as [(String, UInt64, UInt64)])
  func vectors(text: String, seed: UInt64, value: UInt64) {
    #expect(Self.hash(Array(text.utf8), seed: seed) == value)
  }

  @Test("the values of mix are frozen")
  func mix() {
    #expect(Hash64.mix(0, 0) == 0xED61_1207_CD4E_5199)
    #expect(Hash64.mix(1, 2) == 0x12AF_B041_0E09_0646)
    #expect(Hash64.mix(2, 1) == 0xC3E6_A683_B0A3_6CE8)
    #expect(Hash64.mix(.max, .max) == 0x3669_D5D8_77F0_AAE2)
  }

  @Test("the hash does not depend on where the bytes lie in memory")
  func alignment() {
    let bytes = Array("twenty-three bytes here".utf8)
    let expected = Self.hash(bytes)
    for shift in 1..<8 {
      let moved = [UInt8](repeating: 0, count: shift) + bytes
      #expect(Hash64.hash(moved.span.extracting(shift...)) == expected)
    }
  }

  @Test("the hash of a part is that of its bytes alone")
  func parts() {
    let bytes = Array("thirty bytes, and what is behind".utf8)
    for start in bytes.indices {
      for end in start...bytes.count {
        let part = Hash64.hash(start..<end, of: bytes.span, seed: 3)
        #expect(part == Self.hash(Array(bytes[start..<end]), seed: 3))
      }
    }
  }

  @Test("zero bytes count")
  func zeros() {
    let hashes = (0..<40).map { Self.hash([UInt8](repeating: 0, count: $0)) }
    #expect(Set(hashes).count == hashes.count)
  }

  @Test(
    "each bit of the input turns about half of the bits of the hash",
    arguments: [1, 7, 8, 9, 16, 33])
  func avalanche(length: Int) {
    var random = Seed(UInt64(length))
    for bit in 0..<length * 8 {
      var turned = 0
      let trials = 64
      for _ in 0..<trials {
        var bytes = (0..<length).map { _ in UInt8(random.below(256)) }
        let before = Self.hash(bytes)
        bytes[bit / 8] ^= 1 << (bit % 8)
        turned += (before ^ Self.hash(bytes)).nonzeroBitCount
      }
      // 64 trials of 64 bits: 2048 expected, with a standard deviation of 32.
      #expect((1800...2296).contains(turned), "bit \(bit)")
    }
  }

  @Test("seeds give hashes that have nothing in common")
  func seeds() {
    let bytes = Array("one text".utf8)
    let hashes = (0..<1000 as Range<UInt64>).map { Self.hash(bytes, seed: $0) }
    #expect(Set(hashes).count == 1000)
    let shared = zip(hashes, hashes.dropFirst()).map { ($0 ^ $1).nonzeroBitCount }.reduce(0, +)
    #expect((31_000...33_000).contains(shared))
  }

  @Test("bits that are moved out come in below")
  func rotation() {
    #expect((0x8000_0000_0000_0001 as UInt64).rotatedLeft(1) == 3)
    #expect((1 as UInt64).rotatedLeft(63) == 1 << 63)
  }
}
