import Bytes

/// Reads text as shingles: the hashes of all runs of `width` consecutive words.
///
/// A text of fewer words has none, and is read once more by its letters: its shingles are then the runs
/// of `width` consecutive letters of its words, which one space keeps apart. A text of words and one of
/// letters have nothing in common.
///
/// Words are folded first (`Folding`), so that case, accents and typography make no difference. A
/// word's hash is `Hash64` of its folded bytes. The hash of a shingle is a polynomial in its words'
/// hashes, modulo 2^64, which rolls on by one word in constant time and depends on their order
/// (Karp and Rabin 1987), mixed once more so that all of its bits are usable. The values are a file
/// format: the tests hold vectors.
///
/// Text is read in pieces, so that the scratch memory does not grow with the text.
package struct ShingleReader {
  /// Hashes of the shingles that ended in the piece read last.
  package private(set) var hashes: [UInt64] = []

  /// Hash of all words so far and of their order, in 128 bits.
  package private(set) var digest = Digest()

  /// Words so far.
  package private(set) var wordCount = 0

  /// The piece, folded: the first `foldedCount` bytes.
  private var folded: [UInt8] = []
  private var foldedCount = 0
  private var window: Window
  private let width: Int

  private static let saltOfWords: UInt64 = 0xD6E8_FEB8_6659_FD93
  private static let saltOfLetters: UInt64 = 0xA3B1_9535_4A39_B70D
  /// Small numbers are spread over 64 bits.
  private static let letterSpread: UInt64 = 0xC2B2_AE3D_27D4_EB4F

  /// Pieces end at the first word boundary after so many bytes: a piece and its hashes stay in the
  /// second-level cache.
  static let pieceBytes = 16 * 1024

  /// Scratch that one document without word boundaries has blown up is given back.
  private static let retainedBytes = 1024 * 1024

  /// - Parameter width: Words, or letters, in a shingle, 1...32.
  package init(width: Int) {
    self.width = width
    window = Window(width: width, salt: ShingleReader.saltOfWords)
  }

  /// Before the first piece of a text.
  package mutating func start() {
    hashes.removeAll(keepingCapacity: hashes.capacity * 8 <= ShingleReader.retainedBytes)
    if folded.count > ShingleReader.retainedBytes { folded = [] }
    digest = Digest()
    wordCount = 0
    window = Window(width: width, salt: ShingleReader.saltOfWords)
  }

  /// Before the first piece is read by letters.
  package mutating func startLetters() {
    window = Window(width: width, salt: ShingleReader.saltOfLetters)
  }

  /// Reads the next piece of a text, which ends at a word boundary.
  package mutating func read(_ piece: Span<UInt8>) {
    fold(piece)
    hashes.removeAll(keepingCapacity: true)
    let before = (digest, wordCount, window)
    var after = before
    // The array is held, not copied.
    let bytes = self.folded
    let folded = bytes.span.extracting(..<foldedCount)
    // Between two words there is a byte, or one of them is a letter of three.
    hashes.append(addingCapacity: folded.count / 2 + 1) { hashes in
      // Copies that nothing else sees can be held in registers.
      var (digest, wordCount, window) = before
      Words.forEach(in: folded) { range in
        let word = Hash64.hash(range, of: folded)
        digest.add(word)
        wordCount &+= 1
        window.add(word)
        if window.isFull { hashes.append(window.shingle) }
      }
      after = (digest, wordCount, window)
    }
    (digest, wordCount, window) = after
  }

  /// Whether the text, read to its end, has words, but not enough for a shingle.
  package var isShort: Bool { wordCount > 0 && wordCount < width }

  /// Reads the next piece of a short text by its letters.
  package mutating func readLetters(_ piece: Span<UInt8>) {
    fold(piece)
    hashes.removeAll(keepingCapacity: true)
    let bytes = self.folded
    let text = bytes.span.extracting(..<foldedCount)
    Words.forEach(in: text) { range in
      if window.count > 0 { add(letter: 0x20) }
      var index = range.lowerBound
      while index < range.upperBound {
        let scalar = text.scalar(at: index)
        add(letter: scalar.value)
        index &+= scalar.length
      }
    }
  }

  /// After the last piece of letters: fewer than make a shingle are one shingle, all of them.
  package mutating func finishLetters() {
    hashes.removeAll(keepingCapacity: true)
    if window.count > 0, !window.isFull { hashes.append(window.shingle) }
  }

  /// Where the piece that starts at `start` ends: at most one word longer than `pieceBytes`.
  package static func endOfPiece(in text: Span<UInt8>, from start: Int) -> Int {
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

  private mutating func add(letter: UInt32) {
    window.add(Hash64.mix(UInt64(letter) &* ShingleReader.letterSpread, window.salt))
    if window.isFull { hashes.append(window.shingle) }
  }

  private mutating func fold(_ piece: Span<UInt8>) {
    let table = Folding.table
    // No scalar folds to more than four times its bytes.
    let size = piece.count * 4 + 8
    if folded.count < size { folded = [UInt8](repeating: 0, count: size) }
    var folded = self.folded.mutableSpan
    var count = 0
    var index = 0
    while index < piece.count {
      if index &+ 8 <= piece.count {
        let eight = piece.eightBytes(at: index)
        folded.store(eightBytes: EightBytes.lowercased(eight), at: count)
        let length = EightBytes.ascii(eight)
        index &+= length
        count &+= length
        if length == 8 { continue }
      }
      let scalar = piece.composedScalar(at: index)
      Folding.forEachScalar(of: scalar.value, table[scalar.value]) {
        count &+= folded.store(scalar: $0, at: count)
      }
      index &+= scalar.length
    }
    foldedCount = count
  }
}

/// The last words or letters of a text, and the hash of the shingle that they are.
private struct Window {
  /// Words, or letters, that were added.
  private(set) var count = 0
  /// Tells shingles of words from those of letters.
  let salt: UInt64
  /// Hashes of the last `width` of them, the oldest at `slot`.
  private var recent = InlineArray<32, UInt64>(repeating: 0)
  private var slot = 0
  private var rolling: UInt64 = 0
  private let width: Int
  /// The factor that a word's hash has been multiplied by when it leaves the shingle.
  private let weightOfOldest: UInt64

  /// An odd number without pattern, so that multiplying loses nothing (the golden ratio's bits).
  private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

  init(width: Int, salt: UInt64) {
    self.width = width
    self.salt = salt
    weightOfOldest = (1..<width).reduce(1) { weight, _ in weight &* Window.base }
  }

  @inline(__always)
  mutating func add(_ unit: UInt64) {
    rolling = (rolling &- recent[slot] &* weightOfOldest) &* Window.base &+ unit
    recent[slot] = unit
    slot = slot &+ 1 == width ? 0 : slot &+ 1
    count &+= 1
  }

  var isFull: Bool { count >= width }

  var shingle: UInt64 { Hash64.mix(rolling, salt) }
}
