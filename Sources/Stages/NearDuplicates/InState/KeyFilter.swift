import Bytes

/// Tells which keys are surely not there: a Bloom filter, whose bits for one key lie in one cache line
/// (Putze, Sanders and Singler, "Cache-, hash- and space-efficient Bloom filters", 2007).
///
/// A store answers a vain look-up by a filter for each of its files, in a microsecond each; this one
/// answers for all of them in a tenth of that. It is in memory alone and can be made again at any time.
struct KeyFilter {
  private var words: [UInt64]
  /// Words without the last line, which is where a start may point at most.
  private let lineCount: Int
  /// Nobody can choose keys that all have the same bits.
  private let seed = UInt64.random(in: .min ... .max)
  /// Keys that it was made for: with more it is wrong more often.
  let capacity: Int
  private(set) var count = 0

  private static let lineWords = 8
  /// For each of `capacity` keys. With five bits set for each one key in 35 is taken for another.
  private static let bitsPerKey = 8
  private static let bitsSet = 5

  /// - Parameter capacity: At least 1.
  init(capacity: Int) {
    self.capacity = capacity
    lineCount = max(1, capacity * KeyFilter.bitsPerKey / (64 * KeyFilter.lineWords))
    words = [UInt64](repeating: 0, count: lineCount * KeyFilter.lineWords)
  }

  /// How many keys so many bytes are enough for.
  static func capacity(memory: Int) -> Int { memory * 8 / bitsPerKey }

  mutating func insert(_ key: PostingKey) {
    count += 1
    var bits = hash(key)
    let line = line(bits)
    for _ in 0..<KeyFilter.bitsSet {
      words[line + Int(bits >> 6 & 7)] |= 1 &<< (bits & 63)
      bits &>>= 9
    }
  }

  /// Whether the key may have been inserted; false when it surely was not.
  func mayContain(_ key: PostingKey) -> Bool {
    var bits = hash(key)
    let line = line(bits)
    for _ in 0..<KeyFilter.bitsSet {
      if words[line + Int(bits >> 6 & 7)] & 1 &<< (bits & 63) == 0 { return false }
      bits &>>= 9
    }
    return true
  }

  /// Bytes of memory held.
  var memoryBytes: Int { words.count * 8 }

  private func hash(_ key: PostingKey) -> UInt64 {
    Hash64.mix(UInt64(key.table) << 32 | UInt64(key.hash), seed)
  }

  /// The upper half of the hash chooses the line; the lower 45 bits choose within it.
  private func line(_ hash: UInt64) -> Int {
    Int(hash.multipliedFullWidth(by: UInt64(lineCount)).high) * KeyFilter.lineWords
  }
}
