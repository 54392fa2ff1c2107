import Bytes
import Pipeline
import TestSupport
import Testing

@testable import Formats

/// Folders of parts as `PartsWriter` leaves them, with and without interruption.
@Suite struct PartsWriterTests {
  let folder: TemporaryFolder
  private static let run = RunStart(moment: "2026-11-20T02:00:00Z")

  init() throws { folder = try TemporaryFolder() }

  private func sink(_ path: String, _ more: String = "", hasState: Bool = false) throws
    -> NDJSONSink
  {
    try NDJSONSink(
      settings: try .read(from: "{\"path\": \"\(folder.path(path))\"\(more)}"),
      context: Context(label: "output", standardInput: .standardInput, hasState: hasState))
  }

  private static func document(_ id: Int, _ metadata: JSONObject) -> Document {
    Document(
      id: String(id), text: UTF8Text("text"), metadata: metadata, origin: Origin(file: "f"))
  }

  private func lines(_ sink: NDJSONSink, _ documents: some Sequence<Document>) -> [UInt8] {
    var encoder = sink.makeEncoder()
    var bytes: [UInt8] = []
    for document in documents { encoder.encode(document, rejection: nil, into: &bytes) }
    return bytes
  }

  private func write(_ sink: NDJSONSink, _ documents: [Document]) throws {
    let writer = try sink.makeWriter(for: Self.run, at: nil)
    try writer.write(lines(sink, documents))
    _ = try writer.close()
    try writer.publish()
  }

  /// All files, with the ids of the records in each.
  private func files() throws -> [String: String] {
    var found: [String: String] = [:]
    for name in try folder.tree {
      let stream = try ByteStream.reading(folder.path(name))
      var bytes: [UInt8] = []
      while try stream.read(into: &bytes, count: 1 << 20, stop: StopSignal()) > 0 {}
      found[name] = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        .map { $0.split(separator: "\"")[2] == ":" ? String($0.split(separator: "\"")[3]) : "?" }
        .joined(separator: " ")
    }
    return found
  }

  // MARK: Parts

  @Test("parts hold so many records, whatever batches bring them")
  func records() throws {
    try write(
      try sink("out/part-{n}.ndjson", ", \"part_records\": 2"),
      (0..<5).map { Self.document($0, [:]) })
    #expect(
      try files() == [
        "out/part-00000.ndjson": "0 1", "out/part-00001.ndjson": "2 3",
        "out/part-00002.ndjson": "4",
      ])
  }

  @Test("a part ends with the record that makes it large enough", arguments: ["", ".gz", ".zst"])
  func bytes(ending: String) throws {
    // A line has 52 bytes: 20 of them make a KiB.
    let sink = try sink("{n}.ndjson" + ending, ", \"part_bytes\": \"1 KiB\"")
    let documents = (10..<60).map { Self.document($0, [:]) }
    #expect(lines(sink, documents).count == 50 * 52)
    try write(sink, documents)
    #expect(
      try files() == [
        "00000.ndjson\(ending)": (10..<30).map(String.init).joined(separator: " "),
        "00001.ndjson\(ending)": (30..<50).map(String.init).joined(separator: " "),
        "00002.ndjson\(ending)": (50..<60).map(String.init).joined(separator: " "),
      ])
  }

  @Test("records go to the files of their values, each with numbers of its own")
  func fields() throws {
    try write(
      try sink("out/{language}/{host}-{n}.ndjson", ", \"part_records\": 2"),
      [
        Self.document(0, ["language": "de", "url": "https://www.a.example/x"]),
        Self.document(1, ["language": "en", "url": "https://b.example:80/"]),
        Self.document(2, ["language": "de", "url": "http://A.example"]),
        Self.document(3, ["language": nil]),
        Self.document(4, ["language": "de", "url": "http://a.example/?"]),
      ])
    #expect(
      try files() == [
        "out/de/a.example-00000.ndjson": "0 2", "out/de/a.example-00001.ndjson": "4",
        "out/en/b.example-00000.ndjson": "1", "out/_/_-00000.ndjson": "3",
      ])
  }

  @Test(
    "names made from data stay in their folder",
    arguments: [
      ("..", "%2E."), ("/etc/passwd", "%2Fetc%2Fpasswd"), (".hidden", "%2Ehidden"), ("_", "%5F"),
      ("_other", "%5Fother"), ("a_b.c-D9", "a_b.c-D9"), ("é\n\0", "%C3%A9%0A%00"), ("", "_"),
      ("%", "%25"), ("a b", "a%20b"), ("~", "%7E"),
    ])
  func names(value: String, name: String) throws {
    try write(
      try sink("out/{metadata.v}.x"), [Self.document(7, ["v": .string(value)])])
    #expect(try files() == ["out/\(name).x": "7"])
  }

  @Test("numbers and truth values have names, lists and objects have none; long names are cut")
  func otherValues() throws {
    let long = String(repeating: "ü", count: 5000)
    let values: [JSONValue] = [
      1, 1.5, true, .digits("18446744073709551616"), [1], ["a": 1], nil, .string(long),
      .string(long + "x"),
    ]
    let sink = try sink("{metadata.v}.x")
    let names = values.map { value in
      String(
        decoding: lines(sink, [Self.document(0, ["v": value])]).prefix { $0 != 0x0A },
        as: UTF8.self)
    }
    #expect(
      names[..<7] == ["1", "1.5", "true", "18446744073709551616", "_", "_", "_"])
    #expect(names[7].utf8.count <= 80 && names[7] != names[8])
    #expect(names[7].hasPrefix("%C3%BC%C3%BC"))
  }

  @Test("a finding of a stage names files, too")
  func annotations() throws {
    var document = Self.document(1, [:])
    document.annotations = ["topics": ["best": "sea"]]
    try write(try sink("{annotations.topics.best}.x"), [document])
    #expect(try files() == ["sea.x": "1"])
  }

  @Test("values beyond the bound share their files")
  func overflow() throws {
    try write(
      try sink("{metadata.v}.x", ", \"max_values\": 2"),
      [1, 2, 3, 1, 4, 2].enumerated().map { Self.document($0, ["v": .int($1)]) })
    #expect(try files() == ["1.x": "0 3", "2.x": "1 5", "_other.x": "2 4"])
  }

  @Test("more parts than are allowed end the run")
  func tooMany() throws {
    let sink = try sink("{n}.x", ", \"part_records\": 1, \"max_parts\": 3")
    let writer = try sink.makeWriter(for: Self.run, at: nil)
    try writer.write(lines(sink, (0..<3).map { Self.document($0, [:]) }))
    do {
      try writer.write(lines(sink, [Self.document(3, [:])]))
      Issue.record("a fourth part was begun")
    } catch {
      #expect(
        "\(error)"
          == "the output would have more than 3 parts; let a part hold more (part_records, part_bytes), "
          + "or raise max_parts")
    }
  }

  @Test("many values are written in small frames, and no more is held than is allowed")
  func manyValues() throws {
    let sink = try sink("{metadata.v}.x.zst")
    let text = UTF8Text(String(repeating: "long ", count: 20_000))
    let documents = (0..<900).map { number in
      Document(
        id: String(number), text: text, metadata: ["v": .int(Int64(number % 50))],
        origin: Origin(file: "f"))
    }
    let writer = try sink.makeWriter(for: Self.run, at: nil)
    for document in documents {
      try writer.write(lines(sink, [document]))
    }
    #expect(try writer.checkpoint().pending.count <= 32 << 20)
    _ = try writer.close()
    try writer.publish()
    let found = try files()
    #expect(found.count == 50)
    #expect(found["7.x.zst"] == (0..<18).map { String($0 * 50 + 7) }.joined(separator: " "))
  }

  // MARK: Interruptions

  @Test(
    "an interrupted output is cut back and continued, part by part",
    arguments: ["", ".gz", ".zst"])
  func interrupted(ending: String) throws {
    let more = ", \"part_bytes\": \"300 KiB\", \"max_values\": 5"
    var random = Seed(5)
    let documents = (0..<3000).map { number in
      Document(
        id: String(number), text: UTF8Text(String(repeating: "w", count: random.below(2000))),
        metadata: ["v": .int(Int64(random.below(7)))], origin: Origin(file: "f"))
    }
    let whole = try sink("whole/{metadata.v}/{n}.x" + ending, more)
    try write(whole, documents)
    let path = "out/{metadata.v}/{n}.x" + ending
    var position: SinkPosition?
    var next = 0
    while next < documents.count {
      let sink = try sink(path, more)
      let writer = try sink.makeWriter(for: Self.run, at: position)
      let until = min(next + 1 + random.below(700), documents.count)
      for document in documents[next..<until] { try writer.write(lines(sink, [document])) }
      position = try writer.checkpoint()
      next = until
      // Written behind the checkpoint, and lost.
      try writer.write(lines(sink, documents[..<random.below(1500)]))
    }
    // A process that takes over closes, others find only some of the names missing.
    do {
      let writer = try sink(path, more).makeWriter(for: Self.run, at: position)
      position = try writer.close()
    }
    let first = try #require(try folder.tree.first { $0.hasPrefix("out/") && !$0.contains("/.") })
    try FileSystem.replace(
      folder.path(String(first.dropLast(".partial".count))), with: folder.path(first))
    for _ in 0..<2 {
      let writer = try sink(path, more).makeWriter(for: Self.run, at: position)
      #expect(try writer.close() == position)
      try writer.publish()
    }
    let names = try folder.tree
    let parts = names.filter { $0.hasPrefix("whole/") }
    #expect(parts.count > 8)
    #expect(names.count == 2 * parts.count)
    for part in parts {
      let bytes = try FileSystem.contents(of: folder.path(part))
      let other = folder.path("out/" + part.dropFirst("whole/".count))
      #expect(try FileSystem.contents(of: other) == bytes, "\(part)")
    }
  }

  @Test(
    "parts of an earlier run are not joined by those of another; unfinished ones are as nothing")
  func earlier() throws {
    try folder.write("out/de/7.x.partial", "unfinished")
    try folder.write("out/en/3.x", "finished")
    let message = { (path: String, run: RunStart, hasState: Bool) -> String in
      do {
        let sink = try sink(path, ", \"part_records\": 1", hasState: hasState)
        _ = try sink.makeWriter(for: run, at: nil)
        return "nothing"
      } catch {
        return "\(error)".replacing(folder.path + "/", with: "")
      }
    }
    #expect(
      message("out/{language}/{n}.x", Self.run, false)
        == "out/en/3.x is there already, and parts of two runs would lie side by side; move them away, "
        + "or give each run a folder of its own, as in out/{date}/{language}/{n}.x")
    #expect(
      message("out/{language}/{n}.x", RunStart(number: 1, moment: "2026-11-20T02:00:00Z"), true)
        == "out/en/3.x is there already, and parts of two runs would lie side by side; move them away, "
        + "or give each run a folder of its own, as in out/{run}/{language}/{n}.x")
    try folder.remove("out/en/3.x")
    #expect(message("out/{language}/{n}.x", Self.run, false) == "nothing")
    #expect(try folder.tree.filter { !$0.contains("/.winnow-") } == [])
  }

  @Test("two runs do not write the same parts")
  func inUse() throws {
    let path = "out/{n}.x"
    let sink = try sink(path, ", \"part_records\": 1")
    let writer = try sink.makeWriter(for: Self.run, at: nil)
    do {
      _ = try sink.makeWriter(for: Self.run, at: nil)
      Issue.record("two writers")
    } catch {
      #expect("\(error)" == "another run is writing \(folder.path(path))")
    }
    _ = writer.abandon()
  }

  @Test("a part that has gone is refused")
  func lost() throws {
    let sink = try sink("out/{n}.x", ", \"part_records\": 2")
    let position: SinkPosition
    do {
      let writer = try sink.makeWriter(for: Self.run, at: nil)
      try writer.write(lines(sink, (0..<5).map { Self.document($0, [:]) }))
      position = try writer.checkpoint()
    }
    try folder.remove("out/00001.x.partial")
    do {
      _ = try sink.makeWriter(for: Self.run, at: position)
      Issue.record("nothing was missed")
    } catch {
      #expect(
        "\(error)".replacing(folder.path + "/", with: "")
          == "out/00001.x.partial, which the run was writing when it was interrupted, has gone; put it "
          + "back as it was, or begin anew with another state directory")
    }
  }

  // MARK: Settings

  @Test(
    "paths that cannot be are complained about",
    arguments: [
      (
        "{langauge}.x", "",
        "path: holds {langauge}, and only {run}, {date}, {n}, {host}, {language}, {source}, {metadata.NAME} "
          + "and {annotations.LABEL.NAME} have a meaning; did you mean language? a brace that is meant is "
          + "written {{"
      ),
      (
        "{annotations.a}.x", "",
        "path: holds {annotations.a}, and only {run}, {date}, {n}, {host}, {language}, {source}, "
          + "{metadata.NAME} and {annotations.LABEL.NAME} have a meaning; a brace that is meant is written {{"
      ),
      (
        "{n}.x", "",
        "path: holds {n}, and nothing says when a part is full: part_records or part_bytes"
      ),
      (
        "a.x", ", \"part_records\": 3",
        "part_records: makes parts, and a.x has no {n} for their numbers"
      ),
      (
        "a.x", ", \"part_bytes\": \"1 MiB\"",
        "part_bytes: makes parts, and a.x has no {n} for their numbers"
      ),
      (
        "a.{language}", "",
        "path: must go on behind the last brace with an ending such as .ndjson, which is not .partial"
      ),
      (
        "a.{language}.partial", "",
        "path: must go on behind the last brace with an ending such as .ndjson, which is not .partial"
      ),
      (
        "{host}{source}{metadata.a}{metadata.b}.x", "",
        "path: is made from 4 fields of records, and at most 3 may be"
      ),
    ])
  func wrong(path: String, more: String, message: String) throws {
    do throws(Complaint) {
      let settings: NDJSONSink.Settings
      do { settings = try .read(from: "{\"path\": \"\(path)\"\(more)}") } catch { return }
      _ = try NDJSONSink(
        settings: settings, context: Context(label: "output", standardInput: .standardInput))
      Issue.record("\(path) was accepted")
    } catch {
      #expect("\(error.key ?? ""): \(error.message)" == message)
    }
  }
}
