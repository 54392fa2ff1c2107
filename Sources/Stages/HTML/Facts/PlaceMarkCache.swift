import Bytes

/// The marks of a page's attribute values, each read once: most elements are called like others before them.
///
/// Direct-mapped, by hash; another value at the same place is forgotten. It knows one page at a time, so that
/// what a page says does not depend on the pages before it.
struct PlaceMarkCache {
  /// The hash of each value in the upper bits, its marks in the lowest eight.
  private var known = [UInt64](repeating: 0, count: PlaceMarkCache.capacity)

  private static let capacity = 256
  /// Shorter values are read faster than looked up.
  private static let shortest = 9

  init() { reset() }

  /// Forgets all values.
  mutating func reset() {
    // The place is the top byte of the hash: no value has this one at this place.
    for place in known.indices { known[place] = UInt64(place ^ 1) &<< 56 }
  }

  /// The marks of a value.
  @inline(__always)
  mutating func marks(_ value: AttributeValue?) -> PlaceMarks {
    guard let value else { return [] }
    return marks(value.bytes)
  }

  @inline(__always)
  mutating func marks(_ bytes: Span<UInt8>) -> PlaceMarks {
    if bytes.count < PlaceMarkCache.shortest { return PlaceMarks(bytes) }
    let hash = Hash64.hash(bytes)
    let place = Int(hash &>> 56)
    let entry = known[place]
    if (entry ^ hash) &>> 8 == 0 { return PlaceMarks(rawValue: UInt8(truncatingIfNeeded: entry)) }
    let marks = PlaceMarks(bytes)
    known[place] = hash & ~0xFF | UInt64(marks.rawValue)
    return marks
  }
}
