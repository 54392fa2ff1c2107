public import Bytes
import Pipeline
import State

extension StateIndex {
  /// Forgets documents, so that later ones are not compared with them any more.
  /// - Parameters:
  ///   - date: Those of runs that started before, `2026-11-20` or `2026-11-20T02:00:00Z`, in UTC.
  ///   - ids: Those with one of these ids.
  ///   - file: Those with an id that stands on a line of this file; `-` for standard input.
  /// - Returns: How many documents each stage forgot.
  /// - Throws: `SystemError` when the file cannot be read.
  public func forget(
    before date: String?, ids: [String], idsIn file: String?, stop: StopSignal
  ) throws -> [(label: String, count: Int)] {
    try checkNoRunIsUnfinished()
    var lines = try file.map { try IdentifierLines($0, stop: stop) }
    var counts = [Int](repeating: 0, count: stages.count)
    try forget(Set(ids), [], stop, &counts)
    if let date {
      // The earlier of two moments in this form has the lesser text.
      let runs = try state.runs.filter { $0.started < date }.map(\.number)
      try forget([], Set(runs), stop, &counts)
    }
    while let ids = try lines?.next() { try forget(ids, [], stop, &counts) }
    return zip(stages, counts).map { ($0.label, $1) }
  }

  /// Whether a text is a moment in the form that `forget` takes.
  public static func isMoment(_ text: String) -> Bool {
    let zero = UInt8(ascii: "0")
    let shape = String(
      decoding: text.utf8.map { (zero...zero + 9).contains($0) ? zero : $0 }, as: UTF8.self)
    let month = Int(text.dropFirst(5).prefix(2)) ?? 0
    let day = Int(text.dropFirst(8).prefix(2)) ?? 0
    return ["0000-00-00", "0000-00-00T00:00:00Z"].contains(shape) && (1...12).contains(month)
      && (1...31).contains(day)
  }

  private func forget(
    _ ids: Set<String>, _ runs: Set<Int>, _ stop: StopSignal, _ counts: inout [Int]
  ) throws {
    guard !ids.isEmpty || !runs.isEmpty else { return }
    for stage in stages.indices {
      while !stop.isRequested {
        let count = try stages[stage].index.forget(ids: ids, runs: runs)
        try commit()
        if count == 0 { break }
        counts[stage] += count
      }
    }
  }
}

/// Ids that stand on lines of their own.
private struct IdentifierLines {
  private let stream: ByteStream
  private let stop: StopSignal
  /// The start of a line whose end was not read yet.
  private var rest: [UInt8] = []
  private var isOver = false

  init(_ path: String, stop: StopSignal) throws(SystemError) {
    stream = path == "-" ? .standardInput : try .reading(path)
    self.stop = stop
  }

  /// The next ids, as many as a part of the file holds; nil at the end.
  mutating func next() throws -> Set<String>? {
    if isOver { return nil }
    var bytes = rest
    while bytes.count < IdentifierLines.partBytes, !isOver {
      let count = IdentifierLines.partBytes
      isOver = try stream.read(into: &bytes, count: count, stop: stop) == 0
    }
    if stop.isRequested { return nil }
    let end = isOver ? bytes.count : (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    rest = Array(bytes[end...])
    let lines = bytes[..<end].split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    return Set(lines.map { String(decoding: $0, as: UTF8.self) })
  }

  /// Some hundred thousand ids at a time, in some tens of megabytes.
  private static let partBytes = 4 << 20
}
