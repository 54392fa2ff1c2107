import Bytes
import Pipeline

/// When a part is full, and how many there may be.
struct PartLimits: Sendable {
  let records: Int?
  /// Before compression.
  let bytes: Int?
  /// Different values, or combinations of them, that have files of their own.
  let values: Int
  let parts: Int

  func isFull(_ group: PartGroup) -> Bool {
    records.map { group.records >= $0 } ?? false || bytes.map { group.bytes >= $0 } ?? false
  }
}

/// The parts whose files are named after the same values, of which the last one is being written.
struct PartGroup {
  /// The values as they stand in names of files, with slashes between; empty where there are none.
  let name: String
  /// Number of the part that is being written, or will be: so many are complete.
  var number = 0
  /// Records in it, and their bytes.
  var records = 0
  var bytes = 0
  /// Bytes of its file; 0 before there is one.
  var length = 0
  /// A hash of the last of them, and whether it and the disk know of all.
  var end = ""
  var isSynced = true
  var frames = FrameBuffer(pending: [])

  var segments: [Substring] { name.split(separator: "/") }

  init(name: String) { self.name = name }

  mutating func beginNext() {
    self = PartGroup(name: name, number: number + 1)
  }

  private init(name: String, number: Int) {
    self.name = name
    self.number = number
  }

  // MARK: Positions

  static func position(of groups: [PartGroup], isClosed: Bool) -> SinkPosition {
    var pending: [UInt8] = []
    let parts = groups.map { group -> JSONValue in
      pending += group.frames.pending
      let numbers = [
        group.number, group.records, group.bytes, group.length, group.frames.pending.count,
      ]
      return .array(
        [.string(group.name), .string(group.end)] + numbers.map { .int(Int64($0)) })
    }
    return SinkPosition(
      details: ["closed": .bool(isClosed), "parts": .array(parts)], pending: pending)
  }

  static func groups(of position: SinkPosition) -> [PartGroup] {
    var pending = position.pending[...]
    return (position.details["parts"]?.array ?? []).compactMap { part in
      guard let values = part.array, values.count == 7, let name = values[0].string,
        let end = values[1].string
      else { return nil }
      let numbers = values[2...].map { $0.int ?? 0 }
      var group = PartGroup(name: name, number: numbers[0])
      (group.records, group.bytes, group.length) = (numbers[1], numbers[2], numbers[3])
      group.end = end
      group.frames = FrameBuffer(pending: Array(pending.prefix(numbers[4])))
      pending = pending.dropFirst(numbers[4])
      return group
    }
  }
}
