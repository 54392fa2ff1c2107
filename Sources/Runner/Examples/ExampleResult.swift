import Bytes
public import Pipeline

/// What came of an example, and where that is not what it expects.
public struct ExampleResult: Sendable {
  public let example: Example
  /// A line or several each; empty where everything is as expected.
  public let failures: [String]

  /// Takes the example through the stages, alone.
  /// - Throws: What a component throws because a run could not go on.
  public init(of example: Example, in definition: Definition) throws {
    self.example = example
    let account = try PageAccount(
      of: .keep(example.document), named: example.document.id, in: definition)
    let expectsReject = example.expectations.contains(where: \.expectsReject)
    if let rejection = account.rejection, !expectsReject {
      failures = ["was rejected by \(rejection.stage) as \(rejection.text)"]
    } else if account.rejection == nil, expectsReject {
      failures = ["was kept, and is expected to be rejected"]
    } else {
      let record = account.record
      failures = example.expectations.flatMap { $0.failures(in: record) }
    }
  }
}

extension Rejection {
  /// The reason, and what there is to know of it.
  fileprivate var text: String {
    let details = drop.details.members.map { "\($0.key) \($0.value.jsonText)" }
    return "\(drop.reason.name): \(drop.reason.summary)"
      + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
  }
}

extension Expectation {
  fileprivate func failures(in record: JSONObject) -> [String] {
    let value = record.value(at: path) ?? .null
    return demands.flatMap { demand -> [String] in
      switch demand {
      case .is(let expected): ValueComparison.difference(expected, value).map { [name + $0] } ?? []
      case .contains(let pieces):
        pieces.filter { !value.searched.contains($0.utf8) }.map { piece in
          "\(name) lacks \(JSONValue.string(piece).jsonText)"
        }
      case .lacks(let pieces):
        pieces.filter { value.searched.contains($0.utf8) }.map { piece in
          "\(name) contains \(JSONValue.string(piece).jsonText)\(value.line(with: piece))"
        }
      }
    }
  }
}

extension JSONValue {
  /// What is searched for pieces: a string itself, anything else as it is written.
  fileprivate var searched: String.UTF8View { (string ?? jsonText).utf8 }

  /// The line of a text that holds a piece, if it is not all of it.
  fileprivate func line(with piece: String) -> String {
    let lines = (string ?? "").split(separator: "\n")
    guard lines.count > 1, let line = lines.first(where: { $0.utf8.contains(piece.utf8) }) else {
      return ""
    }
    return ", in the line\n    \(line)"
  }
}

extension PageAccount {
  /// The record as an output or the rejects have it.
  fileprivate var record: JSONObject {
    var record: JSONObject = [
      "id": .string(document.id), "text": .string(document.text.string),
      "source": .string(document.source), "created": JSONValue(document.created),
      "metadata": .object(document.metadata), "annotations": .object(document.annotations),
    ]
    if let rejection {
      let reject: [(String, JSONValue)] = [
        ("stage", .string(rejection.stage)), ("reason", .string(rejection.drop.reason.name)),
      ]
      record["rejected"] = .object(
        JSONObject(reject + rejection.drop.details.members.map { ($0.key, $0.value) }))
    }
    return record
  }
}
