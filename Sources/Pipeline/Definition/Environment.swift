import Bytes

/// Puts environment variables into the strings of a definition: `${NAME}` and `${NAME:-default}`; a
/// literal `${` is written `$${`.
struct Environment {
  let variables: [String: String]

  /// The node with all strings filled in; complains about variables that are not set.
  func filling(_ node: JSONNode, _ reader: inout SettingReader) -> JSONNode {
    let path = reader.path
    var filled = node
    switch node.value {
    case .string(let text) where text.utf8.contains(UInt8(ascii: "$")):
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
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        result += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${"), let end = rest.firstIndex(of: "}") {
        result += value(of: rest.dropFirst(2)[..<end], at: node, &reader)
        rest = rest[end...].dropFirst()
      } else {
        result += "$"
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  private func value(
    of expression: Substring, at node: JSONNode, _ reader: inout SettingReader
  ) -> String {
    let name = String(expression.prefix { $0 != ":" })
    if let value = variables[name], !value.isEmpty { return value }
    let rest = expression.dropFirst(name.count)
    if rest.hasPrefix(":-") { return String(rest.dropFirst(2)) }
    if let value = variables[name] { return value }
    reader.complain(
      node,
      "names the environment variable \(name), which is not set; ${\(name):-VALUE} gives it a default"
    )
    return ""
  }
}
