import Bytes

/// 128 bits that stand for all of a text. Not cryptographic: see `Hash64`.
package struct Digest: Sendable, Hashable {
  package private(set) var first: UInt64 = 0x243F_6A88_85A3_08D3
  package private(set) var second: UInt64 = 0x1319_8A2E_0370_7344

  /// Of words yet to come.
  package init() {}

  /// Of bytes in which there are no words.
  package init(wordless bytes: [UInt8]) {
    let seeds = Digest()
    first = Hash64.hash(bytes.span, seed: ~seeds.first)
    second = Hash64.hash(bytes.span, seed: ~seeds.second)
  }

  @inline(__always)
  package mutating func add(_ word: UInt64) {
    first = Hash64.mix(first, word)
    second = Hash64.mix(second, word)
  }
}
