import Bytes

/// Reads text as shingles: the hashes of all runs of `width` consecutive words.
///
/// Words are folded first (`Folding`), so that case, accents and typography make no difference. A
/// word's hash is `Hash64` of its folded bytes. The hash of a shingle is a polynomial in its words'
/// hashes, modulo 2^64, which rolls on by one word in constant time and depends on their order
/// (Karp and Rabin 1987), mixed once more so that all of its bits are usable. The values are a file
/// format: the tests hold vectors.
///
/// Text is read in pieces, so that the scratch memory does not grow with the text.
struct ShingleReader {
  /// Hashes of the shingles that ended in the piece read last.
  private(set) var hashes: [UInt64] = []

  /// Hash of all words so far and of their order, in 128 bits.
  private(set) var digest = Digest()

  /// Words so far.
  private(set) var wordCount = 0

  /// The piece, folded.
  private var folded: [UInt8] = []
  /// Hashes of the last `width` words, the oldest at `slot`.
  private var recent = InlineArray<32, UInt64>(repeating: 0)
  private var slot = 0
  private var rolling: UInt64 = 0
  private let width: Int
  /// What a word's hash has been multiplied with when it leaves the shingle.
  private let weightOfOldest: UInt64

  /// An odd number without pattern, so that multiplying loses nothing (the golden ratio's bits).
  private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Pieces end at the first word boundary after so many bytes: a piece and its hashes stay in the
  /// second-level cache.
  static let pieceBytes = 16 * 1024

  /// Scratch that one document without word boundaries has blown up is given back.
  private static let retainedBytes = 1024 * 1024

  /// - Parameter width: Words in a shingle, 1...32.
  init(width: Int) {
    self.width = width
    weightOfOldest = (1..<width).reduce(1) { weight, _ in weight &* ShingleReader.base }
  }

  /// Before the first piece of a text.
  mutating func start() {
    hashes.removeAll(keepingCapacity: hashes.capacity * 8 <= ShingleReader.retainedBytes)
    if folded.capacity > ShingleReader.retainedBytes { folded = [] }
    digest = Digest()
    wordCount = 0
    rolling = 0
    slot = 0
    recent = InlineArray(repeating: 0)
  }

  /// Reads the next piece of a text, which ends at a word boundary.
  mutating func read(_ piece: UnsafeBufferPointer<UInt8>) {
    fold(piece)
    hashes.removeAll(keepingCapacity: true)
    let folded = self.folded
    folded.withUnsafeBufferPointer { folded in
      Words.forEach(in: folded) { range in
        add(
          word: Hash64.hash(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(folded)[range]))
        )
      }
    }
  }

  /// After the last piece: a text of fewer words than a shingle is one shingle of all of them.
  mutating func finish() {
    hashes.removeAll(keepingCapacity: true)
    if wordCount > 0, wordCount < width { hashes.append(shingle) }
  }

  /// Where the piece that starts at `start` ends: at most one word longer than `pieceBytes`.
  static func endOfPiece(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start + pieceBytes
    guard index < text.count else { return text.count }
    while index > start, text[index] & 0xC0 == 0x80 { index -= 1 }
    let table = ScalarClass.table
    while index < text.count {
      let scalar = text.scalar(at: index)
      switch table[scalar.value] {
      case .space, .other, .unspacedLetter: return index
      case .letter, .digit, .mark, .invisible: index += scalar.length
      }
    }
    return text.count
  }

  @inline(__always)
  private mutating func add(word: UInt64) {
    digest.add(word)
    rolling = (rolling &- recent[slot] &* weightOfOldest) &* ShingleReader.base &+ word
    recent[slot] = word
    slot = slot &+ 1 == width ? 0 : slot &+ 1
    wordCount &+= 1
    if wordCount >= width { hashes.append(shingle) }
  }

  private var shingle: UInt64 { Hash64.mix(rolling, 0xD6E8_FEB8_6659_FD93) }

  private mutating func fold(_ piece: UnsafeBufferPointer<UInt8>) {
    folded.removeAll(keepingCapacity: true)
    let table = Folding.table
    let raw = UnsafeRawBufferPointer(piece)
    var index = 0
    while index < piece.count {
      if index &+ 8 <= piece.count {
        let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        if eight & 0x8080_8080_8080_8080 == 0 {
          withUnsafeBytes(of: ShingleReader.lowercased(eight)) { folded.append(contentsOf: $0) }
          index &+= 8
          continue
        }
      }
      let scalar = piece.scalar(at: index)
      let target = table[scalar.value]
      if target != Folding.dropped {
        folded.append(scalar: target == Folding.unchanged ? scalar.value : target)
      }
      index &+= scalar.length
    }
  }

  /// Eight ASCII bytes in lower case: adding moves A and whatever follows, Z excluded, past 0x7F.
  private static func lowercased(_ eight: UInt64) -> UInt64 {
    let fromA = eight &+ 0x3F3F_3F3F_3F3F_3F3F
    let behindZ = eight &+ 0x2525_2525_2525_2525
    return eight | (fromA & ~behindZ & 0x8080_8080_8080_8080) &>> 2
  }
}

/// 128 bits that stand for all of a text. Not cryptographic: see `Hash64`.
struct Digest: Sendable, Hashable {
  private(set) var first: UInt64 = 0x243F_6A88_85A3_08D3
  private(set) var second: UInt64 = 0x1319_8A2E_0370_7344

  /// Of words yet to come.
  init() {}

  /// Of bytes in which there are no words.
  init(wordless bytes: [UInt8]) {
    let seeds = Digest()
    (first, second) = bytes.withUnsafeBytes {
      (Hash64.hash($0, seed: ~seeds.first), Hash64.hash($0, seed: ~seeds.second))
    }
  }

  @inline(__always)
  mutating func add(_ word: UInt64) {
    first = Hash64.mix(first, word)
    second = Hash64.mix(second, word)
  }
}
