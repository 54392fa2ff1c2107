import Bytes
import Pipeline

/// What a document may fulfil.
public indirect enum Condition: Sendable, Hashable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  /// All tests hold of the field.
  case field(FieldCondition)

  /// Whether the document fulfils it.
  func holds(for document: Document) -> Bool {
    switch self {
    case .all(let conditions): conditions.allSatisfy { $0.holds(for: document) }
    case .any(let conditions): conditions.contains { $0.holds(for: document) }
    case .not(let condition): !condition.holds(for: document)
    case .field(let condition): condition.holds(for: document)
    }
  }
}

/// What must hold of one field.
public struct FieldCondition: Sendable, Hashable {
  let path: FieldPath
  let tests: [FieldTest]

  func holds(for document: Document) -> Bool {
    if path.isText, tests.allSatisfy(\.isOfText) {
      return tests.allSatisfy { $0.holds(forText: document.text.bytes.span) }
    }
    let value = path.value(in: document)
    return tests.allSatisfy { $0.holds(for: value) }
  }
}

/// One thing that may hold of a value.
enum FieldTest: Sendable, Hashable {
  case present(Bool)
  case equals(JSONValue)
  case oneOf([JSONValue])
  case atLeast(JSONValue)
  case atMost(JSONValue)
  case moreThan(JSONValue)
  case lessThan(JSONValue)
  case contains(BytePattern)
  case matches(WildcardPattern)

  func holds(for value: JSONValue?) -> Bool {
    switch self {
    case .present(let isPresent): FieldTest.isSomething(value) == isPresent
    case .equals(let other): value.map { FieldTest.areEqual($0, other) } ?? false
    case .oneOf(let others):
      value.map { value in others.contains { FieldTest.areEqual(value, $0) } } ?? false
    case .atLeast(let bound): FieldTest.order(value, bound).map { $0 >= 0 } ?? false
    case .atMost(let bound): FieldTest.order(value, bound).map { $0 <= 0 } ?? false
    case .moreThan(let bound): FieldTest.order(value, bound).map { $0 > 0 } ?? false
    case .lessThan(let bound): FieldTest.order(value, bound).map { $0 < 0 } ?? false
    case .contains(let piece):
      switch value {
      case .string(let string): piece.isIn(string)
      case .array(let elements):
        elements.contains { $0.string?.utf8.elementsEqual(piece.bytes) ?? false }
      default: false
      }
    case .matches(let pattern): value?.string.map(pattern.matches) ?? false
    }
  }

  /// Whether the test needs no copy of a text.
  var isOfText: Bool {
    switch self {
    case .present, .contains, .matches: true
    default: false
    }
  }

  func holds(forText text: Span<UInt8>) -> Bool {
    switch self {
    case .present(let isPresent): !text.isEmpty == isPresent
    case .contains(let piece): piece.isIn(text)
    case .matches(let pattern): pattern.matches(text)
    default: false
    }
  }

  private static func isSomething(_ value: JSONValue?) -> Bool {
    switch value {
    case nil, .null?: false
    case .string(let string)?: !string.isEmpty
    case .array(let elements)?: !elements.isEmpty
    case .object(let object)?: !object.isEmpty
    default: true
    }
  }

  private static func areEqual(_ first: JSONValue, _ second: JSONValue) -> Bool {
    if case .string(let first) = first, case .string(let second) = second {
      return first.utf8.elementsEqual(second.utf8)
    }
    return first == second || order(first, second) == 0
  }

  /// Less than, equal to or greater than 0; nil for what is not to be compared.
  private static func order(_ first: JSONValue?, _ second: JSONValue) -> Int? {
    switch (first, second) {
    case (.int(let first), .int(let second)): return first < second ? -1 : first > second ? 1 : 0
    case (.string(let first), .string(let second)):
      if first.utf8.elementsEqual(second.utf8) { return 0 }
      return first.utf8.lexicographicallyPrecedes(second.utf8) ? -1 : 1
    default:
      guard let first = first.flatMap(number), let second = number(second) else { return nil }
      return first < second ? -1 : first > second ? 1 : 0
    }
  }

  private static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .int(let value): Double(value)
    case .double(let value): value
    case .digits(let digits): Double(digits)
    default: nil
    }
  }
}
