import Bytes
import Pipeline

/// Something that a stage changed in a document.
struct Change: Sendable {
  enum Kind { case text, metadata, annotation, missing }

  let kind: Kind
  /// The metadata key, the annotation's path, or a word for what it is.
  let name: String
  let value: JSONValue

  /// The differences between a document before a stage and after it.
  /// - Complexity: O(size of both).
  static func between(_ before: Document, _ after: Document) -> [Change] {
    text(before, after) + metadata(before, after) + annotations(before, after)
  }

  private static func text(_ before: Document, _ after: Document) -> [Change] {
    if before.text == after.text { return [] }
    let size = Change.size(of: after.text)
    let value =
      before.text.isEmpty
      ? "made: \(size)" : "rewritten: \(size), before \(Change.size(of: before.text))"
    return [Change(kind: .text, name: "text", value: .string(value))]
  }

  /// `2,104 characters, 361 words`
  static func size(of text: UTF8Text) -> String {
    let words = Words.count(in: text.bytes.span)
    return "\(counted(text.scalarCount, "character")), \(counted(words, "word"))"
  }

  private static func metadata(_ before: Document, _ after: Document) -> [Change] {
    var changes: [Change] = []
    var missing: [String] = []
    for member in after.metadata.members where before.metadata[member.key] != member.value {
      if member.value.isNull {
        missing.append(member.key)
      } else {
        changes.append(Change(kind: .metadata, name: member.key, value: member.value))
      }
    }
    if let created = after.created, created != before.created {
      changes.append(Change(kind: .metadata, name: "created", value: .string(created)))
    }
    if !missing.isEmpty {
      let names = JSONValue.string(missing.joined(separator: ", "))
      changes.append(Change(kind: .missing, name: "not found", value: names))
    }
    return changes
  }

  private static func annotations(_ before: Document, _ after: Document) -> [Change] {
    var changes: [Change] = []
    for label in after.annotations.members {
      let earlier = before.annotations[label.key]
      guard label.value != earlier else { continue }
      guard case .object(let findings) = label.value else {
        changes.append(Change(kind: .annotation, name: label.key, value: label.value))
        continue
      }
      for member in findings.members where earlier?.object?[member.key] != member.value {
        let name = "\(label.key).\(member.key)"
        changes.append(Change(kind: .annotation, name: name, value: member.value))
      }
    }
    return changes
  }
}

extension JSONValue {
  /// For people: a string as it is, an object as those of its members that say something.
  var shown: String {
    switch self {
    case .string(let string): string
    case .array(let elements): elements.map(\.shown).joined(separator: ", ")
    case .object(let object):
      object.members.filter { !$0.value.isNull }.map { "\($0.key) \($0.value.shown)" }
        .joined(separator: ", ")
    default: jsonText
    }
  }
}
