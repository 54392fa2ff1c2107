import Bytes
import Pipeline

/// The names of a page's elements (`class`, `id` and the like), start tag by start tag.
///
/// They stand in the page: no longer than it may they be asked for.
struct ElementNames {
  private struct Element {
    let tag: Tag
    /// Where its names begin in `values`. They end where those of the next one begin.
    let start: Int32
  }

  private var values: [(name: AttributeName, value: UnsafeBufferPointer<UInt8>)] = []
  private var elements: [Element] = []

  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    elements.removeAll(keepingCapacity: true)
  }

  /// Begins the names of the next start tag.
  mutating func begin(_ tag: Tag) {
    elements.append(Element(tag: tag, start: Int32(truncatingIfNeeded: values.count)))
  }

  /// Takes the last start tag back, with its names: they are not those of the tag before it.
  mutating func removeLast() {
    guard let last = elements.popLast() else { return }
    values.removeLast(values.count - Int(last.start))
  }

  /// Appends a name of the last start tag.
  @inline(__always)
  mutating func append(_ name: AttributeName, _ value: UnsafeBufferPointer<UInt8>) {
    values.append((name, value))
  }

  /// Calls `body` with the names of a start tag.
  /// - Parameters:
  ///   - number: Of the tag among the page's.
  ///   - tag: What it must be; otherwise it has no names.
  @inline(__always)
  func forEachName(
    of number: Int, _ tag: Tag, _ body: (AttributeName, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    guard number < elements.count, elements[number].tag == tag else { return }
    let end = number + 1 < elements.count ? Int(elements[number + 1].start) : values.count
    for index in Int(elements[number].start)..<end { body(values[index].name, values[index].value) }
  }
}
