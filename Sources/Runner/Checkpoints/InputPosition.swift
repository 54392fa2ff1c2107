import Bytes

/// The position up to which the inputs were read.
struct InputPosition: Sendable, Hashable {
  /// Number of the input; as many as there are when all were read to their ends.
  let input: Int
  /// The place in it, as its reader put it.
  let place: JSONValue
}
