import TestSupport
import Testing

@testable import State

@Suite struct StagedChangesTests {
  @Test(
    "changes are those of a dictionary, whatever is set, replaced and removed",
    arguments: 0..<20 as Range<UInt64>)
  func random(seed: UInt64) {
    var random = Seed(seed)
    var changes = StagedChanges()
    var expected: [[UInt8]: [UInt8]?] = [:]
    for step in 0..<2000 {
      let key = (0..<random.below(4)).map { _ in UInt8(random.below(8)) }
      let value = (0..<random.below(5)).map { _ in UInt8(random.below(256)) }
      let change = random.oneIn(4) ? nil : value
      changes.set(change, for: key)
      expected.updateValue(change, forKey: key)
      #expect(changes[key] == .some(change))
      if step == 1000 {
        changes.removeAll()
        expected.removeAll()
      }
    }
    let prefix = [UInt8(random.below(8))]
    let sorted = changes.sorted(prefix: prefix)
    let own = expected.filter { $0.key.starts(with: prefix) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    #expect(sorted.map(\.key) == own.map(\.key))
    #expect(sorted.map(\.value) == own.map(\.value))
    var count = 0
    changes.visit { key, value in
      #expect(expected[Array(key)] == .some(value.map { Array($0) }))
      count += 1
    }
    #expect(count == expected.count)
  }

  @Test("a counter that keeps its size takes no more memory for being set again")
  func counter() {
    var changes = StagedChanges()
    changes.set([0, 0], for: [1])
    let before = changes.byteCount
    for count in 1...200 { changes.set([0, UInt8(count)], for: [1]) }
    #expect(changes.byteCount == before)
    #expect(changes[[1]] == [0, 200])
  }
}
