import Bytes
import Components
import Pipeline
import Runner
import TestSupport

/// What eats foreign bytes. A round makes inputs and checks what must hold for them.
enum Target: String, CaseIterable {
  case pages, records, streams, compressed, tables, archives, crawls
  case definitions, gazetteers, imports, state

  /// Inputs of one round.
  var count: Int {
    switch self {
    case .pages, .records: 50
    default: 1
    }
  }

  private var tokens: [String] {
    switch self {
    case .pages, .streams:
      [
        "</br>", "</p>", "<p>", "<table>", "<tr><td>", "</table>", "<a href=", "<script>", "<!--",
        "-->", "<![CDATA[", "&#x", "&amp", "\"", "'", "<meta charset=utf-16>", "<base href=//x/>",
        "<pre>\n", "<svg>", "<title>", "<noscript>", "\u{0}", "\u{FEFF}", "<li>", "<b>", "</b>",
        "<div class=\"comments\">", "<time datetime=2026-11-20>", "http://a/(", "1.1.2024 ", "$5 ",
        "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"", "<h1>", " x=",
      ]
    case .tables:
      [",", "\t", "\"", "\"\"", "\r\n", "\r", "\n", ";", "\u{0}", "\u{FEFF}", "id,", "html"]
    case .compressed, .archives, .crawls:
      [
        "BZh9", "\u{0}\u{0}\u{0}\u{0}", "YZ", "PK\u{1}\u{2}", "PK\u{5}\u{6}", "ustar", "\r\n\r\n",
        "WARC/1.0\r\n", "WARC-Type: response\r\n", "Content-Length: 99999999999\r\n", "0\r\n\r\n",
        "Content-Encoding: br\r\n", "Transfer-Encoding: chunked\r\n", "HTTP/1.1 200\r\n",
        "ffffffff",
      ]
    default:
      [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\\ud800", "null", "1e999", "-", "true",
        "\"id\":", "\"text\":", "\"html\":", "\"metadata\":{", "\"annotations\":", "\"use\":",
        "\"stages\":[", "\"run\":", "\u{0}", "\n", "\r", "\u{FEFF}", "\"aliases\":[", "${", "}",
        "9223372036854775808", "\"label\":", "\"name\":", "\u{E9}", "\u{301}", " ",
      ]
    }
  }

  /// - Parameter folder: Where the inputs go; what is left there after a crash is the finding.
  func run(number: UInt64, seeds: [[UInt8]], in folder: TemporaryFolder) throws {
    var mutator = Mutator(number, tokens: tokens)
    let inputs = (0..<count).map { _ in mutator.input(from: seeds) }
    switch self {
    case .pages: try Target.pages(inputs, folder)
    case .records: try Target.records(inputs, folder)
    case .streams: try Target.streams(inputs[0], &mutator, folder)
    case .compressed: try Target.file(inputs[0], "ndjson", folder)
    case .tables: try Target.file(inputs[0], "csv", folder)
    case .archives: try Target.file(inputs[0], "archive", folder)
    case .crawls: try Target.file(inputs[0], "warc", folder)
    case .definitions: try Target.definition(inputs[0], folder)
    case .gazetteers: try Target.gazetteer(inputs[0], folder)
    case .imports: try Target.imports(inputs[0], folder)
    case .state: try Target.state(&mutator, folder)
    }
  }

  private static func record(_ id: Int, _ page: [UInt8]) -> [UInt8] {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("id")
    writer.string("\(id)")
    writer.key("html")
    writer.string(UTF8Text(repairing: page))
    writer.closeObject()
    writer.endLine()
    return writer.bytes
  }

  private static func pages(_ pages: [[UInt8]], _ folder: TemporaryFolder) throws {
    let records = pages.enumerated().map { record($0.offset, $0.element) }
    let input = try folder.write("in.ndjson", Array(records.joined()))
    let lines = try Trial(folder: folder, stages: Trial.stages).runBothWays(input)
    try Finding.check(
      lines.kept.count + lines.rejected.count == pages.count, "pages were lost")
    // In another order, and one of them alone: nothing of a page may be seen in another.
    let alone = Trial(folder: folder, stages: Trial.stagesAlone)
    let forwards = try alone.run(input)
    let reversed = try folder.write("reversed.ndjson", Array(records.reversed().joined()))
    let backwards = try alone.run(reversed)
    try Finding.check(
      forwards.kept == backwards.kept.reversed(), "the output depends on the order")
    let last = try folder.write("last.ndjson", records[records.count - 1])
    let kept = try alone.run(last).kept
    try Finding.check(
      kept.isEmpty || kept == forwards.kept.suffix(1), "a page alone gives another record")
    // As they are, whatever their character set.
    for (index, page) in pages.enumerated() { try folder.write("site/\(index).html", page) }
    let files = try Trial(folder: folder, stages: Trial.stages)
      .runBothWays(folder.path("site"), format: "files")
    try Finding.check(
      files.kept.count + files.rejected.count == pages.count, "files were lost")
  }

  private static func records(_ records: [[UInt8]], _ folder: TemporaryFolder) throws {
    let lines = records.map { $0.filter { $0 != UInt8(ascii: "\n") } }
    let input = try folder.write("in.ndjson", Array(lines.joined(separator: [0x0A])))
    let found = try Trial(folder: folder, stages: Trial.stages).runBothWays(input)
    var expected = lines
    if expected[0].starts(with: [0xEF, 0xBB, 0xBF]) { expected[0].removeFirst(3) }
    let blanks: [UInt8] = [0x20, 0x09, 0x0D]
    let count = expected.count { line in !line.allSatisfy { blanks.contains($0) } }
    try Finding.check(
      found.kept.count + found.rejected.count == count,
      "\(count) records in, \(found.kept.count) out, \(found.rejected.count) rejected")
  }

  private static func streams(
    _ page: [UInt8], _ mutator: inout Mutator, _ folder: TemporaryFolder
  ) throws {
    let records = (0..<20).flatMap { record($0, page) }
    let format: Compression = Bool.random(using: &mutator.random) ? .gzip : .zstd
    guard let frame = FrameCompressor(format, level: 1)?.frame(records[...]) else { return }
    let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]
    let whole = format == .zstd ? skippable + frame + frame : frame + frame
    let input = try folder.write("in.ndjson", mutator.input(from: [whole]))
    _ = try Trial(folder: folder, stages: #"{"use": "html"}"#).runBothWays(input)
  }

  /// A file of a format, compressed or not: what can be read of it does not depend on how it is read.
  private static func file(
    _ bytes: [UInt8], _ format: String, _ folder: TemporaryFolder
  ) throws {
    let input = try folder.write("in.\(format)", bytes)
    _ = try Trial(folder: folder, stages: #"{"use": "html"}"#).runBothWays(input, format: format)
  }

  private static func definition(_ bytes: [UInt8], _ folder: TemporaryFolder) throws {
    let source = SourceText(name: "fuzz", folder: folder.path, bytes: bytes)
    let (definition, diagnostics) = Registry.standard.read(source, environment: ["A": "b"])
    try Finding.check(definition != nil || !diagnostics.isEmpty, "wrong, and nothing says why")
    for diagnostic in diagnostics {
      try Finding.check(
        diagnostic.place.source !== source || (0...bytes.count).contains(diagnostic.place.offset),
        "a place outside the definition: \(diagnostic)")
      try Finding.check(
        !TerminalText.visible(diagnostic.description).utf8.contains(0x1B), "an escape sequence")
    }
  }

  private static func gazetteer(_ bytes: [UInt8], _ folder: TemporaryFolder) throws {
    let path = try folder.write("gazetteer.ndjson", bytes)
    let input = try folder.write("in.ndjson", record(1, bytes) + record(2, bytes.reversed()))
    let trial = Trial(
      folder: folder, stages: #"{"use": "html"}, {"use": "entities", "gazetteer": "\#(path)"}"#)
    guard (try? trial.definition(input, format: "ndjson")) != nil else { return }
    _ = try trial.runBothWays(input)
  }

  private static func imports(_ bytes: [UInt8], _ folder: TemporaryFolder) throws {
    let input = try folder.write("in.ndjson", bytes)
    let trial = Trial(
      folder: folder, stages: #"{"use": "near_duplicates"}, {"use": "repeated_blocks"}"#)
    let definition = try trial.definition(
      input, format: "ndjson", state: folder.path("state"))
    let index = try StateIndex(definition, stage: nil, mustExist: false)
    // A line that is none ends an import; what was entered before must be whole.
    _ = try? index.importRecords(from: definition.inputs, stop: StopSignal())
    _ = try index.verify()
  }

  private static func state(_ mutator: inout Mutator, _ folder: TemporaryFolder) throws {
    let input = try folder.write(
      "in.ndjson", (0..<5).flatMap { record($0, Array("<p>A page about \($0).".utf8)) })
    let trial = Trial(folder: folder, stages: #"{"use": "html"}, {"use": "near_duplicates"}"#)
    let state = folder.path("state")
    _ = try trial.run(input, state: state)
    guard
      let name = try FileSystem.names(in: state + "/store").randomElement(using: &mutator.random)
    else { return }
    let bytes = try FileSystem.contents(of: state + "/store/" + name)
    try folder.write("state/store/" + name, mutator.input(from: [bytes]))
    // Damage is an error, or is not noticed where nothing depends on it.
    _ = try? trial.run(input, state: state)
  }
}
