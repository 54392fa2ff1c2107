/// The path of a value in a definition, printed as users write it: `stages[2].threshold`.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
  public private(set) var description: String

  /// The whole definition.
  public init() { description = "" }

  public subscript(key: String) -> JSONPath {
    var path = self
    path.description += description.isEmpty ? key : ".\(key)"
    return path
  }

  public subscript(index: Int) -> JSONPath {
    var path = self
    path.description += "[\(index)]"
    return path
  }

  /// Whether it is the path of `other` or of something in it.
  func isWithin(_ other: JSONPath) -> Bool {
    let outer = other.description
    return outer.isEmpty || description == outer || description.hasPrefix(outer + ".")
      || description.hasPrefix(outer + "[")
  }
}
