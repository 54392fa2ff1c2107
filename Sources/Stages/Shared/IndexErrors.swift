/// The index in the state directory is not what was written.
package struct DamagedIndex: Error, CustomStringConvertible {
  package let label: String
  package let detail: String

  package init(label: String, detail: String) {
    self.label = label
    self.detail = detail
  }

  package var description: String {
    "the index of stage \(label) is damaged: \(detail); put back a copy of the state, or begin anew "
      + "with another directory"
  }
}

/// A line to be entered is none that an export wrote.
package struct NoExport: Error, Hashable, CustomStringConvertible {
  package let label: String
  /// The part that is missing or wrong.
  package let part: String

  package init(label: String, part: String) {
    self.label = label
    self.part = part
  }

  package var description: String {
    "no export of the index of stage \(label): \(part) is missing or wrong; give the lines that "
      + "winnow index export wrote, the first one included"
  }
}
