/// Which document has a digest: open addressing with linear probing (Knuth, volume 3, section 6.4,
/// algorithm L), 21 to 43 bytes per document, by how full the arrays are.
struct DigestTable {
  private var digests: [Digest] = []
  /// Document number plus 1; 0 where there is none. A power of two of them.
  private var slots = [UInt32](repeating: 0, count: 1024)

  /// Enters the next document.
  mutating func insert(_ digest: Digest) {
    digests.append(digest)
    // At three quarters full a search for something absent looks at 8.5 slots on average.
    if digests.count * 4 > slots.count * 3 {
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for document in digests.indices { place(document) }
    } else {
      place(digests.count - 1)
    }
  }

  /// The first document entered with this digest.
  func document(with digest: Digest) -> Int? {
    var slot = start(digest)
    while slots[slot] != 0 {
      let document = Int(slots[slot] - 1)
      if digests[document] == digest { return document }
      slot = next(slot)
    }
    return nil
  }

  /// Documents entered.
  var count: Int { digests.count }

  /// Bytes of memory held.
  var memoryBytes: Int { digests.capacity * MemoryLayout<Digest>.stride + slots.capacity * 4 }

  private func start(_ digest: Digest) -> Int {
    Int(truncatingIfNeeded: digest.first) & (slots.count - 1)
  }

  private func next(_ slot: Int) -> Int { (slot + 1) & (slots.count - 1) }

  private mutating func place(_ document: Int) {
    var slot = start(digests[document])
    while slots[slot] != 0 { slot = next(slot) }
    slots[slot] = UInt32(document + 1)
  }
}
