import Bytes
import Pipeline

/// In which documents each block was seen.
///
/// Not their number is kept but a set of 64 bits: a document sets one of them, chosen by its name. To
/// see a document again, in a second pass or on the next night, therefore changes nothing, and the order
/// of documents does not matter. Two documents have the same bit once in 64 times, so that there are at
/// least as many documents as bits, and never fewer (linear counting: Whang, Vander-Zanden and Taylor,
/// "A linear-time probabilistic counting algorithm for database applications", 1990).
protocol BlockCounts: Sendable {
  /// Enters that a document has a block.
  /// - Parameter document: One bit.
  /// - Returns: The bits of the documents seen before, its own among them if it was.
  mutating func enter(_ document: UInt64, for block: UInt64) throws -> UInt64

  /// Bytes of memory held.
  var memoryBytes: Int { get }
}

/// Counts that survive the run, in the stage's part of the state directory: 16 bytes for each block.
struct StoredCounts: BlockCounts {
  private let keys: any KeySpace
  /// A block with so many bits stays as it is: nothing that is asked of it can change any more.
  private let sufficientBits: Int

  /// - Parameter sufficientBits: How many of 64 bits are told apart from more.
  init(_ keys: any KeySpace, sufficientBits: Int) throws {
    self.keys = keys
    self.sufficientBits = sufficientBits
    let format = try keys.value(for: StoredCounts.formatKey)
    guard format == nil || format == [StoredCounts.format] else { throw UnknownBlockFormat() }
    if format == nil { keys.set([StoredCounts.format], for: StoredCounts.formatKey) }
  }

  mutating func enter(_ document: UInt64, for block: UInt64) throws -> UInt64 {
    let key = StoredCounts.bytes(block)
    let seen = try keys.value(for: key).map(StoredCounts.number) ?? 0
    if seen & document == 0, seen.nonzeroBitCount < sufficientBits {
      keys.set(StoredCounts.bytes(seen | document), for: key)
    }
    return seen
  }

  /// The counts themselves are in the store.
  var memoryBytes: Int { 0 }

  /// Longer than any block's key.
  private static let formatKey = Array("block format".utf8)
  /// Changes with folding, the hash of a block and the choice of a document's bit.
  private static let format: UInt8 = 2

  /// Big-endian, so that the order of keys is that of the numbers.
  private static func bytes(_ number: UInt64) -> [UInt8] { number.bigEndianBytes }

  private static func number(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0) { $0 &<< 8 | UInt64($1) }
  }
}

/// The blocks of the state directory were counted by another version of this program.
struct UnknownBlockFormat: Error, CustomStringConvertible {
  let description =
    "the state's repeated blocks have a format that this version of winnow does not know; "
    + "run the version that wrote them, or begin with a new state directory"
}
