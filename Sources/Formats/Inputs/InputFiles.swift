import Bytes
import Pipeline

/// The files of an input, one after another.
///
/// Those that an earlier run has processed are counted, those that cannot be looked at become records with a
/// problem. What a reader does with a file is its own business; so is when the file counts as begun.
struct InputFiles {
  /// A file that is to be read.
  struct Item {
    let path: String
    /// The path below the folder that the definition names; the whole path for a file it names itself.
    var name: String { entry.name }
    fileprivate let entry: InputWalk.Entry
    /// How the file will be known; nil if it is not to be known.
    fileprivate let version: ProcessedFiles.Version?

    /// Whether the file's content helps to know it again.
    var isToBeKnown: Bool { version != nil }
  }

  enum Step {
    case file(Item)
    /// A file or folder that needs no reading: it was counted or rejected.
    case passed
    case end
  }

  private var walk: InputWalk
  private let processed: ProcessedFiles?
  /// What rejects call a file or folder that cannot be looked at.
  private let nameInRejects: @Sendable (InputWalk.Entry) -> String
  /// The file that was begun last.
  private var current: InputWalk.Entry?

  init(
    _ walk: InputWalk, _ processed: ProcessedFiles?,
    nameInRejects: @escaping @Sendable (InputWalk.Entry) -> String
  ) {
    self.walk = walk
    self.processed = processed
    self.nameInRejects = nameInRejects
  }

  /// Looks at the next file or folder.
  /// - Throws: When descriptors or memory are short, or the state cannot be read.
  mutating func step(_ batch: inout RawBatch) throws -> Step {
    switch walk.next() {
    case .file(let entry):
      let item = item(entry)
      guard let version = item.version, try processed?.contains(entry.path, version) == true else {
        return .file(item)
      }
      batch.skippedFiles += 1
      pass(entry, &batch)
      return .passed
    case .unreadable(let entry, let error):
      if error.isShortage { throw error }
      batch.appendUnreadable(nameInRejects(entry), error.cause)
      pass(entry, &batch)
      return .passed
    case nil:
      walk.moveLeftOut(to: &batch)
      return .end
    }
  }

  /// Notes that a file was begun, or read: an interrupted run goes on in it, or after it. Only now do the files count
  /// that were left out before it.
  mutating func take(_ item: Item, _ batch: inout RawBatch) { pass(item.entry, &batch) }

  private mutating func pass(_ entry: InputWalk.Entry, _ batch: inout RawBatch) {
    current = entry
    walk.moveLeftOut(to: &batch)
  }

  /// Notes that a file was read to its end.
  /// - Parameter hash: Of its content; nil when that was not read.
  func finish(_ item: Item, hash: [UInt8]?) {
    if let version = item.version { processed?.insert(item.path, version, hash: hash) }
  }

  /// The place of the file that was begun last; nil at the start.
  var place: InputPlace? { current.map { walk.place(of: $0) } }

  /// Goes to a file: the next step is the one after it.
  /// - Throws: `InputChanged` when it has gone.
  mutating func seek(to place: InputPlace) throws -> Item {
    guard let entry = walk.seek(to: place) else {
      throw InputChanged(path: place.path, change: "has gone")
    }
    current = entry
    return item(entry)
  }

  private func item(_ entry: InputWalk.Entry) -> Item {
    let version = processed == nil ? nil : ProcessedFiles.version(of: entry.path)
    return Item(path: entry.path, entry: entry, version: version)
  }
}
