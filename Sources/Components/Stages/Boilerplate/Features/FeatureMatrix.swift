/// The features of a page's blocks: a column of bytes for each feature, so that one comparison looks at
/// sixteen blocks.
struct FeatureMatrix {
  private(set) var bytes: [UInt8] = []
  /// Blocks of the page.
  private(set) var blockCount = 0
  /// Bytes from one column to the next: the blocks rounded up to whole vectors.
  private(set) var stride = 0

  /// Blocks that are compared at once.
  static let lanes = 16

  /// Makes room for a page; all features are 0.
  mutating func reset(blocks: Int) {
    blockCount = blocks
    stride = (blocks + FeatureMatrix.lanes - 1) / FeatureMatrix.lanes * FeatureMatrix.lanes
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: repeatElement(0, count: stride * Feature.allCases.count))
  }

  subscript(feature: Feature, block: Int) -> UInt8 {
    get { bytes[feature.rawValue * stride + block] }
    set { bytes[feature.rawValue * stride + block] = newValue }
  }

  /// The feature that stands `offset` places behind another in the list.
  subscript(first: Feature, offset: Int, block: Int) -> UInt8 {
    get { bytes[(first.rawValue + offset) * stride + block] }
    set { bytes[(first.rawValue + offset) * stride + block] = newValue }
  }

  /// Gives all blocks the same value.
  mutating func fill(_ feature: Feature, _ value: UInt8) {
    let start = feature.rawValue * stride
    for index in start..<start + blockCount { bytes[index] = value }
  }
}
