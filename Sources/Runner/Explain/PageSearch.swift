public import Bytes
public import Pipeline

/// Finds the one record of an input that is to be explained.
public struct PageSearch {
  /// The input as the user named it.
  private let input: String
  /// The record's id, or its place as in `pages.ndjson:17`; nil for the only one that there is.
  private let id: String?
  private let stop: StopSignal

  public init(input: String, id: String?, stop: StopSignal) {
    self.input = input
    self.id = id
    self.stop = stop
  }

  /// Why there is no such record; what is wrong with the arguments.
  public struct Problem: Error, CustomStringConvertible {
    public let description: String
  }

  /// Reads the definition's inputs up to the record, and to the second one if there should be but one.
  /// - Returns: The document, or why the input made none of the record, and the record's name. Nil when it
  ///   was asked to stop.
  /// - Throws: `Problem`, or what a component throws because a run could not go on.
  public func find(
    in definition: Definition
  ) throws -> (record: Outcome<Document>, name: String)? {
    var search = State()
    for source in definition.inputs {
      try read(source, &search)
      if stop.isRequested { return nil }
      if search.isOver { break }
    }
    if let found = search.found { return found }
    guard let id, search.count > 0 else { throw Problem(description: "\(input) holds no record") }
    throw Problem(
      description: "\(input) holds no record with the id \(id) among its \(grouped(search.count))")
  }

  private struct State {
    var found: (record: Outcome<Document>, name: String)?
    var isOver = false
    var count = 0
  }

  private func read<S: Source>(_ source: S, _ search: inout State) throws {
    var reader = try source.makeReader(nil)
    var decoder = try source.makeDecoder()
    var hasMore = true
    while hasMore, !search.isOver, !stop.isRequested {
      var batch = RawBatch(byteBudget: PageSearch.batchBytes)
      hasMore = try reader.fill(&batch)
      for record in batch.records where !search.isOver {
        search.count += 1
        let outcome =
          try record.problem.map(Outcome<Document>.drop) ?? decoder.decode(record, of: batch)
        try take(outcome, record, &search)
      }
    }
  }

  private static let batchBytes = 1 << 20

  private func take(
    _ outcome: Outcome<Document>, _ record: RawRecord, _ search: inout State
  ) throws {
    var name = record.placeName
    if case .keep(let document) = outcome { name = document.id }
    if case .drop(let drop) = outcome, drop.reason == .unreadable {
      let cause = drop.details["message"]?.string ?? drop.reason.name
      throw Problem(description: "cannot read \(record.origin.file): \(cause)")
    }
    guard let id else {
      if let first = search.found {
        throw Problem(
          description: "\(input) holds several records; say which one with --id, as in --id "
            + first.name)
      }
      search.found = (outcome, name)
      return
    }
    if name == id || record.placeName == id {
      search.found = (outcome, name)
      search.isOver = true
    }
  }
}
