/// A pattern in which `*` stands for any text, none too, and everything else for itself. It has to match the
/// whole of a text.
///
/// No pattern takes more than linear time: each part is searched for once, behind the one before.
public struct WildcardPattern: Sendable, Hashable {
  public let source: String
  /// What stands between the asterisks; one more than there are of these.
  private let parts: [BytePattern]

  public init(_ source: String) {
    self.source = source
    parts = source.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map {
      BytePattern(Array($0))
    }
  }

  /// - Complexity: O(`text.count`).
  public func matches(_ text: Span<UInt8>) -> Bool {
    let first = parts[0].bytes
    guard parts.count > 1 else { return text.equals(first.span) }
    let last = parts[parts.count - 1].bytes
    guard text.count >= first.count + last.count, text.starts(with: first.span),
      text.ends(with: last.span)
    else { return false }
    // Each at its first place: a later one would leave less for those behind it.
    var rest = first.count..<text.count - last.count
    for part in parts[1..<parts.count - 1] {
      guard let found = part.firstRange(in: rest, of: text) else { return false }
      rest = found.upperBound..<rest.upperBound
    }
    return true
  }

  public func matches(_ text: String) -> Bool {
    matches(text.utf8.span)
  }
}
