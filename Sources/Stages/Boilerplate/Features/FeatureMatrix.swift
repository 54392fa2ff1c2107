import Bytes

/// The features of a page's blocks: a column of bytes for each feature, so that one comparison looks at
/// sixteen blocks.
///
/// The bytes are no array: a page has some 190 features times its blocks to write, and an array asks at each
/// whether it is shared. Copies share their memory; a matrix belongs to one reader.
struct FeatureMatrix {
  private var cells = ByteCells(count: 0)
  /// Blocks of the page.
  private(set) var blockCount = 0
  /// Bytes from one column to the next: the blocks rounded up to whole vectors.
  private(set) var stride = 0

  /// Blocks that are compared at once.
  static let lanes = 16

  /// All columns, one after the other.
  var bytes: Span<UInt8> {
    cells.bytes.extracting(..<(stride * Feature.allCases.count))
  }

  /// Makes room for a page; all features are 0.
  mutating func reset(blocks: Int) {
    makeRoom(blocks: blocks)
    cells.fill(0..<stride * Feature.allCases.count, with: 0)
  }

  /// Replaces the blocks by some of another matrix: the `lanes` blocks of each of these vectors, whose numbers
  /// ascend.
  mutating func take(_ vectors: [Int], of other: FeatureMatrix) {
    let hasLast = vectors.last == other.stride / FeatureMatrix.lanes - 1
    let missing = hasLast ? other.stride - other.blockCount : 0
    makeRoom(blocks: vectors.count * FeatureMatrix.lanes - missing)
    for feature in 0..<Feature.allCases.count {
      for (place, vector) in vectors.enumerated() {
        let from = feature &* other.stride &+ vector &* FeatureMatrix.lanes
        let to = feature &* stride &+ place &* FeatureMatrix.lanes
        cells.copy(from..<from &+ FeatureMatrix.lanes, of: other.cells, to: to)
      }
    }
  }

  private mutating func makeRoom(blocks: Int) {
    blockCount = blocks
    stride = (blocks + FeatureMatrix.lanes - 1) / FeatureMatrix.lanes * FeatureMatrix.lanes
    let size = stride * Feature.allCases.count
    if cells.count < size {
      cells = ByteCells(count: max(size, cells.count * 2))
    }
  }

  subscript(feature: Feature, block: Int) -> UInt8 {
    @inline(__always) get { cells[feature.rawValue &* stride &+ block] }
    @inline(__always) nonmutating set { cells[feature.rawValue &* stride &+ block] = newValue }
  }

  /// The feature that stands `offset` places after `first` in the list.
  subscript(first: Feature, offset: Int, block: Int) -> UInt8 {
    @inline(__always) get { cells[(first.rawValue &+ offset) &* stride &+ block] }
    @inline(__always) nonmutating set {
      cells[(first.rawValue &+ offset) &* stride &+ block] = newValue
    }
  }

  /// Gives all blocks the same value.
  func fill(_ feature: Feature, _ value: UInt8) {
    let start = feature.rawValue * stride
    cells.fill(start..<start + blockCount, with: value)
  }
}
