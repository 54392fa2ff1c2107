import Pipeline

extension Page {
  /// The bytes of a block.
  func bytes(of block: Block) -> ArraySlice<UInt8> {
    text[Int(block.text.lowerBound)..<Int(block.text.upperBound)]
  }

  /// The text of a block.
  func string(of block: Block) -> String {
    String(decoding: bytes(of: block), as: UTF8.self)
  }
}
