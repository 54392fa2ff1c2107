import Pipeline

/// The settings and versions that the contents of a stored index depend on. Documents stored in one format cannot
/// be compared with those of another.
struct IndexFormat: Sendable, Hashable {
  /// See `Fingerprint.version`.
  let fingerprint: Int
  let shingleWords: Int
  let bands: Bands

  /// Of what this program makes with some settings.
  init(_ settings: NearDuplicates.Settings, _ bands: Bands) {
    self.init(
      fingerprint: Fingerprint.version, shingleWords: settings.shingleWords, bands: bands)
  }

  init(fingerprint: Int, shingleWords: Int, bands: Bands) {
    self.fingerprint = fingerprint
    self.shingleWords = shingleWords
    self.bands = bands
  }

  /// The layout of keys and values.
  private static let layout: UInt8 = 1

  /// A byte for each number.
  var bytes: [UInt8] {
    [IndexFormat.layout]
      + [fingerprint, shingleWords, bands.count, bands.rows].map { UInt8($0) }
  }

  /// - Returns: Nil for another layout.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == 5, bytes[0] == IndexFormat.layout else { return nil }
    self.init(
      fingerprint: Int(bytes[1]), shingleWords: Int(bytes[2]),
      bands: Bands(count: Int(bytes[3]), rows: Int(bytes[4])))
  }

  /// - Throws: `OtherIndex` when the definition asks for another format than the index has.
  func check(against wanted: IndexFormat, label: String) throws(OtherIndex) {
    if self != wanted { throw OtherIndex(origin: .state(label), stored: self, wanted: wanted) }
  }
}

/// The index was built with other settings, or by another version of this program.
struct OtherIndex: Error, CustomStringConvertible {
  enum Origin {
    /// In the state directory, under a stage's label.
    case state(String)
    /// In an export, to be entered into the index of a stage.
    case exported(String)
  }

  let origin: Origin
  /// Nil when even the layout is unknown.
  let stored: IndexFormat?
  let wanted: IndexFormat

  var description: String {
    switch origin {
    case .state(let label):
      "the index of stage \(label) was built \(difference), or begin with another state directory "
        + "and enter earlier outputs there with winnow index import"
    case .exported(let label):
      "the export for stage \(label) was built \(difference), or enter the outputs of those runs "
        + "instead with winnow index import"
    }
  }

  /// The old value, the new value, and the first remedy.
  private var difference: String {
    guard let stored, stored.fingerprint == wanted.fingerprint else {
      let versions = stored.map {
        " (fingerprints of version \($0.fingerprint), not \(wanted.fingerprint))"
      }
      return "by another version of winnow\(versions ?? ""); use that one"
    }
    var (parts, cures): ([String], [String]) = ([], [])
    if stored.shingleWords != wanted.shingleWords {
      parts.append("shingle_words \(stored.shingleWords), not \(wanted.shingleWords)")
      cures.append("\"shingle_words\": \(stored.shingleWords)")
    }
    if stored.bands != wanted.bands {
      let (old, new) = (stored.bands, wanted.bands)
      parts.append("\(old.count) bands of \(old.rows) rows, not \(new.count) of \(new.rows)")
      cures.append("\"bands\": \(old.count), \"rows\": \(old.rows)")
    }
    return "with \(parts.joined(separator: ", and ")); set \(cures.joined(separator: ", "))"
  }
}
