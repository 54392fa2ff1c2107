import Bytes
import Pipeline

/// Reads a gazetteer from newline-delimited JSON, strictly: what is wrong in it is collected, each
/// complaint with file, line and column.
struct GazetteerReader {
  /// Offsets into what the file holds take 32 bits.
  static let maximumFile = ByteCount.gibibytes(2)

  /// A file that is wrong throughout is told in few lines.
  static let maximumComplaints = 20

  private static let members = ["id", "label", "name", "aliases"]

  private let path: String
  private let labels: [String]?
  private var gazetteer = Gazetteer()
  private var entries: [String: (number: UInt32?, label: String)] = [:]
  private var complaints: [String] = []
  private var complaintCount = 0

  private init(path: String, labels: [String]?) {
    self.path = path
    self.labels = labels
  }

  /// Reads a file.
  /// - Parameter labels: Entries with other labels are checked and left out; nil takes all.
  static func read(_ path: String, labels: [String]?) throws(Complaint) -> Gazetteer {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try FileSystem.contents(of: path)
    } catch {
      throw Complaint("gazetteer", "cannot be read: \(path): \(error.cause)")
    }
    guard bytes.count <= maximumFile.bytes else {
      throw Complaint("gazetteer", "is larger than \(maximumFile): \(path)")
    }
    return try read(bytes, path: path, labels: labels)
  }

  /// Reads what `path` holds.
  static func read(
    _ bytes: [UInt8], path: String, labels: [String]?
  ) throws(Complaint) -> Gazetteer {
    var reader = GazetteerReader(path: path, labels: labels)
    reader.read(bytes)
    if reader.complaintCount > 0 { throw Complaint("gazetteer", reader.summary) }
    guard !reader.entries.isEmpty else {
      throw Complaint("gazetteer", "holds no entry: \(path)")
    }
    for label in labels ?? [] where !reader.gazetteer.hasLabel(label) {
      throw Complaint("labels", "names \"\(label)\", which no entry of \(path) has")
    }
    return reader.gazetteer
  }

  private mutating func read(_ bytes: [UInt8]) {
    var start = 0
    var number = 0
    while start < bytes.count {
      let end = bytes.index(of: UInt8(ascii: "\n"), from: start) ?? bytes.count
      number += 1
      let line = bytes[start..<end]
      start = end + 1
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
      let source = SourceText(name: path, bytes: Array(line))
      do throws(JSONReader.SyntaxError) {
        read(try JSONReader.read(source), line: number)
      } catch {
        complain(at: error.place, line: number, error.message)
      }
    }
  }

  private mutating func read(_ node: JSONNode, line: Int) {
    guard case .object(let members) = node.value else {
      complain(at: node.place, line: line, "must be an object, is \(node.plain.kindName)")
      return
    }
    let before = complaintCount
    for (index, member) in members.enumerated() {
      if !GazetteerReader.members.contains(member.key) {
        let known = GazetteerReader.members.map { "\"\($0)\"" }.joined(separator: ", ")
        complain(
          at: member.keyPlace, line: line,
          "\"\(member.key)\" is no member of an entry; there are \(known)")
      } else if members[..<index].contains(where: { $0.key == member.key }) {
        complain(at: member.keyPlace, line: line, "\"\(member.key)\" stands twice")
      }
    }
    let id = string("id", of: node, line: line)
    let label = string("label", of: node, line: line)
    let name = string("name", of: node, line: line)
    let aliases = aliases(of: node, line: line)
    guard complaintCount == before, let id, let label, let name else { return }
    add(id, label, [name] + aliases, line: line)
  }

  /// A member that every entry has.
  private mutating func string(_ key: String, of node: JSONNode, line: Int) -> JSONNode? {
    guard let member = node[key] else {
      complain(at: node.place, line: line, "lacks the member \"\(key)\"")
      return nil
    }
    return checkedString(member, "\"\(key)\"", line: line)
  }

  private mutating func aliases(of node: JSONNode, line: Int) -> [JSONNode] {
    guard let member = node["aliases"] else { return [] }
    guard case .array(let elements) = member.value else {
      complain(
        at: member.place, line: line,
        "\"aliases\" must be a list of strings, is \(member.plain.kindName)")
      return []
    }
    return elements.compactMap { checkedString($0, "an alias", line: line) }
  }

  private mutating func checkedString(_ node: JSONNode, _ what: String, line: Int) -> JSONNode? {
    guard let string = node.string else {
      complain(at: node.place, line: line, "\(what) must be a string, is \(node.plain.kindName)")
      return nil
    }
    guard !string.isEmpty else {
      complain(at: node.place, line: line, "\(what) must not be empty")
      return nil
    }
    return node
  }

  private mutating func add(
    _ id: JSONNode, _ label: JSONNode, _ names: [JSONNode], line: Int
  ) {
    guard let idText = id.string, let labelText = label.string else { return }
    let entry: UInt32?
    if let known = entries[idText] {
      guard known.label == labelText else {
        complain(
          at: label.place, line: line,
          "the id \"\(idText)\" has the label \"\(known.label)\" above, here \"\(labelText)\"")
        return
      }
      entry = known.number
    } else {
      let isWanted = labels?.contains(labelText) ?? true
      entry = isWanted ? gazetteer.addEntry(id: idText, label: labelText) : nil
      entries[idText] = (entry, labelText)
    }
    for node in names { add(node, to: entry, line: line) }
  }

  private mutating func add(_ node: JSONNode, to entry: UInt32?, line: Int) {
    guard let name = node.string else { return }
    do throws(AliasTable.Refusal) {
      // Names that are left out are checked all the same.
      if let entry {
        try gazetteer.add(name, entry: entry)
      } else {
        _ = try AliasTable.Key(name)
      }
    } catch {
      switch error {
      case .hasNoLetter:
        complain(at: node.place, line: line, "\"\(name)\" has no letter and no digit")
      case .hasLineEnd:
        complain(at: node.place, line: line, "a name must not hold a line end or tab")
      case .isTooLong:
        complain(
          at: node.place, line: line,
          "a name must not be longer than \(AliasTable.maximumKey) bytes")
      }
    }
  }

  private mutating func complain(at place: Place, line: Int, _ message: String) {
    complaintCount += 1
    guard complaints.count < GazetteerReader.maximumComplaints else { return }
    let column = place.source.position(of: place.offset).column
    complaints.append("\(path):\(line):\(column): \(message)")
  }

  /// All complaints for one message, the first on its line.
  private var summary: String {
    let further = complaintCount - complaints.count
    return "is wrong: " + complaints.joined(separator: "\n  ")
      + (further > 0 ? "\n  and \(further) more" : "")
  }
}
