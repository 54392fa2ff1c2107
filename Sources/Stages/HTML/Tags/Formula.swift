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

  mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
    if annotationDepth > 0 {
      if isTeX, tex.count < Formula.maximum { tex.append(contentsOf: bytes) }
      return
    }
    guard text.count < Formula.maximum else { return }
    // The two numbers of a fraction are not one.
    if hasEndedElement, let last = text.last, last.isASCIIDigit,
      bytes.first?.isASCIIDigit ?? false
    {
      text.append(0x20)
    }
    hasEndedElement = false
    text.append(contentsOf: bytes)
  }

  /// What is known by now.
  var result: [UInt8] {
    for candidate in [tex, words] where candidate.contains(where: { !$0.isHTMLSpace }) {
      return candidate
    }
    return text
  }

  mutating func end() {
    isOpen = false
    (annotationDepth, isTeX, hasEndedElement) = (0, false, false)
    text.removeAll(keepingCapacity: true)
    tex.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
  }
}
