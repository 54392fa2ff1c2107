/// Where the links of a block lead, by their addresses alone.
public struct LinkKinds: OptionSet, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// To a service that shares the page, to a letter about it, or to a feed.
  public static let sharing = LinkKinds(rawValue: 1 << 0)
  /// To a list of what has a topic or is by an author.
  public static let topic = LinkKinds(rawValue: 1 << 1)
  /// To what is called like an article: with a number or many words.
  public static let article = LinkKinds(rawValue: 1 << 2)
  /// To another host, as far as the address names one.
  public static let host = LinkKinds(rawValue: 1 << 3)
  /// To a place on the page.
  public static let place = LinkKinds(rawValue: 1 << 4)
  /// To a place where comments are, or where one answers, logs in or registers.
  public static let response = LinkKinds(rawValue: 1 << 5)
}
