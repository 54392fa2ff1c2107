public import Bytes

/// A condition on a setting's value beyond its type. One declaration serves the check, the messages, the manual
/// and the JSON Schema.
public struct Rule<Value: SettingValue>: Sendable {
  /// Follows "must": `be within 0...1`.
  public let text: String
  /// Keywords of JSON Schema that say the same.
  public let schema: JSONObject
  public let holds: @Sendable (Value) -> Bool
}

extension Rule where Value: Comparable {
  public static func beWithin(_ range: ClosedRange<Value>) -> Rule {
    Rule(
      text: "be within \(plainText(range.lowerBound))...\(plainText(range.upperBound))",
      schema: bounds([("minimum", range.lowerBound), ("maximum", range.upperBound)]),
      holds: { range.contains($0) })
  }

  public static func beAtLeast(_ bound: Value) -> Rule {
    Rule(
      text: "be at least \(plainText(bound))", schema: bounds([("minimum", bound)]),
      holds: { $0 >= bound })
  }

  /// Sizes are strings in JSON; their bounds cannot be said in JSON Schema.
  private static func bounds(_ bounds: [(String, Value)]) -> JSONObject {
    JSONObject(bounds.map { ($0, $1.json) }.filter { $1.string == nil })
  }

  private static func plainText(_ value: Value) -> String {
    value.json.string ?? value.json.jsonText
  }
}

extension Rule where Value == String {
  public static var notBeEmpty: Rule {
    Rule(text: "not be empty", schema: ["minLength": 1], holds: { !$0.isEmpty })
  }
}

extension Rule {
  /// For lists.
  public static func holdSomething<Element>() -> Rule where Value == [Element] {
    Rule(text: "hold at least one element", schema: ["minItems": 1], holds: { !$0.isEmpty })
  }

  /// The same rule for a setting that may be left out.
  func whenGiven() -> Rule<Value?> {
    Rule<Value?>(text: text, schema: schema, holds: { [holds] in $0.map(holds) ?? true })
  }
}
