import Bytes
import Formats
public import Pipeline

extension Exec {
  /// One thread's copy of the program, and what goes in and out of it.
  public struct Worker: BatchWorker {
    private let stage: Exec
    private var encoder = NDJSONEncoder()
    private let reader: AnswerReader
    /// The copy that lives for the run.
    private var program: Program?
    /// The records of a batch.
    private var sent = SentLines()
    /// Memory for what comes back.
    private var answers: [UInt8] = []

    init(_ stage: Exec) throws {
      self.stage = stage
      reader = AnswerReader(
        decoder: try AnswerDecoder(), settings: stage.settings, maximumAnswer: stage.maximumAnswer)
    }

    /// Serves all documents together. Those that the program does not answer well are served again: the first
    /// alone, the others in halves, until each of them is answered or fails alone. So what becomes of a
    /// document does not depend on the others, and one that is bad costs few starts.
    public mutating func process(_ documents: [Document]) throws -> [Outcome<[Document]>] {
      sent.encode(documents, by: &encoder)
      var outcomes: [Outcome<[Document]>?] = Array(repeating: nil, count: documents.count)
      var waiting = stretches(documents)
      while let range = waiting.popLast() {
        let part = documents[range]
        var raw = try ask(range)
        let reply = try reader.read(&raw, part, sent: sent)
        answers = raw.bytes.capacity <= Worker.keptScratch ? raw.bytes : []
        for (index, outcome) in zip(range, reply.outcomes) { outcomes[index] = outcome }
        let rest = range.dropFirst(reply.outcomes.count)
        guard let fault = reply.fault, !rest.isEmpty else { continue }
        if range.count == 1 {
          outcomes[range.lowerBound] = .drop(try count(fault, at: documents[range.lowerBound].id))
        } else {
          let others = rest.dropFirst()
          let middle = others.startIndex + others.count / 2
          waiting += [middle..<others.endIndex, others.startIndex..<middle].filter { !$0.isEmpty }
          waiting.append(rest.startIndex..<rest.startIndex + 1)
        }
      }
      return outcomes.map { $0 ?? .drop(.leftOut) }
    }

    /// A larger buffer is given back.
    static let keptScratch = 8 << 20

    /// The documents in ranges, the last one first. Answers that name records by id need ids that differ.
    private func stretches(_ documents: [Document]) -> [Range<Int>] {
      guard stage.settings.answers == .byID else { return [documents.indices] }
      var ranges: [Range<Int>] = []
      var start = 0
      var seen: Set<String> = []
      for index in documents.indices where !seen.insert(documents[index].id).inserted {
        ranges.append(start..<index)
        start = index
        seen = [documents[index].id]
      }
      return (ranges + [start..<documents.count]).reversed()
    }

    /// Gives a range of the records to the program.
    private mutating func ask(_ range: Range<Int>) throws -> RawReply {
      let copy = try program ?? Program(stage.path, stage.settings.command, label: stage.label)
      let bytes = sent.range(of: range)
      let isForRun = stage.settings.lifetime == .run
      let terms = Program.Terms(
        lines: isForRun ? range.count : nil, seconds: stage.settings.seconds,
        limit: stage.maximumAnswer + (range.count == 1 ? 0 : 16 * bytes.count))
      var answers: [UInt8] = []
      swap(&answers, &self.answers)
      answers.removeAll(keepingCapacity: true)
      answers.reserveCapacity(bytes.count + bytes.count / 4 + JSONRecordParser.padding)
      let ending = sent.bytes.withUnsafeBufferPointer {
        copy.exchange(UnsafeBufferPointer(rebasing: $0[bytes]), into: &answers, terms)
      }
      program = isForRun && ending == .answered ? copy : nil
      return RawReply(bytes: answers, ending: ending)
    }

    /// The reject of a record at which the program failed alone.
    private func count(_ fault: Fault, at id: String) throws -> Drop {
      if fault.reason != .badAnswer {
        try stage.failures.add(fault.message, at: id, of: stage.label)
      }
      return fault.drop
    }
  }
}
