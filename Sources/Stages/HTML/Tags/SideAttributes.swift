import Bytes
import Pipeline

/// Attributes that are kept beside a page's copy, start tag by start tag: the names of its elements (`class`, `id` and
/// the like) and where links lead. Values are ranges of the page.
struct SideAttributes {
  private struct Element {
    let tag: Tag
    /// Where its attributes begin in `values`. They end where those of the next one begin.
    let start: Int32
  }

  private var values: [(name: AttributeName, start: UInt32, count: UInt32)] = []
  private var elements: [Element] = []

  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    elements.removeAll(keepingCapacity: true)
  }

  /// Begins the next start tag.
  mutating func begin(_ tag: Tag) {
    elements.append(Element(tag: tag, start: Int32(truncatingIfNeeded: values.count)))
  }

  /// Takes the last start tag back, with its attributes: they are not those of the tag before it.
  mutating func removeLast() {
    guard let last = elements.popLast() else { return }
    values.removeLast(values.count - Int(last.start))
  }

  /// Appends an attribute of the last start tag.
  @inline(__always)
  mutating func append(_ name: AttributeName, _ value: Range<Int>) {
    values.append((name, UInt32(value.lowerBound), UInt32(value.count)))
  }

  /// Calls `body` with the attributes of a start tag.
  /// - Parameters:
  ///   - number: Of the tag among the page's.
  ///   - tag: What it must be; otherwise it has none.
  ///   - page: Where the values stand.
  @inline(__always)
  func forEach(
    of number: Int, _ tag: Tag, in page: MarkupText,
    _ body: (AttributeName, Span<UInt8>) -> Void
  ) {
    guard number < elements.count, elements[number].tag == tag else { return }
    let end = number + 1 < elements.count ? Int(elements[number + 1].start) : values.count
    for index in Int(elements[number].start)..<end {
      let (name, start, count) = values[index]
      body(name, page.span.extracting(Int(start)..<Int(start) + Int(count)))
    }
  }
}
