public import Bytes
public import Pipeline
import State

extension StateIndex {
  /// The result of an import.
  public struct Imported: Sendable {
    /// Documents that are now remembered and were not before.
    public var entered = 0
    /// Documents that were there already, or are too much like one that was.
    public var known = 0
    /// Rejects of an earlier run, which are left out.
    public var rejects = 0

    fileprivate mutating func count(isNew: Bool) {
      if isNew { entered += 1 } else { known += 1 }
    }
  }

  /// Enters the documents of earlier outputs, and what `export` wrote.
  ///
  /// Documents count as those of a run of its own, which goes into the state's record of runs. Lines of
  /// an export keep their runs: each of these gets the number of the one here that is the same, or a new
  /// one. Whatever is there already stays as it is, so that an import that was interrupted can be
  /// repeated.
  /// - Parameter sources: Of records, one a line.
  /// - Throws: At the first line that is no such thing; what stands before it is entered.
  public func importRecords(from sources: [any Source], stop: StopSignal) throws -> Imported {
    try checkNoRunIsUnfinished()
    var pass = ImportPass(self)
    do {
      for source in sources where !stop.isRequested { try pass.read(source, stop) }
    } catch {
      try? pass.end(isFinished: false)
      throw error
    }
    try pass.end(isFinished: !stop.isRequested)
    return pass.imported
  }
}

/// One import on its way.
private struct ImportPass {
  private let index: StateIndex
  private(set) var imported = StateIndex.Imported()
  /// The run that documents count as part of, from the first of them on.
  private var run: RunRecord?
  private var documents = 0
  private var entered = 0
  /// The runs of an export: the numbers that they have here.
  private var numbers: [Int: Int] = [:]

  init(_ index: StateIndex) { self.index = index }

  mutating func read<S: Source>(_ source: S, _ stop: StopSignal) throws {
    var reader = try source.makeReader(nil)
    var decoder = try source.makeDecoder()
    var hasMore = true
    while hasMore, !stop.isRequested {
      var batch = RawBatch(byteBudget: index.batchBytes)
      hasMore = try reader.fill(&batch)
      for record in batch.records {
        let line = batch.bytes[record.range]
        if record.problem == nil, ExportLine.begins(line) {
          try restore(line, record)
        } else {
          try enter(
            try record.problem.map(Outcome.drop) ?? decoder.decode(record, of: batch), record)
        }
        try commitIfFull()
      }
    }
  }

  /// Makes the rest durable, with how it ended.
  mutating func end(isFinished: Bool) throws {
    try stageRun(isFinished: isFinished)
    try index.commit()
  }

  private func commitIfFull() throws {
    guard index.state.stagedBytes >= index.state.maximumStagedBytes else { return }
    try stageRun(isFinished: false)
    try index.commit()
  }

  private func stageRun(isFinished: Bool) throws {
    guard let run else { return }
    try index.state.record(
      RunRecord(
        number: run.number, started: run.started, isFinished: isFinished, records: documents,
        kept: entered, isImport: true))
  }

  // MARK: Documents

  private mutating func enter(_ outcome: Outcome<Document>, _ record: RawRecord) throws {
    let document: Document
    switch outcome {
    case .keep(let kept): document = kept
    case .drop(let drop): throw ImportError(record, drop.text)
    }
    if document.metadata["rejected"]?.object != nil {
      imported.rejects += 1
      return
    }
    if document.text.isEmpty {
      throw ImportError(record, "there is no text, only HTML; run the pages through the pipeline")
    }
    let number = try runNumber
    documents += 1
    var isNew = false
    for stage in index.stages.indices
    where try index.stages[stage].index.enter(document, run: number) {
      isNew = true
    }
    entered += isNew ? 1 : 0
    imported.count(isNew: isNew)
  }

  /// The number of this import. One that was interrupted goes on under its number.
  private var runNumber: Int {
    mutating get throws {
      if let run { return run.number }
      let last = try index.state.runs.last
      let isOpen = last.map { $0.isImport && !$0.isFinished } ?? false
      let next = RunRecord(
        number: isOpen ? last?.number ?? 1 : try index.state.nextRun,
        started: isOpen ? last?.started ?? Machine.timestamp : Machine.timestamp, isFinished: false,
        records: 0, kept: 0, isImport: true)
      run = next
      try stageRun(isFinished: false)
      return next.number
    }
  }

  // MARK: Lines of an export

  private mutating func restore(_ line: ArraySlice<UInt8>, _ record: RawRecord) throws {
    let json: JSONObject
    do throws(JSONReader.SyntaxError) {
      let source = SourceText(name: record.origin.file, bytes: Array(line))
      json = try JSONReader.read(source).plain.object ?? [:]
    } catch {
      throw ImportError(record, "the line is no JSON: \(error.message)")
    }
    if let run = json[ExportLine.run].flatMap(RunRecord.init) {
      numbers[run.number] = try number(of: run)
    } else if let label = json[ExportLine.index]?.string,
      let entry = json[ExportLine.entry]?.object
    {
      try restore(entry, label, record)
    } else {
      throw ImportError(record, "the line is no record of an output, and none of an export")
    }
  }

  /// The number here of a run that an export tells of.
  private func number(of exported: RunRecord) throws -> Int {
    // Two runs of one second may look the same.
    let taken = Set(numbers.values)
    let same = try index.state.runs.first {
      !taken.contains($0.number) && exported.numbered($0.number) == $0
    }
    if let same { return same.number }
    let number = try index.state.nextRun
    try index.state.record(exported.numbered(number))
    return number
  }

  private mutating func restore(
    _ entry: JSONObject, _ label: String, _ record: RawRecord
  ) throws {
    guard let stage = index.stages.firstIndex(where: { $0.label == label }) else {
      let known = index.stages.map(\.label).joined(separator: ", ")
      throw ImportError(record, "the line is of the stage \(label), and there is: \(known)")
    }
    var entry = entry
    let run = entry[ExportLine.run]?.int
    if let run {
      guard let number = numbers[run] else {
        throw ImportError(
          record,
          "the line names run \(run), of which the first lines of its export tell: import all of it "
            + "in one command")
      }
      entry[ExportLine.run] = .int(Int64(number))
    }
    do {
      let isNew = try index.stages[stage].index.restore(entry)
      if run != nil { imported.count(isNew: isNew) }
    } catch let error as StateError {
      throw error
    } catch {
      throw ImportError(record, "\(error)")
    }
  }
}

extension RunRecord {
  /// The same run under another number.
  fileprivate func numbered(_ number: Int) -> RunRecord {
    RunRecord(
      number: number, started: started, isFinished: isFinished, records: records, kept: kept,
      isImport: isImport)
  }
}

extension Drop {
  /// For people: the message if there is one, or what the reason means.
  fileprivate var text: String { details["message"]?.string ?? reason.summary }
}

/// A line that cannot be imported.
struct ImportError: Error, CustomStringConvertible {
  let place: String
  let cause: String

  init(_ record: RawRecord, _ cause: String) {
    place = record.placeName
    self.cause = cause
  }

  var description: String { "\(place): \(cause)" }
}
