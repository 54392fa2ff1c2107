public import Pipeline

extension Page {
  /// The text of each block.
  public var blockTexts: [String] {
    blocks.map {
      String(decoding: text[Int($0.text.lowerBound)..<Int($0.text.upperBound)], as: UTF8.self)
    }
  }
}
