import Bytes

/// Compares what came with what was expected, byte by byte, and shows where they differ.
enum ValueComparison {
  /// What follows a member's name: a difference of lines for long texts, else both values. Nil for the same.
  static func difference(_ expected: JSONValue, _ value: JSONValue) -> String? {
    if areSame(expected, value) { return nil }
    if let old = expected.string, let new = value.string,
      (old + new).utf8.contains(UInt8(ascii: "\n"))
    {
      return ": - expected, + came" + lines(old, new)
    }
    return ": expected \(expected.jsonText), came \(value.jsonText)"
  }

  /// The order of members makes no difference, nor whether a number is written with a point.
  private static func areSame(_ first: JSONValue, _ second: JSONValue) -> Bool {
    switch (first, second) {
    case (.string(let first), .string(let second)): first.utf8.elementsEqual(second.utf8)
    case (.int(let first), .double(let second)), (.double(let second), .int(let first)):
      Double(first) == second
    case (.array(let first), .array(let second)):
      first.count == second.count && zip(first, second).allSatisfy { areSame($0, $1) }
    case (.object(let first), .object(let second)):
      first.members.count == second.members.count
        && first.members.allSatisfy { member in
          second[member.key].map { areSame(member.value, $0) } ?? false
        }
    default: first == second
    }
  }

  // MARK: Lines

  private enum Mark: String {
    case same = " "
    case gone = "-"
    case new = "+"
  }

  /// Lines that differ, with some around them.
  private static func lines(_ expected: String, _ text: String) -> String {
    let old = expected.utf8.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    let new = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    let marked = marked(old, new)
    var shown = ""
    var isCut = false
    for index in marked.indices {
      let around = marked[max(0, index - context)...min(marked.count - 1, index + context)]
      guard around.contains(where: { $0.mark != .same }) else {
        if !isCut { shown += "\n    …" }
        isCut = true
        continue
      }
      isCut = false
      let (mark, line) = marked[index]
      shown += "\n  \(mark.rawValue) \(String(decoding: line, as: UTF8.self))"
    }
    return shown
  }

  private static let context = 1

  private static func marked(
    _ old: [[UInt8]], _ new: [[UInt8]]
  ) -> [(mark: Mark, line: [UInt8])] {
    // Work grows with the lines times the differences.
    guard old.count + new.count <= maximumLines else {
      return old.prefix(maximumLines).map { (Mark.gone, $0) }
        + new.prefix(maximumLines).map { (Mark.new, $0) }
    }
    var (gone, added): (Set<Int>, Set<Int>) = ([], [])
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var marked: [(Mark, [UInt8])] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if gone.contains(i) {
        marked.append((.gone, old[i]))
        i += 1
      } else if added.contains(j) {
        marked.append((.new, new[j]))
        j += 1
      } else {
        marked.append((.same, new[j]))
        (i, j) = (i + 1, j + 1)
      }
    }
    return marked
  }

  private static let maximumLines = 4000
}
