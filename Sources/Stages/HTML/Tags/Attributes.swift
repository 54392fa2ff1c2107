import Bytes
import Pipeline

/// The attributes of one start tag that say something about the page's text or metadata. Values point
/// into the page.
struct Attributes {
  /// Whether the element says that nobody is to see it.
  private(set) var isHidden = false
  /// Whether a `time` element says that it holds the time of publication.
  private(set) var isPublicationTime = false
  /// Whether there is any attribute that is looked at.
  private(set) var isEmpty = true
  private(set) var rel: AttributeValue?
  private(set) var itemprop: AttributeValue?
  private(set) var itemtype: AttributeValue?
  private(set) var classes: AttributeValue?
  private(set) var content: AttributeValue?
  private(set) var name: AttributeValue?
  private(set) var property: AttributeValue?
  private(set) var datetime: AttributeValue?
  private(set) var href: AttributeValue?
  private(set) var lang: AttributeValue?
  /// `start` or `value`: the number of a list or an item.
  private(set) var number: AttributeValue?
  private(set) var alt: AttributeValue?
  private(set) var src: AttributeValue?
  /// Where a picture is that a script loads late: `data-src` and the like.
  private(set) var lateSource: AttributeValue?
  /// Addresses of a picture in several sizes.
  private(set) var sources: AttributeValue?
  /// The text of a formula in words or in TeX.
  private(set) var alttext: AttributeValue?
  /// Of an annotation in a formula.
  private(set) var encoding: AttributeValue?
  /// Rows and columns that a cell takes.
  private(set) var rowspan: AttributeValue?
  private(set) var colspan: AttributeValue?
  /// Whether a dialog is open.
  private(set) var isOpen = false
  /// Whether a picture stands in `noscript`.
  private(set) var isTwin = false
  private var id: AttributeValue?
  private var role: AttributeValue?
  private var hasStyle = false
  /// Whether anything was noted: most tags have nothing that is looked at.
  private var isTouched = false

  var hasHref: Bool { href != nil }
  /// Whether a link leads to the page of an author.
  var leadsToAuthor: Bool { href?.bytes.leadsToAuthor ?? false }

  /// Before the first attribute of a tag.
  @inline(__always)
  mutating func start() { if isTouched { self = Attributes() } }

  /// Takes an attribute; of several with one name the first counts.
  @inline(__always)
  mutating func note(_ key: AttributeName, _ bytes: UnsafeBufferPointer<UInt8>, of tag: Tag) {
    guard key.counts(on: tag) else { return }
    isTouched = true
    switch key {
    case .class: classes = first(classes, bytes)
    case .id: id = first(id, bytes)
    case .role: role = first(role, bytes)
    case .itemtype: itemtype = first(itemtype, bytes)
    case .itemprop: itemprop = first(itemprop, bytes)
    case .content: content = first(content, bytes)
    case .href: href = first(href, bytes)
    case .rel: rel = first(rel, bytes)
    case .name: name = first(name, bytes)
    case .property: property = first(property, bytes)
    case .datetime: datetime = first(datetime, bytes)
    // A time that a script writes as "3 hr. ago", as in Reddit's pages.
    case .ts: datetime = first(datetime, bytes)
    case .pubdate:
      isPublicationTime = true
      isEmpty = false
    case .alt: alt = first(alt, bytes)
    case .src: src = first(src, bytes)
    case .start: number = first(number, bytes)
    case .value: number = first(number, bytes)
    case .lang: lang = first(lang, bytes)
    case .type: if bytes.holds("hidden") { isHidden = true }
    case .dataSrc, .dataOriginal, .dataLazySrc: lateSource = first(lateSource, bytes)
    case .srcset, .dataSrcset: sources = first(sources, bytes)
    case .alttext: alttext = first(alttext, bytes)
    case .encoding: encoding = first(encoding, bytes)
    case .rowspan: rowspan = first(rowspan, bytes)
    case .colspan: colspan = first(colspan, bytes)
    case .open: isOpen = true
    case .twin: isTwin = true
    // Nothing of it is shown until somebody asks for it.
    case .popover:
      isHidden = true
      isEmpty = false
    case .style: noteStyle(bytes)
    case .hidden: noteHidden(bytes)
    }
  }

  @inline(__always)
  private mutating func first(
    _ known: AttributeValue?, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> AttributeValue? {
    isEmpty = false
    return known ?? AttributeValue(bytes)
  }

  private mutating func noteStyle(_ bytes: UnsafeBufferPointer<UInt8>) {
    if !hasStyle, AttributeValue(bytes)?.hidesElement ?? false {
      isHidden = true
      isEmpty = false
    }
    hasStyle = true
  }

  private mutating func noteHidden(_ bytes: UnsafeBufferPointer<UInt8>) {
    // Hidden until it is found by a search: part of the page.
    if !bytes.holds("until-found") {
      isHidden = true
      isEmpty = false
    }
  }

  /// Appends the words that name the element to `names`. Returns where they stand.
  ///
  /// Inlined, like all that is asked of every tag: a call would be handed a copy of the attributes.
  @inline(__always)
  func appendNames(to names: inout [UInt8]) -> Range<UInt32> {
    let start = names.count
    classes?.appendWords(to: &names, since: start)
    id?.appendWords(to: &names, since: start)
    role?.appendWords(to: &names, since: start)
    itemprop?.appendWords(to: &names, since: start)
    itemtype?.appendWords(to: &names, since: start)
    return UInt32(start)..<UInt32(names.count)
  }
}

/// The attributes that are looked at.
enum AttributeName: UInt8, CaseIterable {
  case `class`, id, role, itemprop, itemtype, style, hidden, content, href, rel, name, property
  case datetime, pubdate, ts
  case alt, src, srcset, dataSrc, dataOriginal, dataLazySrc, dataSrcset
  case start, value, lang, type, alttext, encoding, rowspan, colspan, open, popover
  /// Of no page's making: marks a picture that stands in `noscript`.
  case twin

  var name: String {
    switch self {
    case .dataSrc: "data-src"
    case .dataOriginal: "data-original"
    case .dataLazySrc: "data-lazy-src"
    case .dataSrcset: "data-srcset"
    case .twin: "x-twin"
    default: "\(self)"
    }
  }

  /// Whether it says what a picture shows or where it is.
  var isOfPicture: Bool {
    switch self {
    case .alt, .src, .srcset, .dataSrc, .dataOriginal, .dataLazySrc, .dataSrcset: true
    default: false
    }
  }

  /// Whether the attribute says something on an element.
  @inline(__always)
  func counts(on tag: Tag) -> Bool {
    switch tag {
    case .html: self == .lang || self == .itemtype
    case .meta: self == .content || self == .name || self == .property || self == .itemprop
    case .link: self == .rel || self == .href
    default:
      switch self {
      case .href: tag == .a || tag == .base
      case .rel: tag == .a
      case .ts: tag == .custom
      case .alt, .src, .srcset, .dataSrc, .dataOriginal, .dataLazySrc, .dataSrcset, .twin:
        tag == .img
      case .alttext: tag == .math
      case .encoding: tag == .other || tag == .custom
      case .rowspan, .colspan: tag == .td || tag == .th
      case .open: tag == .dialog
      case .type: tag == .input
      case .start: tag == .ol
      case .value: tag == .li
      case .name, .property, .lang: false
      case .class, .id, .role, .itemprop, .itemtype, .style, .hidden, .popover, .content, .datetime,
        .pubdate:
        true
      }
    }
  }
}

/// An attribute's value where it stands in the page.
struct AttributeValue {
  // Not a buffer, whose optional has eight bytes more: every tag clears a dozen of these.
  private let start: UnsafePointer<UInt8>
  private let count: UInt32

  /// Longest value that is looked at, in bytes; longer ones are cut. Descriptions are the longest that
  /// anybody reads; lists of classes made by programs can be much longer.
  static let maximumCount = 4096

  /// - Parameter bytes: A part of the page, maybe empty; nil for one that is nowhere.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return nil }
    self.start = start
    count = UInt32(bytes.beginning(ofAtMost: AttributeValue.maximumCount).count)
  }

  /// As it is written: character references are not decoded. Words of names and styles have none.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: Int(count)) }

  /// The decoded value, as bytes.
  var decoded: [UInt8] {
    bytes.contains(UInt8(ascii: "&"))
      ? CharacterReferences.shared.decoded(bytes) : Array(bytes)
  }

  /// The decoded value.
  var string: String {
    String(decoding: decoded, as: UTF8.self)
  }

  /// Most bytes of names that are kept of one element: style sheets that are made of classes need long
  /// lists of them, which say nothing of the content.
  private static let maximumNames = 512

  /// Appends the words in lower case, a space between two of them.
  /// - Parameter start: Where the element's names begin.
  func appendWords(to names: inout [UInt8], since start: Int) {
    let before = names.count - start
    // A space before the first word.
    names.append(addingCapacity: bytes.count + 1) { (free: inout OutputSpan<UInt8>) in
      free.withUnsafeMutableBufferPointer { output, written in
        written = writeWords(to: output, after: before)
      }
    }
  }

  /// - Parameter before: Bytes of the element's names that stand before.
  private func writeWords(to output: UnsafeMutableBufferPointer<UInt8>, after before: Int) -> Int {
    var count = 0
    var isInWord = false
    var index = 0
    while index < bytes.count {
      // As long as only small words with single spaces between them come, and not too many.
      while isInWord, index &+ 8 <= bytes.count,
        before &+ count &+ 8 < AttributeValue.maximumNames
      {
        let eight = bytes.eightBytes(at: index)
        guard EightBytes.areWords(eight) else { break }
        UnsafeMutableRawBufferPointer(output).storeBytes(
          of: EightBytes.lowercased(eight).littleEndian, toByteOffset: count, as: UInt64.self)
        isInWord = !EightBytes.endInSpace(eight)
        index &+= 8
        count &+= isInWord ? 8 : 7
      }
      guard index < bytes.count else { break }
      let byte = bytes[index]
      index &+= 1
      guard !byte.isHTMLSpace else {
        isInWord = false
        continue
      }
      if !isInWord {
        guard before &+ count < AttributeValue.maximumNames else { break }
        if before &+ count > 0 {
          output[count] = 0x20
          count &+= 1
        }
        isInWord = true
      }
      output[count] = byte.asciiLowercased
      count &+= 1
    }
    return count
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

extension UnsafeBufferPointer<UInt8> {
  /// Whether an address is, by its path, that of an author's page: `/author/ada-finch`.
  var leadsToAuthor: Bool {
    var index = 0
    while let slash = self.index(of: UInt8(ascii: "/"), from: index) {
      index = slash + 1
      let words: [StaticString]
      switch byte(at: index) {
      case UInt8(ascii: "a"): words = UnsafeBufferPointer.authorWords
      case UInt8(ascii: "c"): words = UnsafeBufferPointer.contributorWords
      default: continue
      }
      for word in words where hasPrefix(word, at: index) {
        let end = index + word.utf8CodeUnitCount
        let plural = byte(at: end) | 0x20 == UInt8(ascii: "s") ? 1 : 0
        if byte(at: end + plural) == UInt8(ascii: "/"), end + plural + 1 < count { return true }
      }
    }
    return false
  }

  private static var authorWords: [StaticString] { ["author", "autor", "auteur", "autore"] }
  private static var contributorWords: [StaticString] { ["contributor"] }
}
