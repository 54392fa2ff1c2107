import Bytes
import Pipeline

/// The differences between two definitions in their canonical form, one line for each value:
/// `stages.language.keep: was ["en"], is ["de"]`.
enum DefinitionChanges {
  /// - Parameter onlyStages: Whether inputs and outputs may be others.
  static func between(_ old: JSONObject, _ new: JSONObject, onlyStages: Bool) -> [String] {
    let names = onlyStages ? ["stages"] : old.members.map(\.key)
    var lines: [String] = []
    for name in names {
      let path = JSONPath()[name]
      compare(old[name] ?? .null, new[name] ?? .null, path, &lines)
      // The order of stages is what they do, too.
      if let oldKeys = old[name]?.object?.members.map(\.key),
        let newKeys = new[name]?.object?.members.map(\.key), name == "stages",
        oldKeys != newKeys, Set(oldKeys) == Set(newKeys)
      {
        lines.append(
          "\(path): was \(oldKeys.joined(separator: ", ")), is \(newKeys.joined(separator: ", "))")
      }
    }
    return lines
  }

  private static func compare(
    _ old: JSONValue, _ new: JSONValue, _ path: JSONPath, _ lines: inout [String]
  ) {
    if let old = old.object, let new = new.object {
      for member in old.members {
        if let value = new[member.key] {
          compare(member.value, value, path[member.key], &lines)
        } else {
          lines.append("\(path[member.key]): is gone")
        }
      }
      for member in new.members where old[member.key] == nil {
        lines.append("\(path[member.key]): is new")
      }
    } else if old != new {
      lines.append("\(path): was \(text(old)), is \(text(new))")
    }
  }

  private static func text(_ value: JSONValue) -> String {
    value.isNull ? "none" : value.jsonText
  }
}

/// A run was started with a state directory that belongs to another definition.
struct DefinitionChanged: ErrorOfSeveralLines {
  let path: String
  let run: Int
  let isFinished: Bool
  let changes: [String]

  var description: String {
    "the definition is not that of run \(run) in \(TerminalText.visible(path))"
      + (isFinished ? "" : ", which is not finished") + ":\n"
      + changes.map { "  \(TerminalText.visible($0))\n" }.joined()
      + (isFinished
        ? "start it with --accept-changes if this is meant"
        : "run it to its end with the definition that it had, or go on with this one by "
          + "--accept-changes")
  }
}

/// An error whose description has line feeds of its own, and shows none that are foreign.
public protocol ErrorOfSeveralLines: Error, CustomStringConvertible {}
