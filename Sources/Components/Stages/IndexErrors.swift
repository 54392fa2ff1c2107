/// The index in the state directory is not what was written.
struct DamagedIndex: Error, CustomStringConvertible {
  let label: String
  let detail: String

  var description: String {
    "the index of stage \(label) is damaged: \(detail); put back a copy of the state, or begin anew "
      + "with another directory"
  }
}

/// A line to be entered is none that an export wrote.
struct NoExport: Error, Hashable, CustomStringConvertible {
  let label: String
  /// What is missing or wrong in it.
  let part: String

  var description: String {
    "no export of the index of stage \(label): \(part) is missing or wrong; give the lines that "
      + "winnow index export wrote, the first one included"
  }
}
