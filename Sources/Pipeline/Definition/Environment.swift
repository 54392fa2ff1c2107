import Bytes

/// Puts environment variables into the strings of a definition: `${NAME}` and `${NAME:-default}`; a
/// literal `${` is written `$${`.
struct Environment {
  let variables: [String: String]
  /// The definition. Values that arguments put into it are meant as they are: a shell has filled them.
  let source: SourceText

  /// The node with all strings filled in; complains about variables that are not set.
  func filling(_ node: JSONNode, _ reader: inout SettingReader) -> JSONNode {
    let path = reader.path
    var filled = node
    switch node.value {
    case .string(let text)
    where node.place.source === source && text.utf8.contains(UInt8(ascii: "$")):
      filled.value = .string(fill(text, at: node, &reader))
    case .array(let elements):
      filled.value = .array(
        elements.indices.map { index in
          reader.below(path[index]) { filling(elements[index], &$0) }
        })
    case .object(let members):
      filled.value = .object(
        members.map { member in
          var member = member
          member.node = reader.below(path[member.key]) { filling(member.node, &$0) }
          return member
        })
    default: break
    }
    return filled
  }

  private func fill(_ text: String, at node: JSONNode, _ reader: inout SettingReader) -> String {
    var result = ""
    var rest = Substring(text)
    while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
      result += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        result += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        let expression = rest.dropFirst(2).prefix { $0 != "}" }
        rest = rest[expression.endIndex...]
        // A `${` without a closing brace is not a variable.
        let value = rest.isEmpty ? nil : value(of: expression, at: node, &reader)
        guard let value else {
          reader.complain(
            node,
            "holds ${ without NAME} or NAME:-VALUE} behind it; the characters ${ are written $${")
          return text
        }
        result += value
        rest = rest.dropFirst()
      } else {
        result += "$"
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  /// The value of `NAME` or `NAME:-VALUE`, which stands in for a variable that is not set or empty; nil
  /// for anything else. Complains about a variable that is not set.
  private func value(
    of expression: Substring, at node: JSONNode, _ reader: inout SettingReader
  ) -> String? {
    let name = String(expression.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    let rest = expression.dropFirst(name.count)
    guard let first = name.first, !first.isNumber, rest.isEmpty || rest.hasPrefix(":-") else {
      return nil
    }
    if let value = variables[name], !value.isEmpty { return value }
    if !rest.isEmpty { return String(rest.dropFirst(2)) }
    if let value = variables[name] { return value }
    reader.complain(
      node,
      "names the environment variable \(name), which is not set; ${\(name):-VALUE} gives it a default"
    )
    return ""
  }
}
