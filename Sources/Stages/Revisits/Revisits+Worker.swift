import Bytes
public import Pipeline
import SharedByStages

extension Revisits {
  /// Hashes.
  public struct Worker: StageWorker {
    public mutating func process(_ document: inout Document) -> Outcome<RevisitFinding> {
      .keep(RevisitFinding(document))
    }
  }
}

/// The findings of a worker about a page: the keys that identify it, and the hash of its bytes.
public struct RevisitFinding: Sendable, Hashable {
  /// The hash of its URL, or of its id; nil where the input gave neither.
  let key: UInt64?
  /// See `ContentHash`.
  let content: [UInt8]

  init(_ document: Document) {
    let identity = PageIdentity(document)
    key = identity.url ?? identity.id
    var hash = ContentHash()
    if let html = document.html {
      hash.add(html.bytes.span)
      // The same bytes in another character set are another text.
      hash.add((html.charset ?? "").utf8.span)
    } else {
      hash.add(document.text.bytes.span)
    }
    content = hash.value
  }
}
