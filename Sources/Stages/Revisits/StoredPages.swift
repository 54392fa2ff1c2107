import Bytes
import Pipeline
import SharedByStages

/// Pages that are remembered from run to run, in the stage's part of the state directory: 28 bytes and
/// the id for each.
struct StoredPages: SeenPages {
  private let keys: any KeySpace
  private let run: Int
  private let label: String

  /// - Throws: `DamagedIndex` when the state was written by a version that this one does not know.
  init(_ state: StageState, label: String) throws {
    keys = state.keys
    run = state.run
    self.label = label
    let format = try keys.value(for: StoredPages.formatKey)
    guard format == nil || format == [StoredPages.format] else {
      throw damage("its format is that of another version of winnow")
    }
    if format == nil { keys.set([StoredPages.format], for: StoredPages.formatKey) }
  }

  func page(under key: UInt64) throws -> SeenPage? {
    try keys.value(for: StoredPages.bytes(key)).map { try page($0) }
  }

  mutating func enter(content: [UInt8], id: String, under key: UInt64) {
    set(SeenPage(content: content, id: id, run: run), under: key)
  }

  /// The pages themselves are in the store.
  var memoryBytes: Int { 0 }

  // MARK: Keys and values

  /// Longer than any page's key.
  private static let formatKey = Array("revisit format".utf8)
  /// Changes with the hashes of ids, URLs and bytes.
  private static let format: UInt8 = 1
  private static let contentLength = 16

  private static func bytes(_ key: UInt64) -> [UInt8] { key.bigEndianBytes }

  private func set(_ page: SeenPage, under key: UInt64) {
    let run = UInt32(clamping: page.run ?? 0).bigEndianBytes
    keys.set(page.content + run + page.id.utf8, for: StoredPages.bytes(key))
  }

  private func page(_ value: [UInt8]) throws -> SeenPage {
    guard value.count > StoredPages.contentLength + 4 else { throw damage("a page cannot be read") }
    let run = value[StoredPages.contentLength...].prefix(4).reduce(0) { $0 << 8 | Int($1) }
    return SeenPage(
      content: Array(value.prefix(StoredPages.contentLength)),
      id: String(decoding: value.dropFirst(StoredPages.contentLength + 4), as: UTF8.self), run: run)
  }

  private func damage(_ detail: String) -> DamagedIndex {
    DamagedIndex(label: label, detail: detail)
  }

  private func forEachPage(_ body: (_ key: UInt64, _ page: SeenPage) throws -> Bool) throws {
    try keys.forEach(prefix: []) { key, value in
      if key == StoredPages.formatKey { return true }
      guard key.count == 8 else { throw damage("a key cannot be read") }
      return try body(key.reduce(0) { $0 << 8 | UInt64($1) }, page(value))
    }
  }
}

extension StoredPages: StageIndex {
  func statistics() throws -> JSONObject {
    var count = 0
    try forEachPage { _, _ in
      count += 1
      return true
    }
    return ["pages": .int(Int64(count))]
  }

  func export(_ body: (JSONObject) throws -> Void) throws {
    try forEachPage { key, page in
      try body([
        "id": .string(page.id), "run": .int(Int64(page.run ?? 0)),
        "key": .string(Hexadecimal.text(of: [key])),
        "content": .string(Hexadecimal.text(of: page.content)),
      ])
      return true
    }
  }

  mutating func restore(_ line: JSONObject) throws -> Bool {
    func part<Part>(_ name: String, _ read: (JSONValue) -> Part?) throws(NoExport) -> Part {
      guard let part = line[name].flatMap(read) else { throw NoExport(label: label, part: name) }
      return part
    }
    let key: [UInt64] = try part("key") { Hexadecimal.numbers($0, count: 1) }
    let content: [UInt8] = try part("content") {
      Hexadecimal.numbers($0, count: StoredPages.contentLength)
    }
    let page = SeenPage(
      content: content, id: try part("id") { $0.string.flatMap { $0.isEmpty ? nil : $0 } },
      run: try part("run") { value in value.int.flatMap { 0...Int(UInt32.max) ~= $0 ? $0 : nil } })
    if try self.page(under: key[0]) != nil { return false }
    set(page, under: key[0])
    return true
  }

  /// Outputs hold texts, not the bytes of pages: nothing can be entered from them.
  mutating func enter(_ document: Document, run: Int) -> Bool { false }

  /// So many can be forgotten before a checkpoint.
  private static let maximumForgotten = 50_000

  mutating func forget(ids: Set<String>, runs: Set<Int>) throws -> Int {
    var found: [UInt64] = []
    try forEachPage { key, page in
      if ids.contains(page.id) || page.run.map(runs.contains) ?? false { found.append(key) }
      return found.count < StoredPages.maximumForgotten
    }
    for key in found { keys.remove(StoredPages.bytes(key)) }
    return found.count
  }

  func verify() throws { try forEachPage { _, _ in true } }

  mutating func checkpoint() {}
}
