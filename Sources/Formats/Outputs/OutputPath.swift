import Bytes
import Pipeline

/// The path of an output, which may be named after its run, `clean/{run}.ndjson`, or stand for many files:
/// `clean/{language}/part-{n}.ndjson.zst`.
struct OutputPath {
  /// As the definition or an argument gives it.
  let template: String
  private let parts: [Part]

  private enum Part: Hashable {
    case literal(String)
    case run
    case date
    case number
    case field(OutputField)
  }

  /// - Throws: For names in braces that are not known, and `{run}` where runs have no numbers.
  init(_ path: FilePath, hasState: Bool) throws(Complaint) {
    template = path.path
    var parts: [Part] = []
    var rest = Substring(path.path)
    while let brace = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      parts.append(.literal(String(rest[..<brace])))
      rest = rest[brace...].dropFirst()
      if rest.utf8.first == UInt8(ascii: "{") {
        parts.append(.literal("{"))
        rest = rest.dropFirst()
        continue
      }
      let name = rest.prefix { $0 != "}" }
      let isOpen = name.endIndex == rest.endIndex
      guard !isOpen, let part = OutputPath.named(String(name)) else {
        throw OutputPath.unknown(String(name), isOpen: isOpen)
      }
      if case .run = part, !hasState {
        throw Complaint(
          "path",
          "holds {run}, and only runs with a state directory are numbered: run.state or --state")
      }
      parts.append(part)
      rest = rest[name.endIndex...].dropFirst()
    }
    self.parts = parts + [.literal(String(rest))]
    try checkParts()
  }

  private static func named(_ name: String) -> Part? {
    switch name {
    case "run": .run
    case "date": .date
    case "n": .number
    default: OutputField(name).map(Part.field)
    }
  }

  private static func unknown(_ name: String, isOpen: Bool) -> Complaint {
    if isOpen {
      return Complaint(
        "path", "holds {\(name), which no brace closes; a brace that is meant is written {{")
    }
    let names = ["run", "date", "n"] + OutputField.plainNames
    let near = Suggestion.near(name, among: names) ?? ";"
    return Complaint(
      "path",
      "holds {\(name)}, and only \(names.map { "{\($0)}" }.joined(separator: ", ")), {metadata.NAME} and "
        + "{annotations.LABEL.NAME} have a meaning\(near) a brace that is meant is written {{")
  }

  /// Names of parts must differ from those that unfinished parts have, whatever the records say.
  private func checkParts() throws(Complaint) {
    guard isOfParts else { return }
    if fields.count > OutputPath.maximumFields {
      throw Complaint(
        "path",
        "is made from \(fields.count) fields of records, and at most "
          + "\(OutputPath.maximumFields) may be")
    }
    guard case .literal(let ending)? = parts.last, ending.utf8.contains(UInt8(ascii: ".")),
      !ending.hasSuffix(FilePath.unfinishedEnding)
    else {
      throw Complaint(
        "path",
        "must go on behind the last brace with an ending such as .ndjson, which is not "
          + FilePath.unfinishedEnding)
    }
  }

  private static let maximumFields = 3

  /// The fields in it, each once.
  var fields: [OutputField] {
    var fields: [OutputField] = []
    for case .field(let field) in parts where !fields.contains(field) { fields.append(field) }
    return fields
  }

  /// Whether there are parts with numbers.
  var isNumbered: Bool { parts.contains(.number) }

  /// Whether it stands for many files.
  var isOfParts: Bool { isNumbered || !fields.isEmpty }

  /// The file that a run writes.
  func path(in run: RunStart) -> FilePath {
    FilePath(path(in: run) { _ in "" })
  }

  /// One of the files that a run writes.
  /// - Parameter segments: What the fields are, in the order of `fields`.
  func path(in run: RunStart, segments: [Substring], number: Int) -> String {
    let fields = fields
    return path(in: run) { part in
      switch part {
      case .number: OutputPath.text(of: number)
      case .field(let field):
        String(zip(fields, segments).first { $0.0 == field }?.1 ?? Substring(OutputField.unknown))
      default: ""
      }
    }
  }

  /// `00007`: in a folder, the parts stand in the order of their numbers.
  private static func text(of number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
  }

  /// A shell pattern that all files match that a run may write.
  func pattern(in run: RunStart) -> String {
    let special = "*?[\\"
    let escaped = { (text: String) in
      text.reduce(into: "") { $0 += special.contains($1) ? "\\\($1)" : String($1) }
    }
    return path(in: run, literal: escaped, varying: { _ in "*" })
  }

  /// The folder that all parts are in, as far as it has one name.
  func folder(in run: RunStart) -> String {
    let start = parts.firstIndex {
      switch $0 {
      case .number, .field: true
      default: false
      }
    }
    let fixed = OutputPath(template: template, parts: Array(parts[..<(start ?? parts.count)]))
    return FileSystem.folder(of: fixed.path(in: run).path)
  }

  private init(template: String, parts: [Part]) {
    self.template = template
    self.parts = parts
  }

  private func path(
    in run: RunStart, literal: (String) -> String = { $0 }, varying: (Part) -> String
  ) -> String {
    parts.map { part in
      switch part {
      case .literal(let text): literal(text)
      case .run: run.number.map(String.init) ?? ""
      case .date: run.date
      case .number, .field: varying(part)
      }
    }.joined()
  }

  /// The path with `{run}` before its endings, or in its first folder that has no name of its own, as a
  /// proposal.
  var withRun: String { proposal("{run}") }

  /// The same with `{date}`, for runs without numbers.
  var withDate: String { proposal("{date}") }

  private func proposal(_ name: String) -> String {
    if isOfParts, let brace = template.utf8.firstIndex(of: UInt8(ascii: "{")) {
      let start = template[..<brace].utf8.lastIndex(of: UInt8(ascii: "/"))
      let place = start.map { template.utf8.index(after: $0) } ?? template.startIndex
      return template[..<place] + name + "/" + template[place...]
    }
    let start =
      template.utf8.lastIndex(of: UInt8(ascii: "/")).map { template.utf8.index(after: $0) }
      ?? template.startIndex
    // A name that begins with a dot has no ending there.
    let dot =
      template[start...].dropFirst().utf8.firstIndex(of: UInt8(ascii: ".")) ?? template.endIndex
    return template[..<dot] + "-" + name + template[dot...]
  }
}
