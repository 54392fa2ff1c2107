import Bytes

/// The attributes of one start tag. Values point into the parser's memory, valid until it goes on.
struct Attributes {
  /// The words that `Page.names` took over.
  private(set) var names: Range<UInt32> = 0..<0
  /// Whether the element says that nobody is to see it.
  private(set) var isHidden = false
  private(set) var hasHref = false
  private(set) var rel: AttributeValue?
  private(set) var itemprop: AttributeValue?
  private(set) var classes: AttributeValue?
  private(set) var content: AttributeValue?
  private(set) var name: AttributeValue?
  private(set) var property: AttributeValue?
  private(set) var datetime: AttributeValue?
  private(set) var href: AttributeValue?
  private(set) var lang: AttributeValue?

  /// Reads the parser's list of names and values in turn; adds words that name the element to `names`.
  mutating func read(
    _ list: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, names: inout [UInt8]
  ) {
    let start = names.count
    read(list)
    for value in [classes, id, role, itemprop, itemtype] { value?.appendWords(to: &names, since: start) }
    self.names = UInt32(start)..<UInt32(names.count)
  }

  /// The same for elements that have no text.
  mutating func read(_ list: UnsafeMutablePointer<UnsafePointer<UInt8>?>?) {
    self = Attributes()
    guard let list else { return }
    var index = 0
    while let key = list[index] {
      note(MarkupName(cString: key), list[index + 1])
      index += 2
    }
  }

  private var id: AttributeValue?
  private var role: AttributeValue?
  private var itemtype: AttributeValue?

  private mutating func note(_ key: MarkupName, _ start: UnsafePointer<UInt8>?) {
    typealias Names = Attributes
    // Hidden until it is found by a search: part of the page.
    if key == Names.hiddenName {
      isHidden = isHidden || start.map { !AttributeValue($0).bytes.holds("until-found") } ?? true
    } else if key == Names.hrefName {
      hasHref = true
    }
    guard let start else { return }
    let value = AttributeValue(start)
    switch key {
    case Names.className: classes = value
    case Names.idName: id = value
    case Names.roleName: role = value
    case Names.itempropName: itemprop = value
    case Names.itemtypeName: itemtype = value
    case Names.relName: rel = value
    case Names.contentName: content = value
    case Names.nameName: name = value
    case Names.propertyName: property = value
    case Names.datetimeName: datetime = value
    case Names.hrefName: href = value
    case Names.langName: lang = value
    case Names.styleName: isHidden = isHidden || value.hidesElement
    default: break
    }
  }

  private static let className = MarkupName("class")
  private static let idName = MarkupName("id")
  private static let roleName = MarkupName("role")
  private static let itempropName = MarkupName("itemprop")
  private static let itemtypeName = MarkupName("itemtype")
  private static let relName = MarkupName("rel")
  private static let contentName = MarkupName("content")
  private static let nameName = MarkupName("name")
  private static let propertyName = MarkupName("property")
  private static let datetimeName = MarkupName("datetime")
  private static let hrefName = MarkupName("href")
  private static let langName = MarkupName("lang")
  private static let styleName = MarkupName("style")
  private static let hiddenName = MarkupName("hidden")
}

/// An attribute's value in the parser's memory.
struct AttributeValue {
  let bytes: UnsafeBufferPointer<UInt8>

  /// The value that a zero byte ends.
  init(_ start: UnsafePointer<UInt8>) {
    var count = 0
    while start[count] != 0 { count &+= 1 }
    bytes = UnsafeBufferPointer(start: start, count: count)
  }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Most bytes of names that are kept of one element: style sheets that are made of classes need long
  /// lists of them, which say nothing of the content.
  private static let maximumNames = 512

  /// Appends the words in lower case, a space between two of them.
  /// - Parameter start: Where the element's names begin.
  func appendWords(to names: inout [UInt8], since start: Int) {
    var isInWord = false
    for byte in bytes {
      if byte.isHTMLSpace {
        isInWord = false
        continue
      }
      if !isInWord {
        if names.count - start >= AttributeValue.maximumNames { return }
        if names.count > start { names.append(0x20) }
        isInWord = true
      }
      names.append(byte.asciiLowercased)
    }
  }

  /// Whether a style declaration takes the element off the page.
  var hidesElement: Bool {
    declares("display", "none") || declares("visibility", "hidden")
  }

  private func declares(_ property: StaticString, _ value: StaticString) -> Bool {
    var index = 0
    while let found = bytes.index(ofText: property, from: index) {
      index = found + property.utf8CodeUnitCount
      // Not the end of a longer name, such as --font-display.
      let isWhole = found == 0 || bytes[found - 1] != UInt8(ascii: "-")
      while index < bytes.count, bytes[index].isHTMLSpace { index += 1 }
      guard isWhole, index < bytes.count, bytes[index] == UInt8(ascii: ":") else { continue }
      index += 1
      while index < bytes.count, bytes[index].isHTMLSpace { index += 1 }
      if bytes.hasPrefix(value, at: index) { return true }
    }
    return false
  }

  /// Whether one of the value's words is `word`, given in lower case, in any case.
  func hasWord(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    var index = 0
    while let found = bytes.index(ofText: word, from: index) {
      let end = found + length
      let begins = found == 0 || bytes[found - 1].isHTMLSpace
      if begins, end == bytes.count || bytes[end].isHTMLSpace { return true }
      index = found + 1
    }
    return false
  }
}
