public import Bytes
import Pipeline
import State

extension StateIndex {
  /// The contents of the index in numbers, for machines.
  public var statistics: JSONObject {
    get throws {
      [
        "state": .string(path),
        "version": .int(Int64(StateDirectory.version)),
        "bytes": .int(Int64(try state.byteCount)),
        "runs": .array(try state.runs.map { .object($0.json) }),
        "stages": .object(
          JSONObject(try stages.map { ($0.label, .object(try $0.index.statistics())) })),
      ]
    }
  }

  /// The same for people.
  public var summary: String {
    get throws {
      var text = "\(TerminalText.visible(path)): \(sizeText(Double(try state.byteCount))) on disk\n"
      for run in try state.runs {
        text += "  run \(run.number), \(run.started): \(grouped(run.records)) "
        text +=
          run.isImport
          ? "imported, \(grouped(run.kept)) of them new" : "in, \(grouped(run.kept)) out"
        text += run.isFinished ? "\n" : ", not finished\n"
      }
      for stage in stages {
        text += "\(TerminalText.visible(stage.label)):\n"
        for member in try stage.index.statistics().members {
          text += "  \(member.key): \(StateIndex.text(member.value))\n"
        }
      }
      return text
    }
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .int(let number): grouped(Int(number))
    case .string(let string): TerminalText.visible(string)
    default: value.jsonText
    }
  }
}
