import ArgumentParser
import Bytes
import NearDuplicatesStage
import Pipeline
import Runner
import State

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Measures the ledger of `near_duplicates` as its index grows.
///
/// Documents are made up from their numbers: words at random, and in one of ten cases those of an
/// earlier document, as they were or with one of them changed. Their signatures are taken as in a run;
/// only what the ledger and the state directory do is timed.
struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract:
      "Measures the index of near-duplicates as it grows, in memory or in a state directory.")

  @Option(help: "How many documents to decide on.")
  var documents = 5_000_000

  @Option(help: "Documents per line of the table.")
  var step = 500_000

  @Option(help: "A state directory, which is made; without it the index is in memory.")
  var state: String?

  @Option(help: "Memory for the state.")
  var memory = "256 MiB"

  func validate() throws {
    if documents < 1 || step < 1 {
      throw ValidationError("--documents and --step must be at least 1")
    }
    if ByteCount(memory) == nil {
      throw ValidationError("--memory must be a size, like \"256 MiB\"")
    }
  }

  func run() throws {
    let directory = try state.map {
      try StateDirectory($0, memory: ByteCount(memory) ?? .mebibytes(256))
    }
    let stage = try NearDuplicates(
      settings: NearDuplicates.Settings(),
      context: Context(label: "near_duplicates", standardInput: .standardInput))
    var worker = stage.makeWorker()
    var ledger = try stage.openLedger(
      try directory.map {
        StageState(
          keys: try $0.keySpace("near_duplicates"), run: 1, memory: $0.stageMemory)
      })

    print(
      "| documents | kept | documents/s | CPU µs each | with store's threads | longest checkpoint s "
        + "| peak memory MB | index MB | B per kept document |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    var kept = 0
    var lap = Lap()
    for start in stride(from: 0, to: documents, by: IndexCommand.batch) {
      let end = min(start + IndexCommand.batch, documents)
      var batch: [(document: Document, finding: DuplicateFinding?)] = []
      for number in start..<end {
        var document = SyntheticDocument(number).document
        guard case .keep(let finding) = worker.process(&document) else { continue }
        batch.append((document, finding))
      }
      try lap.measure {
        for index in batch.indices {
          if case .keep = try ledger.commit(&batch[index].document, batch[index].finding) {
            kept += 1
          }
        }
      }
      if let directory, directory.stagedBytes >= directory.maximumStagedBytes || end == documents {
        try lap.measureCheckpoint {
          try ledger.checkpoint()
          try directory.commit()
        }
      }
      lap.documents += end - start
      guard end % step == 0 || end == documents else { continue }
      let bytes = try directory?.byteCount ?? ledger.memoryBytes
      print(lap.line(documents: end, kept: kept, indexBytes: bytes))
      // A file would get all lines at the end.
      fflush(nil)
      lap = Lap()
    }
  }

  private static let batch = 500
}

/// The measurements since the last line of the table.
private struct Lap {
  var documents = 0
  private var longestCheckpoint = 0.0
  private var elapsed = 0.0
  private var threadSeconds = 0.0
  /// The store's threads work on while signatures are taken: their time is that of the process without
  /// this thread's.
  private let otherSecondsBefore = Machine.processSeconds - Machine.threadSeconds

  mutating func measure(_ body: () throws -> Void) rethrows {
    let (elapsedBefore, threadBefore) = (Machine.elapsedSeconds, Machine.threadSeconds)
    try body()
    elapsed += Machine.elapsedSeconds - elapsedBefore
    threadSeconds += Machine.threadSeconds - threadBefore
  }

  mutating func measureCheckpoint(_ body: () throws -> Void) rethrows {
    let before = elapsed
    try measure(body)
    longestCheckpoint = max(longestCheckpoint, elapsed - before)
  }

  func line(documents end: Int, kept: Int, indexBytes: Int) -> String {
    let others = Machine.processSeconds - Machine.threadSeconds - otherSecondsBefore
    let count = Double(documents)
    let numbers = [
      "\(end)", "\(kept)", fixed(count / elapsed, 0), fixed(threadSeconds / count * 1e6, 1),
      fixed((threadSeconds + others) / count * 1e6, 1), fixed(longestCheckpoint, 2),
      fixed(Double(Machine.peakMemoryBytes) / 1e6, 0), fixed(Double(indexBytes) / 1e6, 0),
      fixed(Double(indexBytes) / Double(kept), 0),
    ]
    return "| " + numbers.joined(separator: " | ") + " |"
  }
}

/// A document that follows from its number.
private struct SyntheticDocument {
  private let number: Int

  init(_ number: Int) { self.number = number }

  private static let wordCount = 60

  var document: Document {
    var random = Random(UInt64(number))
    var source = number
    var changed: Int?
    // One of ten is an earlier one again, every other time with a word changed.
    if number > 0, random.next() % 10 == 0 {
      source = Int(random.next() % UInt64(number))
      if random.next() % 2 == 0 { changed = SyntheticDocument.wordCount - 1 }
    }
    var words = Random(UInt64(source) ^ 0x5EED << 40)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(SyntheticDocument.wordCount * 8)
    for index in 0..<SyntheticDocument.wordCount {
      var bits = index == changed ? random.next() : words.next()
      for _ in 0..<7 {
        bytes.append(UInt8(ascii: "a") + UInt8(bits % 26))
        bits /= 26
      }
      bytes.append(0x20)
    }
    return Document(
      id: "document-\(number)", text: UTF8Text(wellFormed: bytes),
      metadata: ["url": .string("https://www.example.org/articles/\(number)")],
      origin: Origin(file: "-"))
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
private struct Random {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
