public import Bytes

/// The memory of an ordered stage, or of the input, from one run to the next: its part of the state directory.
///
/// Without a state directory a ledger gets no such state, and keeps everything in memory for one run.
public struct StageState: Sendable {
  /// Its keys and values.
  public let keys: any KeySpace
  /// Number of this run in the state directory, from 1. A run that was interrupted goes on under its
  /// number.
  public let run: Int
  /// The memory that the stage may use to save look-ups.
  public let memory: ByteCount

  public init(keys: any KeySpace, run: Int, memory: ByteCount = .mebibytes(1)) {
    self.keys = keys
    self.run = run
    self.memory = memory
  }
}

/// An ordered map from bytes to bytes that survives the run.
///
/// Changes are staged: reads see them at once, but only the next checkpoint makes them durable, all
/// together with the position in the input and the length of the output. After a crash the map is what
/// it was at the last checkpoint. One key space belongs to one label and is used by one thread at a time.
public protocol KeySpace: AnyObject, Sendable {
  /// The value of a key, staged or stored; nil when there is none.
  /// - Throws: When the store cannot be read.
  func value(for key: [UInt8]) throws -> [UInt8]?

  /// The values of several keys. A store finds them together in less time than one by one.
  /// - Throws: When the store cannot be read.
  func values(for keys: [[UInt8]]) throws -> [[UInt8]?]

  /// Stages a value, in place of an earlier one.
  func set(_ value: [UInt8], for key: [UInt8])

  /// Stages the removal of a key, which need not be there.
  func remove(_ key: [UInt8])

  /// Calls `body` for every key that starts with `prefix`, in byte order, staged changes included,
  /// until `body` returns false. Changes that `body` stages are not among them.
  ///
  /// For stretches of many keys: a call costs about as much as looking up a hundred keys, and as sorting
  /// the changes that are staged.
  /// - Throws: When the store cannot be read, and what `body` throws.
  func forEach(
    prefix: [UInt8], _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws
}

extension KeySpace {
  public func values(for keys: [[UInt8]]) throws -> [[UInt8]?] { try keys.map(value) }
}
