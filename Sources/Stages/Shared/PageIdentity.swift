import Bytes
package import Pipeline

/// By what an earlier version of the same page is known: its id and its URL.
package struct PageIdentity: Sendable, Hashable {
  /// Nil where the input gave none, and the record is named by its line: tomorrow another page will
  /// stand there.
  package let id: UInt64?
  /// Of the URL without its fragment, which never reaches the server; nil when there is none.
  package let url: UInt64?

  package init(id: UInt64?, url: UInt64?) {
    self.id = id
    self.url = url
  }

  package init(_ document: Document) {
    id = document.isNamedByItsPlace ? nil : PageIdentity.hash(id: document.id)
    url = document.metadata["url"]?.string.flatMap(PageIdentity.hash(url:))
  }

  /// The hashes by which the page is looked up.
  package var hashes: [UInt64] { [id, url].compactMap(\.self) }

  private static let idSeed: UInt64 = 0x69_6474
  private static let urlSeed: UInt64 = 0x75_726C

  package static func hash(id: String) -> UInt64 { hash(id, idSeed) }

  private static func hash(url: String) -> UInt64? {
    let end = url.utf8.firstIndex(of: UInt8(ascii: "#")) ?? url.endIndex
    return end == url.startIndex ? nil : hash(url[..<end], urlSeed)
  }

  private static func hash(_ text: some StringProtocol, _ seed: UInt64) -> UInt64 {
    Hash64.hash(String(text).utf8.span, seed: seed)
  }
}

extension Document {
  /// Whether the source had to make up an id out of the file's name and the line.
  fileprivate var isNamedByItsPlace: Bool {
    guard let line = origin.line else { return false }
    return id == "\(origin.file):\(line)"
  }
}
