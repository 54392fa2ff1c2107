public import Bytes

/// A complaint about a definition, in the form of compilers: editors jump to it.
public struct Diagnostic: Sendable, CustomStringConvertible {
  public let place: Place
  public let message: String
  /// The part of the definition with the error; nil if the definition has no such part.
  let path: JSONPath?

  public init(_ place: Place, _ message: String) {
    self.init(place, message, path: nil)
  }

  init(_ place: Place, _ message: String, path: JSONPath?) {
    self.place = place
    self.message = message
    self.path = path
  }

  /// `pipeline.json:14:20: error: stages[2].threshold must be within 0...1, is 7`
  public var description: String { "\(place.description): error: \(message)" }
}

extension [Diagnostic] {
  /// In the order in which a reader of the sources meets them: source by source, top to bottom.
  func inSourceOrder() -> [Diagnostic] {
    var sources: [ObjectIdentifier: Int] = [:]
    for diagnostic in self {
      let source = ObjectIdentifier(diagnostic.place.source)
      if sources[source] == nil { sources[source] = sources.count }
    }
    // Sorting is stable, so that complaints about one place keep their order.
    return sorted {
      let first = sources[ObjectIdentifier($0.place.source)]!
      let second = sources[ObjectIdentifier($1.place.source)]!
      return (first, $0.place.offset) < (second, $1.place.offset)
    }
  }
}
