import Bytes

/// Collects what a formula says (MathML Core): its TeX, its words, or else its text.
struct Formula {
  private(set) var isOpen = false
  /// The characters outside of annotations.
  private var text: [UInt8] = []
  /// Those of the annotation in TeX.
  private var tex: [UInt8] = []
  private var words: [UInt8] = []
  /// The skipped elements around the annotation that is being read, itself included; 0 for none.
  private var annotationDepth = 0
  private var isTeX = false
  private var hasEndedElement = false

  /// Longest formula that is taken, in bytes.
  private static let maximum = 1 << 14

  /// Takes the start of `math`.
  mutating func start(_ attributes: Attributes) {
    end()
    isOpen = true
    words = attributes.alttext?.decoded ?? []
  }

  /// Takes an element inside.
  /// - Parameter depth: How many skipped elements are open, itself included.
  mutating func startElement(_ attributes: Attributes, depth: Int) {
    hasEndedElement = true
    guard annotationDepth == 0, let encoding = attributes.encoding else { return }
    annotationDepth = depth
    isTeX = tex.isEmpty && encoding.bytes.holds("tex")
  }

  /// Takes the end of an element inside, which leaves so many skipped ones open.
  mutating func endElement(depth: Int) {
    hasEndedElement = true
    if depth < annotationDepth { annotationDepth = 0 }
  }

  mutating func characters(_ bytes: Span<UInt8>) {
    if annotationDepth > 0 {
      if isTeX { Formula.append(bytes, to: &tex) }
      return
    }
    guard text.count <= Formula.maximum else { return }
    // The two numbers of a fraction are not one.
    if hasEndedElement, let last = text.last, last.isASCIIDigit,
      bytes.byte(at: 0).isASCIIDigit
    {
      text.append(0x20)
    }
    hasEndedElement = false
    Formula.append(bytes, to: &text)
  }

  /// Appends as much as fits, and a byte that says that there was more: what is taken does not depend on the
  /// pieces in which a reader hands it over.
  private static func append(_ bytes: Span<UInt8>, to text: inout [UInt8]) {
    text.append(contentsOf: bytes.extracting(first: max(0, maximum + 1 - text.count)))
  }

  /// The result so far.
  var result: [UInt8] {
    let said = [tex, words].first { $0.contains { !$0.isHTMLSpace } } ?? text
    return Array(said.span.beginning(ofAtMost: Formula.maximum))
  }

  mutating func end() {
    isOpen = false
    (annotationDepth, isTeX, hasEndedElement) = (0, false, false)
    text.removeAll(keepingCapacity: true)
    tex.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
  }
}
