import Bytes
import Pipeline
import TestSupport
import Testing

@testable import State

@Suite struct StateDirectoryTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open() throws -> StateDirectory {
    try StateDirectory(folder.path("state"), memory: .mebibytes(16))
  }

  /// All keys and values with a prefix, as text.
  private func pairs(_ keys: some KeySpace, _ prefix: String = "") throws -> [String] {
    var pairs: [String] = []
    try keys.forEach(prefix: Array(prefix.utf8)) { key, value in
      pairs.append(String(decoding: key + [UInt8(ascii: "=")] + value, as: UTF8.self))
      return true
    }
    return pairs
  }

  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return "\(error)".replacing(folder.path + "/", with: "")
    }
  }

  // MARK: Keys

  @Test("what is staged is read at once, and lost without a commit")
  func staging() throws {
    do {
      let state = try open()
      let keys = try state.keySpace("stage")
      keys.set([1], for: [7])
      try state.commit()
      keys.set([2], for: [7])
      keys.set([3], for: [8])
      #expect(try keys.value(for: [7]) == [2])
      #expect(try keys.value(for: [8]) == [3])
      keys.remove([7])
      #expect(try keys.value(for: [7]) == nil)
    }
    let keys = try open().keySpace("stage")
    #expect(try keys.value(for: [7]) == [1])
    #expect(try keys.value(for: [8]) == nil)
  }

  @Test("key spaces do not see each other, whatever their labels are")
  func separate() throws {
    let labels = [
      "", "a", "ab", "input", "\u{0}", "à la carte", String(repeating: "x", count: 5000),
    ]
    do {
      let state = try open()
      for (index, label) in labels.enumerated() {
        try state.keySpace(label).set([UInt8(index)], for: [])
        try state.keySpace(label).set([UInt8(index)], for: [0])
      }
      try state.commit()
    }
    let state = try open()
    for (index, label) in labels.enumerated().reversed() {
      #expect(try state.keySpace(label).value(for: []) == [UInt8(index)])
      var count = 0
      try state.keySpace(label).forEach(prefix: []) { _, value in
        #expect(value == [UInt8(index)])
        count += 1
        return true
      }
      #expect(count == 2)
    }
    #expect(try state.labels == labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test("a walk sees stored and staged keys in byte order, without those removed")
  func walk() throws {
    let state = try open()
    let keys = try state.keySpace("stage")
    for text in ["a1", "a3", "a5", "b1"] { keys.set(Array("old".utf8), for: Array(text.utf8)) }
    try state.commit()
    for text in ["a2", "a3", "a6", "b0"] { keys.set(Array("new".utf8), for: Array(text.utf8)) }
    keys.remove(Array("a5".utf8))
    keys.remove(Array("a4".utf8))
    #expect(try pairs(keys, "a") == ["a1=old", "a2=new", "a3=new", "a6=new"])
    #expect(try pairs(keys, "b") == ["b0=new", "b1=old"])
    #expect(try pairs(keys, "c") == [])
    var first: [[UInt8]] = []
    try keys.forEach(prefix: []) { key, _ in
      first.append(key)
      return first.count < 2
    }
    #expect(first == [Array("a1".utf8), Array("a2".utf8)])
  }

  @Test("a walk may stage changes of what it walks over")
  func changingWalk() throws {
    let state = try open()
    let keys = try state.keySpace("stage")
    for number in 0..<10 as Range<UInt8> { keys.set([number], for: [number]) }
    try state.commit()
    try keys.forEach(prefix: []) { key, value in
      keys.remove(key)
      keys.set(value, for: key + [0])
      return true
    }
    var found: [[UInt8]] = []
    try keys.forEach(prefix: []) { key, _ in
      found.append(key)
      return true
    }
    #expect(found == (0..<10).map { [UInt8($0), 0] })
  }

  @Test(
    "a key space is a dictionary, through commits and reopenings", arguments: 0..<5 as Range<UInt64>
  )
  func random(seed: UInt64) throws {
    var random = Seed(seed)
    var committed: [[UInt8]: [UInt8]] = [:]
    for _ in 0..<4 {
      let state = try open()
      let keys = try state.keySpace("stage")
      var expected = committed
      for _ in 0..<300 {
        let key = (0..<random.below(3)).map { _ in UInt8(random.below(6) * 50) }
        if random.oneIn(3) {
          keys.remove(key)
          expected[key] = nil
        } else {
          let value = [UInt8(random.below(256))]
          keys.set(value, for: key)
          expected[key] = value
        }
        if random.oneIn(50) {
          try state.commit()
          committed = expected
        }
        let probe = (0..<random.below(3)).map { _ in UInt8(random.below(6) * 50) }
        #expect(try keys.value(for: probe) == expected[probe])
      }
      var found: [[UInt8]] = []
      try keys.forEach(prefix: []) { key, value in
        #expect(value == expected[key])
        found.append(key)
        return true
      }
      #expect(found == expected.keys.sorted { $0.lexicographicallyPrecedes($1) })
    }
  }

  @Test("runs are listed in their order, the last record of each")
  func runs() throws {
    let record = { (number: Int, isFinished: Bool) in
      RunRecord(
        number: number, started: "2026-11-20T02:00:00Z", isFinished: isFinished, records: 7, kept: 5
      )
    }
    do {
      let state = try open()
      for number in [1, 2, 256, 300] { try state.record(record(number, false)) }
      try state.commit()
      try state.record(record(2, true))
      try state.commit()
    }
    #expect(
      try open().runs == [
        record(1, false), record(2, true), record(256, false), record(300, false),
      ])
  }

  @Test("compacting and verifying leave everything as it is")
  func care() throws {
    let state = try open()
    let keys = try state.keySpace("stage")
    for number in 0..<200 as Range<UInt8> { keys.set([number], for: [number]) }
    try state.commit()
    for number in 0..<100 as Range<UInt8> { keys.remove([number]) }
    try state.commit()
    try state.compact()
    // The hundred that are left, and the label.
    #expect(try state.verify() == 101)
    #expect(try state.byteCount > 0)
    #expect(try keys.value(for: [150]) == [150])
  }

  // MARK: The folder

  @Test("a state directory is made where there is nothing or an empty folder")
  func making() throws {
    _ = try open()
    #expect(try folder.text("state/winnow-state") == "winnow state 1\n")
    let empty = try folder.makeFolder("empty")
    _ = try StateDirectory(empty, memory: .mebibytes(16))
    #expect(try FileSystem.names(in: empty) == ["lock", "store", "winnow-state"])
  }

  @Test("one that a process died making is made")
  func halfMade() throws {
    _ = try open()
    try folder.remove("state/winnow-state")
    try folder.write("state/winnow-state.partial", "winn")
    let state = try open()
    try state.keySpace("stage").set([1], for: [1])
    try state.commit()
    #expect(try folder.text("state/winnow-state") == "winnow state 1\n")
  }

  @Test("a folder with something else in it is refused, and nothing is written into it")
  func foreign() throws {
    try folder.write("state/holiday.jpg", "")
    #expect(
      message { _ = try open() }
        == "state is no state directory: it holds holiday.jpg; name a folder that is empty or not "
        + "there yet")
    #expect(try FileSystem.names(in: folder.path("state")) == ["holiday.jpg"])
  }

  @Test("a file, and a folder in a folder that is not there, are refused")
  func unusable() throws {
    try folder.write("state", "")
    #expect(message { _ = try open() } == "cannot read state: Not a directory")
    #expect(
      message { _ = try StateDirectory(folder.path("no/state"), memory: .mebibytes(16)) }
        == "cannot make no/state: No such file or directory")
  }

  @Test("a state of a newer version is refused before its store is opened")
  func newer() throws {
    _ = try open()
    try folder.write("state/winnow-state", "winnow state 2\n")
    let before = try FileSystem.names(in: folder.path("state/store"))
    #expect(
      message { _ = try open() }
        == "state is a state of version 2, and this winnow reads version 1 and earlier; use a newer "
        + "winnow")
    #expect(try FileSystem.names(in: folder.path("state/store")) == before)
  }

  @Test(
    "a version that cannot be read is refused",
    arguments: ["", "winnow state\n", "winnow state x\n", "winnow state 1", "winnow state 0\n"])
  func unknownVersion(text: String) throws {
    _ = try open()
    try folder.write("state/winnow-state", text)
    #expect(
      message { _ = try open() }
        == "state/winnow-state does not say of which version the state is; put back the line "
        + "\"winnow state 1\" if somebody changed it")
  }

  @Test("a state in use is refused with the number of the process that uses it")
  func locked() throws {
    let state = try open()
    #expect(
      message { _ = try open() }
        == "process \(FileSystem.processNumber) is using the state state; wait until it has ended")
    try state.keySpace("stage").set([1], for: [1])
    try state.commit()
  }

  // MARK: Damage

  @Test(
    "a store with a file damaged or gone is refused, and as good as ever when the file is put back",
    arguments: ["CURRENT", "MANIFEST-", ".log"])
  func damaged(file: String) throws {
    do {
      let state = try open()
      for number in 0..<50 as Range<UInt8> {
        // Longer than what is damaged: the middle of a value, not the frame around it.
        try state.keySpace("stage").set([UInt8](repeating: number, count: 1000), for: [number])
        try state.commit()
      }
    }
    let store = folder.path("state/store")
    let name = try #require(try FileSystem.names(in: store).first { $0.contains(file) })
    let good = try FileSystem.contents(of: store + "/" + name)
    var bad = good
    for index in bad.indices.dropFirst(good.count / 4).prefix(40) { bad[index] ^= 0x55 }
    try folder.write("state/store/" + name, bad)
    let text = try #require(message { _ = try open() })
    #expect(text.hasPrefix("the state state is damaged: "), "\(text)")
    #expect(text.hasSuffix("; put back a copy of it, or begin anew with another directory"))
    if file != ".log" {
      try folder.remove("state/store/" + name)
      let text = try #require(message { _ = try open() })
      #expect(text.hasPrefix("the state state is damaged: "), "\(text)")
    }
    try folder.write("state/store/" + name, good)
    #expect(try open().keySpace("stage").value(for: [49])?.count == 1000)
  }

  @Test("a damaged table is found when it is read")
  func damagedTable() throws {
    do {
      let state = try open()
      for number in 0..<200 as Range<UInt8> {
        try state.keySpace("stage").set([number], for: [number])
      }
      try state.commit()
      try state.compact()
    }
    let store = folder.path("state/store")
    let name = try #require(try FileSystem.names(in: store).first { $0.hasSuffix(".sst") })
    var bytes = try FileSystem.contents(of: store + "/" + name)
    for index in 20..<60 { bytes[index] ^= 0x55 }
    try folder.write("state/store/" + name, bytes)
    let text = try #require(
      message {
        let state = try open()
        _ = try state.keySpace("stage").value(for: [7])
      })
    #expect(text.hasPrefix("the state state is damaged: Corruption: block checksum mismatch"))
    #expect(message { _ = try open().verify() }?.hasPrefix("the state state is damaged") == true)
  }
}
