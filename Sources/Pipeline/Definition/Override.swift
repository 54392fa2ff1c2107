import Bytes

/// A `--set stages.language.keep='["en"]'` argument: a value put in place of the definition's.
enum Override {
  /// Applies one argument, or complains about it.
  static func apply(_ text: String, to definition: inout JSONNode, _ reader: inout SettingReader) {
    let source = SourceText(name: "--set", bytes: Array(text.utf8))
    let start = Place(source: source, offset: 0)
    let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) ?? text.startIndex
    let path = steps(of: String(text[..<equals]))
    if path.contains("") {
      reader.diagnostics.append(
        Diagnostic(start, "\"\(text)\" must be PATH=VALUE, such as run.memory='\"1 GiB\"'"))
      return
    }
    let offset = text.utf8.distance(from: text.startIndex, to: equals) + 1
    let value = value(String(text[equals...].dropFirst()), offset: offset, in: source)
    guard let node = value else {
      reader.diagnostics.append(
        Diagnostic(
          Place(source: source, offset: offset), "the value is no JSON and no plain word"))
      return
    }
    guard let steps = resolve(path, in: definition, at: start, &reader) else { return }
    if !definition.set(steps, node) {
      reader.diagnostics.append(
        Diagnostic(start, "\(text[..<equals]) names no element that the list has"))
    }
  }

  /// `stages[2].keep` and `stages.language.keep` as their steps.
  private static func steps(of path: String) -> [String] {
    path.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "[" }
      .map { $0.hasSuffix("]") ? String($0.dropLast()) : String($0) }
  }

  /// JSON, or for convenience in a shell a word that could not be mistaken for it.
  private static func value(_ text: String, offset: Int, in source: SourceText) -> JSONNode? {
    let place = Place(source: source, offset: offset)
    if let node = try? JSONReader.read(SourceText(name: source.name, bytes: Array(text.utf8))) {
      // The places inside would point into the value alone.
      return JSONNode(node.value, at: place)
    }
    guard let first = text.utf8.first, !"{[\"-0123456789".utf8.contains(first) else { return nil }
    return JSONNode(.string(text), at: place)
  }

  /// Replaces a stage's label or index by its place in the list; complains when there is none.
  private static func resolve(
    _ path: [String], in definition: JSONNode, at place: Place, _ reader: inout SettingReader
  ) -> [String]? {
    guard path.first == DefinitionKey.stages, path.count > 1,
      case .array(let stages)? = definition[DefinitionKey.stages]?.value
    else { return path }
    let labels = stages.map {
      ($0[DefinitionKey.label] ?? $0[DefinitionKey.use])?.string ?? ""
    }
    guard let index = labels.firstIndex(of: path[1]) ?? Int(path[1]), stages.indices.contains(index)
    else {
      let suggestion = Suggestion.text(for: path[1], among: labels)
      reader.diagnostics.append(
        Diagnostic(place, "\(path[0]).\(path[1]) names no stage" + suggestion))
      return nil
    }
    return [path[0], String(index)] + path.dropFirst(2)
  }
}

extension JSONNode {
  /// Takes a member out of an object.
  mutating func remove(_ key: String) {
    guard case .object(let members) = value else { return }
    value = .object(members.filter { $0.key != key })
  }

  /// Puts `node` at the end of `path`: member names, and indices of existing elements. Objects on the
  /// way are made where they are missing.
  /// - Returns: False when a list on the way has no such element.
  @discardableResult
  mutating func set(_ path: some Collection<String>, _ node: JSONNode) -> Bool {
    guard let step = path.first else {
      self = node
      return true
    }
    var isSet = true
    switch value {
    case .array(var elements):
      guard let index = Int(step), elements.indices.contains(index) else { return false }
      isSet = elements[index].set(path.dropFirst(), node)
      value = .array(elements)
    case .object(var members):
      if let index = members.firstIndex(where: { $0.key == step }) {
        isSet = members[index].node.set(path.dropFirst(), node)
      } else {
        var added = JSONNode(.object([]), at: node.place)
        added.set(path.dropFirst(), node)
        members.append(Member(key: step, keyPlace: node.place, node: added))
      }
      value = .object(members)
    default:
      // Replaces the value that is already there, whatever it is.
      self = JSONNode(.object([]), at: node.place)
      isSet = set(path, node)
    }
    return isSet
  }
}
