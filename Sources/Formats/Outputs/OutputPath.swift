import Pipeline

/// The path of an output, which may be named after its run: `clean/{run}.ndjson`, `clean-{date}.ndjson`.
struct OutputPath {
  /// As the definition or an argument gives it.
  let template: String
  private let parts: [Part]

  private enum Part {
    case literal(String)
    case run
    case date
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
      guard name.endIndex != rest.endIndex, let part = OutputPath.named(name) else {
        throw Complaint(
          "path",
          "holds {\(name)\(name.endIndex == rest.endIndex ? "" : "}"), and only {run} and {date} have a "
            + "meaning; a brace that is meant is written {{")
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
  }

  private static func named(_ name: Substring) -> Part? {
    switch name {
    case "run": .run
    case "date": .date
    default: nil
    }
  }

  /// The file that a run writes.
  func path(in run: RunStart) -> FilePath {
    FilePath(
      parts.map { part in
        switch part {
        case .literal(let text): text
        case .run: run.number.map(String.init) ?? ""
        case .date: run.date
        }
      }.joined())
  }

  /// The path with `{run}` before its endings, as a proposal.
  var withRun: String {
    let start =
      template.utf8.lastIndex(of: UInt8(ascii: "/")).map { template.utf8.index(after: $0) }
      ?? template.startIndex
    // A name that begins with a dot has no ending there.
    let dot =
      template[start...].dropFirst().utf8.firstIndex(of: UInt8(ascii: ".")) ?? template.endIndex
    return template[..<dot] + "-{run}" + template[dot...]
  }
}
