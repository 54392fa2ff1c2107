import Bytes
import CLibXML2
import Pipeline

/// One libxml2 parser's work on a page: hands on what it tells.
///
/// Of the ends of elements only those count that stand in the page. libxml2 closes more by rules of HTML 4
/// (a link where a table begins), and less: an end tag may not pass an open `div`. It tells of those that it
/// does not follow as errors, so that none is lost and the elements nest as they do in browsers.
struct LibXML2Pass {
  private let construction: UnsafeMutablePointer<TreeConstruction>
  private let sideAttributes: SideAttributes
  private let tags = FilteredNames.tags
  private let root = FilteredNames.root
  private let attributeNames = NameTable.attributes
  /// Start tags of the page so far.
  private(set) var count = 0
  private var parser: htmlParserCtxtPtr?
  private var markup = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// An end tag that libxml2 may not follow, and where it ends.
  private var doubtful: (name: MarkupName, end: Int)?
  /// Whether nothing more counts.
  private(set) var hasStopped = false
  /// Whether the last that came was text.
  private var isInText = false
  /// Where the parser became too deep.
  private(set) var end: Int?

  init(
    _ construction: UnsafeMutablePointer<TreeConstruction>, _ sideAttributes: SideAttributes
  ) {
    self.construction = construction
    self.sideAttributes = sideAttributes
  }

  /// Before a parser's first piece of `markup`.
  mutating func begin(_ parser: htmlParserCtxtPtr, _ markup: UnsafeBufferPointer<UInt8>) {
    self.parser = parser
    self.markup = markup
    (doubtful, hasStopped, end) = (nil, false, nil)
  }

  /// The place after everything that has been read.
  private var place: Int { xmlByteConsumed(parser) }

  // MARK: What libxml2 tells

  mutating func startElement(
    _ name: UnsafePointer<xmlChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    guard !hasStopped else { return }
    settle()
    let name = MarkupName(cString: name)
    guard name != root, goesOn() else { return }
    isInText = false
    let tag = tags.tag(name)
    construction.pointee.attributesBegin()
    sideAttributes.forEach(of: count, tag) { name, value in
      construction.pointee.attribute(name, value, of: tag)
    }
    count += 1
    if let attributes { takeAttributes(attributes, of: tag) }
    construction.pointee.startTag(tag, name)
    if let parser, parser.pointee.nameNr > LibXML2.maximumOpen {
      end = place
      stop()
    }
  }

  /// Takes the attributes of an element. They may be looked at until the element has begun.
  private func takeAttributes(
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>, of tag: Tag
  ) {
    var attribute = attributes
    while let key = attribute[0] {
      if let name = attributeNames[MarkupName(cString: key)], let value = attribute[1] {
        construction.pointee.attribute(name, value.untilZero, of: tag)
      }
      attribute += 2
    }
  }

  mutating func endElement(_ name: UnsafePointer<xmlChar>) {
    guard !hasStopped else { return }
    let place = place
    if let doubtful, doubtful.end != place { settle() }
    let name = MarkupName(cString: name)
    guard name != root, endTagStands(name, before: place) else { return }
    doubtful = nil
    endTag(name)
  }

  mutating func characters(_ text: UnsafePointer<xmlChar>, _ count: Int32) {
    guard !hasStopped else { return }
    settle()
    // A text comes in pieces; the other reader takes it whole.
    guard isInText || goesOn() else { return }
    isInText = true
    construction.pointee.characters(UnsafeBufferPointer(start: text, count: Int(count)))
  }

  mutating func error(_ error: xmlError) {
    guard !hasStopped, error.code == XML_ERR_TAG_NAME_MISMATCH.rawValue, let name = error.str1
    else {
      return
    }
    // Of one end tag it may tell several times.
    let place = place
    if let doubtful, doubtful.end != place { settle() }
    let tag = name.withMemoryRebound(to: xmlChar.self, capacity: 1) { MarkupName(cString: $0) }
    if error.str2 == nil {
      // There is no such element in the parser's eyes.
      endTag(tag)
    } else {
      doubtful = (tag, place)
    }
  }

  // MARK: The end

  /// Whether the page takes more: asked before each tag and each text, as the other reader does.
  private mutating func goesOn() -> Bool {
    if construction.pointee.isFull { stop() }
    return !hasStopped
  }

  private mutating func stop() {
    hasStopped = true
    if let parser { xmlStopParser(parser) }
  }

  // MARK: End tags

  /// Hands on the end tag that libxml2 did not follow, if there is one.
  mutating func settle() {
    guard let tag = doubtful else { return }
    doubtful = nil
    endTag(tag.name)
  }

  private mutating func endTag(_ name: MarkupName) {
    guard goesOn() else { return }
    isInText = false
    construction.pointee.endTag(tags.tag(name), name)
  }

  /// Whether the end of an element is one that stands in the page, right before `place`.
  private func endTagStands(_ name: MarkupName, before place: Int) -> Bool {
    let start = place - name.count - 3
    guard start >= 0, place <= markup.count, markup[place - 1] == UInt8(ascii: ">"),
      markup[start] == UInt8(ascii: "<"), markup[start + 1] == UInt8(ascii: "/")
    else { return false }
    var index = start + 2
    return markup.name(at: &index) == name
  }
}

extension MarkupName {
  /// - Parameter cString: A name in small letters.
  fileprivate init(cString: UnsafePointer<xmlChar>) {
    self.init()
    var letter = cString
    while letter.pointee != 0 {
      append(letter.pointee)
      letter += 1
    }
  }
}

extension UnsafePointer<xmlChar> {
  fileprivate var untilZero: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: self, count: Int(xmlStrlen(self)))
  }
}
