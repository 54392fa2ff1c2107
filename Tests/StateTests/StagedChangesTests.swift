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

  @Test("a list that grows by a number at a time takes memory for what it is, not for what it was")
  func growing() {
    var changes = StagedChanges()
    var lists: [[UInt8]] = [[], [], []]
    for number in 0..<1024 {
      for list in lists.indices {
        lists[list] += [UInt8(list), 0, UInt8(number >> 8), UInt8(number & 0xFF)]
        changes.set(lists[list], for: [UInt8(list)])
      }
    }
    for list in lists.indices { #expect(changes[[UInt8(list)]] == lists[list]) }
    let size = lists.reduce(0) { $0 + $1.count }
    #expect(changes.byteCount > size)
    #expect(changes.byteCount < 3 * size)
    var visited: [[UInt8]] = []
    changes.visit { key, value in visited.append(Array(value ?? [])) }
    #expect(visited == lists)
  }
}
