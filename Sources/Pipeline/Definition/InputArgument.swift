public import Bytes

/// An INPUT: an argument, or a name in a list of files.
public struct InputArgument: Sendable {
  public let path: String
  /// Where messages about it point to.
  let place: Place

  /// An argument.
  public init(_ path: String) {
    self.path = path
    place = Place(source: SourceText(name: path, bytes: Array(path.utf8)), offset: 0)
  }

  private init(_ path: String, at place: Place) {
    self.path = path
    self.place = place
  }

  /// The names in a list, each as its bytes are: nothing in it is quoted. Empty names are none.
  /// - Parameter separator: The byte after each name; the last name may lack it.
  public static func list(_ source: SourceText, separator: UInt8) -> [InputArgument] {
    source.bytes.split(separator: separator).map { name in
      InputArgument(
        SystemPath.string(Array(name)), at: Place(source: source, offset: name.startIndex))
    }
  }

  /// What the definition holds in its place.
  var node: JSONNode { JSONNode(.string(path), at: place) }
}
