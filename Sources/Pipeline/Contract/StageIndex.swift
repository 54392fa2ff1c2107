public import Bytes

/// An ordered stage whose memory of earlier runs can be looked at, moved and cleaned.
public protocol IndexedStage: OrderedStage {
  /// Opens what the stage remembers, without running it.
  /// - Throws: What `openLedger` throws for this state, above all when it was built with settings that
  ///   the stage does not have now.
  func openIndex(_ state: StageState) throws -> any StageIndex
}

/// Gives access to the memory that an ordered stage keeps between runs, for its maintenance.
///
/// Changes are staged in the stage's key space. They are durable once `checkpoint` was called and the
/// state directory committed after it.
public protocol StageIndex {
  /// Numbers that describe the index: documents, keys, settings that it was built with.
  /// - Throws: When the state cannot be read.
  func statistics() throws -> JSONObject

  /// Calls `body` with each line that `restore` needs to make the same index elsewhere, in order.
  /// - Throws: When the state cannot be read, and what `body` throws.
  func export(_ body: (JSONObject) throws -> Void) throws

  /// Adds a line that `export` wrote, to an empty index or after the entries that exist.
  /// - Returns: True if the line is a document that is now remembered and was not before.
  /// - Throws: If the line is not from an export, or is from an index with other settings.
  mutating func restore(_ line: JSONObject) throws -> Bool

  /// Enters a document that an earlier run kept: the stage decides as it would have done then.
  /// - Parameters:
  ///   - document: With its text, as it stands in an output.
  ///   - run: The number of the run that it is to count as part of.
  /// - Returns: Whether it is now remembered, and was not before.
  mutating func enter(_ document: Document, run: Int) throws -> Bool

  /// Forgets documents: later ones are not compared with them any more. Their bytes are given back when
  /// the state directory is compacted.
  ///
  /// One call forgets as many as memory allows: call `checkpoint`, commit, and call again until the answer
  /// is 0.
  /// - Returns: The number of documents forgotten.
  /// - Throws: When the index cannot tell its documents apart in this way, or cannot be read.
  mutating func forget(ids: Set<String>, runs: Set<Int>) throws -> Int

  /// Reads everything and compares the parts with each other.
  /// - Throws: An error that names what is inconsistent.
  func verify() throws

  /// Stages what the index has only in memory.
  mutating func checkpoint() throws
}
