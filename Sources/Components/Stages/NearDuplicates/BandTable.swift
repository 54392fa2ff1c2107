/// Which documents have a band key: chains through flat arrays, 12 to 24 bytes per document and
/// band, by how full they are.
///
/// The key is not unique to a slot: it stands beside each posting and is compared on the way.
struct BandTable {
  let bandCount: Int

  /// Posting number = document × `bandCount` + band.
  private var keys: [UInt32] = []
  /// The next older posting in the same chain, plus 1; 0 at the end.
  private var links: [UInt32] = []
  /// The newest posting of each chain, plus 1; 0 where there is none. A power of two of them.
  private var heads: [UInt32]

  /// Postings looked at per document, over all bands: a page that shares its every band with a
  /// million others (a template with one changing word) must not make the search quadratic. The
  /// newest ones of a chain count, since near-duplicates tend to be fetched close together.
  static let maximumPostings = 8192

  /// Stands where a document has no key. A band whose key happens to be this, one in four thousand
  /// million, is not searched by.
  private static let noKey: UInt32 = 0

  /// For documents with `bandCount` keys each.
  init(bandCount: Int) {
    self.bandCount = bandCount
    heads = [UInt32](repeating: 0, count: 1024)
  }

  /// Enters the next document; one without keys takes part in no search.
  /// - Returns: False when posting numbers no longer fit in 32 bits, at some 200 million documents.
  mutating func insert(_ documentKeys: [UInt32]) -> Bool {
    guard keys.count + bandCount < Int(UInt32.max) else { return false }
    let first = keys.count
    for band in 0..<bandCount {
      keys.append(documentKeys.isEmpty ? BandTable.noKey : documentKeys[band])
      links.append(0)
    }
    if keys.count <= heads.count {
      link(first..<keys.count)
    } else {
      var size = heads.count
      while size < keys.count { size *= 2 }
      heads = [UInt32](repeating: 0, count: size)
      link(0..<keys.count)
    }
    return true
  }

  /// Appends the documents that share a band, once per shared band.
  func appendCandidates(for documentKeys: [UInt32], to candidates: inout [UInt32]) {
    for key in documentKeys where key != BandTable.noKey {
      var steps = BandTable.maximumPostings / bandCount
      var link = heads[slot(key)]
      while link != 0, steps > 0 {
        let posting = Int(link - 1)
        if keys[posting] == key { candidates.append(UInt32(posting / bandCount)) }
        link = links[posting]
        steps -= 1
      }
    }
  }

  /// Bytes of memory held.
  var memoryBytes: Int { (keys.capacity + links.capacity + heads.capacity) * 4 }

  private func slot(_ key: UInt32) -> Int { Int(key) & (heads.count - 1) }

  private mutating func link(_ postings: Range<Int>) {
    for posting in postings where keys[posting] != BandTable.noKey {
      let slot = slot(keys[posting])
      links[posting] = heads[slot]
      heads[slot] = UInt32(posting + 1)
    }
  }
}
