import Bytes
import Formats
import Pipeline
import TestSupport
import Testing

/// WARC files that are cut off, damaged or wrong: what can be read is read, and rejects say of the rest where
/// it is.
@Suite struct WARCDamageTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// `id` of records, `offset reason: message` of rejects.
  func read(_ file: [UInt8], byteBudget: Int = 1 << 20) throws -> [String] {
    let path = try folder.write("a.warc", file)
    let source = try WARCSource(
      settings: WARCSource.Settings(path: path),
      context: Context(label: "input", standardInput: .standardInput, maximumDocument: 1 << 20))
    let reader = source.makeReader(nil)
    let decoder = source.makeDecoder()
    var found: [String] = []
    var hasMore = true
    while hasMore {
      var batch = RawBatch(byteBudget: byteBudget)
      hasMore = try reader.fill(&batch)
      for record in batch.records {
        let outcome: Outcome<Document> =
          record.problem.map { .drop($0) } ?? decoder.decode(record, of: batch)
        switch outcome {
        case .keep(let document): found.append(document.id)
        case .drop(let drop):
          let message = drop.details["message"]?.string ?? "-"
          found.append("\(record.origin.byteOffset) \(drop.reason.name): \(message)")
        }
      }
    }
    return found
  }

  static func page(_ id: String, words: Int = 30) -> [UInt8] {
    WARCText.response(
      "<p>" + WARCText.prose(words, seed: UInt64(id.utf8.first ?? 1)), id: "<urn:uuid:\(id)>")
  }

  static let pages = ["a", "b", "c"].map { page($0) }

  // MARK: Cut off

  @Test(
    "every truncation gives the records before it and at most one reject",
    arguments: [Compression.none, .gzip, .zstd], [true, false])
  func truncations(compression: Compression, isEach: Bool) throws {
    let parts = isEach ? Self.pages : [Self.pages.flatMap(\.self)]
    let file =
      compression == .none ? parts.flatMap(\.self) : WARCText.compressed(parts, compression)
    #expect(try read(file) == ["a", "b", "c"])
    for count in file.indices {
      let found = try read(Array(file[..<count]))
      let kept = found.prefix { $0.utf8.count == 1 }
      #expect(["a", "b", "c"].starts(with: kept), "\(count): \(found)")
      #expect(found.count - kept.count <= 1, "\(count): \(found)")
    }
  }

  @Test("a record that is cut off is rejected with its place, and why")
  func cutOff() throws {
    let (a, b) = (Self.pages[0], Self.pages[1])
    #expect(
      try read(a + b.dropLast(14)) == [
        "a",
        "\(a.count) malformed_record: the record ends 10 bytes before its Content-Length of "
          + "\(b.count - header(b))",
      ])
    #expect(
      try read(a + b.prefix(60))
        == ["a", "\(a.count) malformed_record: the file ends in the header of a record"])
    #expect(
      try read(a + b.prefix(3)) == ["a", "\(a.count) malformed_record: no record begins here"])
    let gzip = WARCText.compressed([a])
    #expect(
      try read(gzip + WARCText.compressed([b]).dropLast(20))
        == ["a", "\(gzip.count) unreadable: the compressed data ends early"])
  }

  /// Bytes of a record that are not its block.
  private func header(_ record: [UInt8]) -> Int {
    (HeaderEnd.of(record) ?? 0) + 4
  }

  @Test("behind a member that was cut off in the middle of a file, reading goes on at the next")
  func cutInTheMiddle() throws {
    for compression in [Compression.gzip, .zstd] {
      let members = Self.pages.map { WARCText.compressed([$0], compression) }
      for count in stride(from: 12, to: members[1].count, by: 7) {
        let found = try read(members[0] + members[1][..<count] + members[2])
        #expect(found.first == "a" && found.last == "c", "\(compression) \(count): \(found)")
        // What the next member's bytes seem to say may be noticed before the damage.
        #expect(found.count <= 4, "\(compression) \(count): \(found)")
        #expect(found[1].hasPrefix("\(members[0].count) "), "\(found)")
        #expect(found[found.count - 2].contains(" unreadable: "), "\(found)")
      }
    }
  }

  @Test("a record whose length goes beyond its member does not take the next one's bytes")
  func lengthBeyondMember() throws {
    let wrong = WARCText.record(
      "response", Array("HTTP/1.1 200 OK\r\n\r\n<p>".utf8), length: "5000")
    let members = [Self.pages[0], wrong, Self.pages[2]].map { WARCText.compressed([$0]) }
    #expect(
      try read(members.flatMap(\.self)) == [
        "a",
        "\(members[0].count) malformed_record: the record ends 4974 bytes before its Content-Length of 5000",
        "c",
      ])
  }

  // MARK: Damaged

  @Test(
    "any byte changed in a member costs no record of another", arguments: [Compression.gzip, .zstd])
  func changedBytes(compression: Compression) throws {
    let members = Self.pages.map { WARCText.compressed([$0], compression) }
    let start = members[0].count
    for offset in 0..<members[1].count {
      for mask: UInt8 in [0x01, 0x80, 0xFF] {
        var file = members.flatMap(\.self)
        file[start + offset] ^= mask
        let found = try read(file)
        #expect(found.first == "a" && found.last == "c", "\(offset): \(found)")
        // The record, bytes behind it and the checksum may each tell of it.
        #expect(found.count <= 5, "\(offset): \(found)")
      }
    }
  }

  @Test("what the checksum contradicts is no record")
  func checksum() throws {
    var members = Self.pages.map { WARCText.compressed([$0]) }
    members[1][members[1].count - 7] ^= 0x10
    #expect(
      try read(members.flatMap(\.self)) == [
        "a",
        "\(members[0].count) unreadable: the compressed data is damaged: incorrect checksum", "c",
      ])
  }

  @Test("bytes between members are rejected, and the next record is read")
  func garbage() throws {
    let members = Self.pages.map { WARCText.compressed([$0]) }
    let found = try read(members[0] + Array("\u{1F}garbage".utf8) + members[1] + members[2])
    #expect(
      found == [
        "a",
        "\(members[0].count) unreadable: the compressed data is damaged: incorrect header",
        "b", "c",
      ])
    // Some tools fill the rest of a block with zeros.
    #expect(
      try read(members[0] + Array(repeating: 0, count: 500) + members[1]) == ["a", "b"])
  }

  @Test("members inside a member that is damaged at its end are searched once, not again and again")
  func nested() throws {
    // Each of the members that stand in the outer one reaches the damage behind it.
    let inner = WARCText.compressed([Self.page("x", words: 2)]).dropLast(12)
    let stored = (0..<20_000).flatMap { _ in inner }
    let found = try read(WARCText.compressed([Self.pages[0]]) + stored)
    #expect(found.first == "a")
    #expect(found.count <= 20_002)
  }

  // MARK: Wrong

  @Test(
    "a wrong header is rejected, saying why, and the next record is read",
    arguments: [
      ("WARC/1.0\r\nWARC-Type: response\r\n\r\n", "the header has no Content-Length"),
      ("WARC/1.0\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n", "the header has no WARC-Type"),
      (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -3\r\n\r\nabc\r\n\r\n",
        "Content-Length is no number of bytes: -3"
      ),
      (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "Content-Length is no number of bytes: 99999999999999999999"
      ),
      (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: \r\n\r\n",
        "Content-Length is no number of bytes: "
      ),
      (
        "WARC/0.18\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        "the record's version of WARC is neither 1.0 nor 1.1"
      ),
      ("harbour\n\nWARC/1x\n", "no record begins here"),
      (
        "WARC/1.0\r\nA: " + String(repeating: "x", count: 300_000) + "\r\n\r\n",
        "the header does not end within 131072 bytes"
      ),
    ])
  func wrongHeaders(text: String, message: String) throws {
    let file = Self.pages[0] + Array(text.utf8) + Self.pages[1]
    #expect(
      try read(file) == ["a", "\(Self.pages[0].count) malformed_record: \(message)", "b"])
    #expect(
      try read(WARCText.compressed([file])) == [
        "a", "\(Self.pages[0].count) malformed_record: \(message)", "b",
      ])
    let members = WARCText.compressed([Self.pages[0]])
    let found = try read(members + WARCText.compressed([Array(text.utf8), Self.pages[1]]))
    #expect(found == ["a", "\(members.count) malformed_record: \(message)", "b"])
  }

  @Test("a length that is too short is noticed by what follows")
  func lengthTooShort() throws {
    let short = WARCText.record(
      "response", Array("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Harbour.".utf8),
      id: "<urn:uuid:s>", length: "46")
    let found = try read(short + Self.pages[1])
    #expect(found == ["s", "\(short.count - 13) malformed_record: no record begins here", "b"])
  }

  @Test("line feeds alone, missing blank lines and too many are no harm")
  func lenient() throws {
    let text = String(decoding: Self.pages.flatMap(\.self), as: UTF8.self)
    let plain = text.replacing("\r\n\r\nWARC/", with: "WARC/")
    #expect(try read(Array(plain.utf8)) == ["a", "b", "c"])
    let many = text.replacing("\r\n\r\nWARC/", with: "\r\n\n\r\n\n\n\nWARC/")
    #expect(try read(Array(many.utf8)) == ["a", "b", "c"])
    let feeds = Self.pages.map { page in
      let header = HeaderEnd.of(page) ?? 0
      let head = String(decoding: page[..<header], as: UTF8.self).replacing("\r\n", with: "\n")
      return Array(head.utf8) + page[header...].dropLast(4) + [0x0A, 0x0A]
    }
    #expect(try read(feeds.flatMap(\.self)) == ["a", "b", "c"])
  }

  @Test("what is no WARC file at all is one reject, known formats by name")
  func others() throws {
    #expect(try read([]) == [])
    #expect(try read(Array("\r\n\n".utf8)) == [])
    #expect(
      try read(Array("Harbour.\nWords.\n".utf8)) == ["0 malformed_record: no record begins here"])
    #expect(
      try read([0x04, 0x22, 0x4D, 0x18]) == [
        "0 unknown_format: the file is compressed with lz4, which is not read: "
          + "lz4 -dc FILE | winnow run PIPELINE.json -"
      ])
  }

  // MARK: Going on

  @Test(
    "a reader goes on from any position of another", arguments: [Compression.none, .gzip, .zstd],
    [true, false])
  func resume(compression: Compression, isEach: Bool) throws {
    var pages = (0..<12).map { Self.page(String(UnicodeScalar(UInt8(97 + $0))), words: 40) }
    pages.insert(WARCText.record("request", Array("GET /\r\n\r\n".utf8)), at: 3)
    let parts = isEach ? pages : [pages.flatMap(\.self)]
    var file = parts.flatMap(\.self)
    if compression != .none {
      var members = parts.map { WARCText.compressed([$0], compression) }
      // Damage that hides where the next member begins, and a member that is wrong inside.
      if isEach { members[5] = Array(members[5].dropLast(30)) }
      file = members.flatMap(\.self)
    }
    let path = try folder.write("b.warc", file)
    let whole = try lines(path, from: nil)
    #expect(whole.lines.count >= 12)
    for standard in [false, true] {
      for (position, count) in whole.positions {
        let rest = try lines(path, from: position, isStandardInput: standard)
        #expect(
          rest.lines.map { $0.replacing("- ", with: "\(path) ") } == Array(whole.lines[count...]),
          "\(position)")
      }
    }
  }

  /// The records of a file, and after each batch the position and how many there were.
  private func lines(
    _ path: String, from position: JSONValue?, isStandardInput: Bool = false
  ) throws -> (lines: [String], positions: [(JSONValue, Int)]) {
    let stream = try ByteStream.reading(path)
    var position = position
    if isStandardInput {
      _ = try stream.peek(stop: StopSignal())
      position = position.map { position in
        var members = position.object ?? [:]
        if !members.isEmpty { (members["root_path"], members["path"]) = ("-", "-") }
        return position.isNull ? position : .object(members)
      }
    }
    let source = try WARCSource(
      settings: WARCSource.Settings(path: isStandardInput ? "-" : path),
      context: Context(label: "input", standardInput: stream))
    let reader = source.makeReader(nil)
    if let position { try reader.seek(to: position) }
    let decoder = source.makeDecoder()
    var found: [String] = []
    var positions: [(JSONValue, Int)] = []
    var hasMore = true
    while hasMore {
      var batch = RawBatch(byteBudget: 1)
      hasMore = try reader.fill(&batch)
      for record in batch.records {
        let outcome: Outcome<Document> =
          record.problem.map { .drop($0) } ?? decoder.decode(record, of: batch)
        switch outcome {
        case .keep(let document): found.append("\(record.origin.byteOffset) \(document.id)")
        case .drop(let drop): found.append("\(record.origin.byteOffset) \(drop.details)")
        }
      }
      positions.append((reader.position, found.count))
    }
    return (found, positions)
  }

  @Test("a file that has become shorter cannot be gone on with")
  func changed() throws {
    let members = Self.pages.map { WARCText.compressed([$0]) }
    let path = try folder.write("b.warc", members.flatMap(\.self))
    let position = try lines(path, from: nil).positions[1].0
    try folder.write("b.warc", members[0])
    #expect(throws: (any Error).self) { _ = try lines(path, from: position) }
    try folder.write("b.warc", Array(repeating: 0x41, count: 5000))
    #expect(throws: (any Error).self) { _ = try lines(path, from: position) }
  }

  @Test("nothing is read after the wish to stop, and the position stays")
  func stopped() throws {
    let path = try folder.write("b.warc", WARCText.compressed(Self.pages))
    let stop = StopSignal()
    let source = try WARCSource(
      settings: WARCSource.Settings(path: path),
      context: Context(label: "input", standardInput: .standardInput, stop: stop))
    let reader = source.makeReader(nil)
    var batch = RawBatch(byteBudget: 1)
    #expect(try reader.fill(&batch))
    let position = reader.position
    stop.request()
    var rest = RawBatch(byteBudget: 1 << 20)
    #expect(try !reader.fill(&rest))
    #expect(rest.records.isEmpty && rest.bytes.isEmpty)
    #expect(reader.position == position)
  }
}

/// Where the header of a record ends.
private enum HeaderEnd {
  static func of(_ record: [UInt8]) -> Int? {
    record.indices.first { record[$0...].starts(with: "\r\n\r\n".utf8) }.map { $0 + 4 }
  }
}
