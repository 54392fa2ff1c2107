public import Pipeline

extension Page {
  /// The text of each block.
  public var blockTexts: [String] {
    blocks.map {
      String(decoding: text[Int($0.text.lowerBound)..<Int($0.text.upperBound)], as: UTF8.self)
    }
  }

  /// The texts of the blocks that are kept when a choice among them, made by their texts, is revised.
  public func keptTexts(
    of isChosen: (String) -> Bool, revisedBy revise: (Page, inout [Bool]) -> Void
  ) -> [String] {
    let texts = blockTexts
    var choice = texts.map(isChosen)
    revise(self, &choice)
    return texts.indices.filter { choice[$0] }.map { texts[$0] }
  }
}
