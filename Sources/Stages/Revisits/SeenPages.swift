/// The last bytes of each page that was seen, by the hash of its URL or its id.
protocol SeenPages: Sendable {
  /// - Returns: Nil for a page that was never seen.
  func page(under key: UInt64) throws -> SeenPage?

  /// Enters a page, in place of what it was before.
  mutating func enter(content: [UInt8], id: String, under key: UInt64) throws

  /// Bytes of memory held.
  var memoryBytes: Int { get }
}

/// A page as it was when it was last seen. Two pages whose keys collide are told apart by their content.
struct SeenPage: Sendable, Hashable {
  /// See `ContentHash`.
  let content: [UInt8]
  /// The document's id.
  let id: String
  /// Number of the run that it came with; nil without a state directory.
  let run: Int?
}

/// Pages of one run.
struct PagesInMemory: SeenPages {
  private var pages: [UInt64: SeenPage] = [:]

  func page(under key: UInt64) -> SeenPage? { pages[key] }

  mutating func enter(content: [UInt8], id: String, under key: UInt64) {
    pages[key] = SeenPage(content: content, id: id, run: nil)
  }

  /// A slot, and the allocations of the content and of an id of up to 30 bytes.
  private static let bytesOfPage = MemoryLayout<SeenPage>.stride + 8 + 48 + 64

  /// About as many: a dictionary does not say.
  var memoryBytes: Int { pages.capacity * PagesInMemory.bytesOfPage }
}
