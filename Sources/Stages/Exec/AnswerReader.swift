import Bytes
import Formats
import Pipeline

/// What came back for some records.
struct RawReply {
  var bytes: [UInt8]
  let ending: Program.Ending
}

/// What came back, understood: outcomes for the first records, and what is wrong if those are not all.
struct Reply {
  var outcomes: [Outcome<[Document]>] = []
  var fault: Fault?
}

/// Tells which answer belongs to which record.
struct AnswerReader {
  let decoder: AnswerDecoder
  let settings: Exec.Settings
  let maximumAnswer: Int

  /// - Parameters:
  ///   - raw: Padding is added to its bytes in place: a copy of them would cost as much as the rest.
  ///   - documents: With the indices that their lines have in `sent`.
  func read(
    _ raw: inout RawReply, _ documents: ArraySlice<Document>, sent: SentLines
  ) throws -> Reply {
    let isClean: Bool
    let ending = raw.ending
    switch ending {
    case .answered: isClean = true
    case .ended(let status): isClean = settings.lifetime == .batch && succeeds(status)
    case .silent, .tooLong: isClean = false
    }
    // Behind a failure the last line may be half of one.
    if isClean, raw.bytes.last.map({ $0 != UInt8(ascii: "\n") }) ?? false {
      raw.bytes.append(UInt8(ascii: "\n"))
    }
    raw.bytes.append(contentsOf: repeatElement(0, count: JSONRecordParser.padding))
    return try raw.bytes.withUnsafeBufferPointer { buffer in
      let lines = Lines(buffer, count: buffer.count - JSONRecordParser.padding)
      if !isClean { return try answersBefore(fault(of: ending), lines, documents) }
      return switch settings.answers {
      case .one: try inOrder(lines, documents, sent)
      case .byID: try byID(lines, documents)
      }
    }
  }

  private func succeeds(_ status: Int32) -> Bool { settings.successCodes.contains(Int(status)) }

  private func fault(of ending: Program.Ending) -> Fault {
    switch ending {
    case .ended(let status): Fault(status: status, settings)
    case .tooLong: Fault(.badAnswer, "more than \(maximumAnswer) bytes came back")
    case .answered, .silent: Fault(silenceOf: settings)
    }
  }

  /// A program that writes each answer at once has answered the records before the one at which it failed. That
  /// is believed only if each answer names its record.
  private func answersBefore(
    _ fault: Fault, _ lines: Lines, _ documents: ArraySlice<Document>
  ) throws -> Reply {
    var reply = Reply(fault: fault)
    guard settings.answers == .one, fault.reason != .badAnswer,
      lines.ranges.count <= documents.count
    else { return reply }
    for (range, document) in zip(lines.ranges, documents) {
      guard range.count < maximumAnswer, case .keep(let answer) = try decoder.read(lines[range]),
        answer.id == document.id
      else { break }
      reply.outcomes.append(.keep([answer.applied(to: document)]))
    }
    return reply
  }

  /// One line for each record. Programs that only choose send most lines back as they were; these are not
  /// parsed.
  private func inOrder(
    _ lines: Lines, _ documents: ArraySlice<Document>, _ sent: SentLines
  ) throws -> Reply {
    guard lines.ranges.count == documents.count else {
      return Reply(fault: Fault(lines: lines, settings))
    }
    var reply = Reply()
    for (range, index) in zip(lines.ranges, documents.indices) {
      let (line, document) = (lines[range], documents[index])
      guard range.count < maximumAnswer else {
        return Reply(fault: Fault(.badAnswer, "more than \(maximumAnswer) bytes came back"))
      }
      if sent.isLine(of: index, line) {
        reply.outcomes.append(.keep([document]))
        continue
      }
      if lines.isBlank(range) {
        reply.outcomes.append(.drop(.leftOut))
        continue
      }
      switch try decoder.read(line) {
      case .drop(let drop): reply.outcomes.append(.drop(Fault(drop, line).drop))
      case .keep(let answer):
        if let id = answer.id, id != document.id {
          return Reply(fault: Fault(otherRecord: id, line))
        }
        reply.outcomes.append(
          answer.leavesOut ? .drop(.leftOut) : .keep([answer.applied(to: document)]))
      }
    }
    return reply
  }

  /// Lines that name their records. The ids of the records differ.
  private func byID(_ lines: Lines, _ documents: ArraySlice<Document>) throws -> Reply {
    let places = Dictionary(uniqueKeysWithValues: zip(documents.map(\.id), documents.indices))
    var made: [Int: [Document]] = [:]
    var lengths: [Int: Int] = [:]
    for range in lines.ranges where !lines.isBlank(range) {
      let line = lines[range]
      switch try decoder.read(line) {
      case .drop(let drop): return Reply(fault: Fault(drop, line))
      case .keep(let answer):
        if answer.leavesOut { continue }
        guard let id = answer.id else {
          return Reply(fault: Fault(.badAnswer, "the line names no record: it has no id", line))
        }
        guard let place = places[id] else { return Reply(fault: Fault(otherRecord: id, line)) }
        lengths[place, default: 0] += range.count + 1
        guard lengths[place, default: 0] <= maximumAnswer else {
          return Reply(fault: Fault(.badAnswer, "more than \(maximumAnswer) bytes came back"))
        }
        var document = answer.applied(to: documents[place])
        let number = (made[place]?.count ?? 0) + 1
        if number > 1 { document.id += "#\(number)" }
        made[place, default: []].append(document)
      }
    }
    return Reply(
      outcomes: documents.indices.map { made[$0].map(Outcome.keep) ?? .drop(.leftOut) })
  }
}

/// Lines of answers that end in a line feed.
struct Lines {
  private let buffer: UnsafeBufferPointer<UInt8>
  private(set) var ranges: [Range<Int>] = []

  init(_ buffer: UnsafeBufferPointer<UInt8>, count: Int) {
    self.buffer = buffer
    var start = 0
    while let end = buffer.index(of: UInt8(ascii: "\n"), from: start), end < count {
      ranges.append(start..<end)
      start = end + 1
    }
  }

  subscript(range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: buffer[range])
  }

  /// Whether a line holds nothing but white space.
  func isBlank(_ range: Range<Int>) -> Bool { buffer[range].allSatisfy { $0 <= 0x20 } }
}
