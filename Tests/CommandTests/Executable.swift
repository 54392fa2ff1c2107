import Foundation
import TestSupport

/// The built program, as a user runs it.
enum Executable {
  /// It stands beside the test bundle.
  static let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()

  struct Result {
    /// As a shell has it: 128 and the signal's number for a program that was killed.
    let code: Int32
    let output: Data
    let errors: String

    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
  }

  /// After this time a line is ended with exit code 124: no test takes a tenth of it.
  private static let patienceSeconds = "300"

  /// Programs in Python that are not everywhere: `WINNOW_PYTHON` may name an interpreter that has them.
  static let python = ProcessInfo.processInfo.environment["WINNOW_PYTHON"] ?? "python3"

  /// Whether a line of shell succeeds: that what a test needs is installed.
  static func succeeds(_ line: String) -> Bool {
    (try? shell(line, in: Workplace.root))?.code == 0
  }

  static func hasPythonModule(_ name: String) -> Bool { succeeds("\(python) -c 'import \(name)'") }

  /// Runs a line of shell in `folder`, with `winnow` on its path and nothing on standard input.
  static func shell(
    _ line: String, in folder: URL, environment: [String: String] = [:]
  ) throws -> Result {
    let output = folder.appendingPathComponent(".output-\(UUID().uuidString)")
    let errors = folder.appendingPathComponent(".errors-\(UUID().uuidString)")
    defer {
      try? FileManager.default.removeItem(at: output)
      try? FileManager.default.removeItem(at: errors)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["timeout", Executable.patienceSeconds, "bash", "-c", line]
    process.currentDirectoryURL = folder
    var variables = ProcessInfo.processInfo.environment
    variables["PATH"] = Executable.folder.path + ":" + (variables["PATH"] ?? "")
    process.environment = variables.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try handle(output)
    process.standardError = try handle(errors)
    try process.run()
    process.waitUntilExit()
    let isExit = process.terminationReason == .exit
    return Result(
      code: isExit ? process.terminationStatus : 128 + process.terminationStatus,
      output: try Data(contentsOf: output),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  private static func handle(_ file: URL) throws -> FileHandle {
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }
}

/// A temporary folder with a definition in it.
final class Workplace {
  private let temporary: TemporaryFolder
  /// The checkout, for fixtures.
  static let root = URL(fileURLWithPath: Fixture.root)

  init(stages: String = "") throws {
    temporary = try TemporaryFolder()
    try write("pipeline.json", Workplace.definition(stages: stages))
  }

  var folder: URL { URL(fileURLWithPath: temporary.path) }

  static func definition(stages: String, run: String = "{}") -> String {
    """
    { "input": {"use": "ndjson", "paths": ["-"]},
      "stages": [\(stages)],
      "output": {"use": "ndjson", "path": "out.ndjson"},
      "rejects": {"use": "ndjson", "path": "rejects.ndjson"},
      "run": \(run) }
    """
  }

  static let allStages = """
    {"use": "html"}, {"use": "boilerplate"}, {"use": "language"}, {"use": "near_duplicates"},
    {"use": "entities", "gazetteer": "\(root.path)/Fixtures/gazetteer.ndjson"}
    """

  func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

  func write(_ name: String, _ text: String) throws { try temporary.write(name, text) }

  func write(_ name: String, _ data: Data) throws { try temporary.write(name, Array(data)) }

  func remove(_ name: String) throws { try temporary.remove(name) }

  /// Names in a folder.
  func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url(folder).path).sorted()
  }

  func read(_ name: String) throws -> String { try temporary.text(name) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: url(name).path) }

  /// Records of an NDJSON file.
  func records(_ name: String) throws -> [[String: Any]] {
    try read(name).split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// `stage:reason` of each reject.
  func reasons(_ name: String = "rejects.ndjson") throws -> [String] {
    try records(name).map { record in
      let rejected = record["rejected"] as? [String: Any]
      return "\(rejected?["stage"] ?? "-"):\(rejected?["reason"] ?? "-")"
    }
  }

  @discardableResult
  func run(_ line: String, environment: [String: String] = [:]) throws -> Executable.Result {
    try Executable.shell(line, in: folder, environment: environment)
  }
}
