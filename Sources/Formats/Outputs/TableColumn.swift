import Bytes
import Pipeline

/// A member of the metadata that is a column of its own in a table, with one type in all rows.
struct TableColumn: Sendable, Hashable {
  /// What the values of a column are. `string` is what a column is unless its name says otherwise.
  enum Kind: String, CaseIterable {
    case string, number, integer, boolean
  }

  let name: String
  let kind: Kind

  /// Where the definition says nothing: what the inputs and stages say of nearly every page, all strings.
  static let usual = ["url", "title", "author", "date", "language"]

  /// Reads `title`, `language_score:number`. A colon may be part of a name, as in `og:title`.
  private init(_ text: String) throws(Complaint) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let last = parts.last.map(String.init) ?? ""
    if parts.count > 1, let kind = Kind(rawValue: last) {
      self.kind = kind
      name = parts.dropLast().joined(separator: ":")
    } else {
      if parts.count > 1, let near = Suggestion.near(last, among: Kind.allCases.map(\.rawValue)) {
        throw Complaint("columns", "names \(text), and \(last) is no type of columns\(near)")
      }
      kind = .string
      name = text
    }
    if name.isEmpty { throw Complaint("columns", "names a column without a name") }
  }

  /// - Throws: For names that the layout gives itself, and columns that no layout has.
  static func columns(
    _ texts: [String], _ layout: RecordLayout
  ) throws(Complaint) -> [TableColumn] {
    guard layout == .flat else {
      if texts == usual { return [] }
      throw Complaint("columns", "is for the layout flat, and the layout is \(layout.rawValue)")
    }
    var columns: [TableColumn] = []
    for text in texts {
      let column = try TableColumn(text)
      if layout.ownNames.contains(column.name) {
        throw Complaint("columns", "names \(column.name), which is a column anyway")
      }
      if columns.contains(where: { $0.name == column.name }) {
        throw Complaint("columns", "names \(column.name) twice")
      }
      columns.append(column)
    }
    return columns
  }

  /// Whether the column can say all of a value.
  func fits(_ value: JSONValue) -> Bool {
    switch (kind, value) {
    case (.string, _), (.number, .int), (.number, .digits), (.number, .double), (.integer, .int),
      (.boolean, .bool):
      true
    default: value.isNull
    }
  }
}
