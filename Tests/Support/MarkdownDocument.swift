import Bytes

/// A document of the project, as the tests that hold it true read it.
public struct MarkdownDocument: Sendable {
  /// Its path in the repository.
  public let name: String
  /// Its lines, without their ends.
  public let lines: [Substring]

  public init(_ name: String) throws {
    self.name = name
    let text = String(
      decoding: try FileSystem.contents(of: "\(Fixture.root)/\(name)"), as: UTF8.self)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// A fenced block.
  public struct Block: Sendable {
    /// The first word behind the fence: `sh`, `json`.
    public let kind: String
    /// The second one, where there is one: the name of a file.
    public let file: String?
    /// Its lines, each with its end.
    public let text: String
    /// Where it stands, from 1: for messages.
    public let line: Int
    /// Whether nothing stands between it and the block before.
    public let followsBlock: Bool
  }

  /// All fenced blocks, in order.
  public var blocks: [Block] {
    var blocks: [Block] = []
    var start: Int?
    var isAfterBlock = false
    for (index, line) in lines.enumerated() {
      if let opening = start {
        guard line == "```" else { continue }
        let words = lines[opening].dropFirst(3).split(separator: " ")
        blocks.append(
          Block(
            kind: words.first.map(String.init) ?? "",
            file: words.dropFirst().first.map(String.init),
            text: lines[opening + 1..<index].map { $0 + "\n" }.joined(), line: opening + 1,
            followsBlock: isAfterBlock))
        start = nil
        isAfterBlock = true
      } else if line.hasPrefix("```") {
        start = index
      } else if !line.isEmpty {
        isAfterBlock = false
      }
    }
    return blocks
  }

  /// Lines that stand in no block.
  public var prose: [(number: Int, text: Substring)] {
    var isInside = false
    var prose: [(number: Int, text: Substring)] = []
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        isInside.toggle()
      } else if !isInside {
        prose.append((index + 1, line))
      }
    }
    return prose
  }
}
