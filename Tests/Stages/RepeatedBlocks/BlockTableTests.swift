import Bytes
import TestSupport
import Testing

@testable import RepeatedBlocksStage

@Suite struct BlockTableTests {
  @Test("a table returns what was entered before", arguments: 0..<20 as Range<UInt64>)
  func property(seed: UInt64) {
    var random = Seed(seed)
    var table = BlockTable(memory: 1 << 20)
    var naive: [UInt64: UInt64] = [:]
    var wrong = 0
    for _ in 0..<20_000 {
      // Keys at both ends of the range too: probing goes round.
      let block =
        random.oneIn(4)
        ? UInt64.max - UInt64(random.below(50)) : Hash64.mix(UInt64(random.below(5000)), seed)
      let document: UInt64 = 1 << UInt64(random.below(64))
      if table.enter(document, for: block) != naive[block] ?? 0 { wrong += 1 }
      naive[block, default: 0] |= document
    }
    #expect(wrong == 0)
    #expect(table.blockCount == naive.count)
  }

  @Test("memory stays below the setting, and blocks seen in several documents are remembered")
  func forgetting() {
    let memory = 1 << 20
    var table = BlockTable(memory: memory)
    for repeated in 0..<100 as Range<UInt64> {
      for document in 0..<3 as Range<UInt64> {
        _ = table.enter(1 << document, for: Hash64.mix(repeated, 1))
      }
    }
    var most = 0
    for single in 0..<200_000 as Range<UInt64> {
      _ = table.enter(1, for: Hash64.mix(single, 2))
      most = max(most, table.memoryBytes)
    }
    #expect(most <= memory)
    for repeated in 0..<100 as Range<UInt64> {
      #expect(table.enter(1, for: Hash64.mix(repeated, 1)) == 0b111)
    }
    // The newest are there, the oldest are gone.
    #expect(table.enter(1, for: Hash64.mix(199_999, 2)) == 1)
    #expect(table.enter(1, for: Hash64.mix(0, 2)) == 0)
  }

  @Test("a table full of repeated blocks forgets those with the fewest documents")
  func fullOfRepeated() {
    var table = BlockTable(memory: 1 << 16)
    for block in 0..<10_000 as Range<UInt64> {
      for document in 0..<(2 + block % 2) {
        _ = table.enter(1 << document, for: Hash64.mix(block, 3))
      }
    }
    #expect(table.memoryBytes <= 1 << 16)
    #expect(table.blockCount > 0)
  }
}
