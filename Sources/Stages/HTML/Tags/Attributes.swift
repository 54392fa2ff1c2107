import Bytes
import Pipeline

/// The attributes of one start tag that say something about the page's text or metadata. Values are copied: the
/// page may be gone before they are.
struct Attributes {
  private var noted = Noted()
  /// The values, one after the other; the first `used` bytes.
  private var bytes: [UInt8] = []
  private var used = 0

  /// What of a tag was noted, apart from the bytes so that it is cleared at once.
  private struct Noted {
    var isHidden = false
    var isPublicationTime = false
    var isEmpty = true
    var isOpen = false
    var isTwin = false
    var hasStyle = false
    /// Whether anything was noted: most tags have nothing that is looked at.
    var isTouched = false
    var rel: Place?
    var itemprop: Place?
    var itemtype: Place?
    var classes: Place?
    var content: Place?
    var name: Place?
    var property: Place?
    var datetime: Place?
    var href: Place?
    var lang: Place?
    var number: Place?
    var alt: Place?
    var src: Place?
    var lateSource: Place?
    var sources: Place?
    var alttext: Place?
    var encoding: Place?
    var rowspan: Place?
    var colspan: Place?
    var id: Place?
    var role: Place?
  }

  /// Where a value stands in `bytes`.
  private struct Place {
    let start: UInt32
    let count: UInt16
    /// Makes room for nil: every tag clears a dozen of these.
    let isThere = true
  }

  /// Whether the element says that nobody is to see it.
  var isHidden: Bool { noted.isHidden }
  /// Whether a `time` element says that it holds the time of publication.
  var isPublicationTime: Bool { noted.isPublicationTime }
  /// Whether there is any attribute that is looked at.
  var isEmpty: Bool { noted.isEmpty }
  /// Whether a dialog is open.
  var isOpen: Bool { noted.isOpen }
  /// Whether a picture stands in `noscript`.
  var isTwin: Bool { noted.isTwin }
  var rel: AttributeValue? { value(noted.rel) }
  var itemprop: AttributeValue? { value(noted.itemprop) }
  var itemtype: AttributeValue? { value(noted.itemtype) }
  var classes: AttributeValue? { value(noted.classes) }
  var content: AttributeValue? { value(noted.content) }
  var name: AttributeValue? { value(noted.name) }
  var property: AttributeValue? { value(noted.property) }
  var datetime: AttributeValue? { value(noted.datetime) }
  var href: AttributeValue? { value(noted.href) }
  var lang: AttributeValue? { value(noted.lang) }
  /// `start` or `value`: the number of a list or an item.
  var number: AttributeValue? { value(noted.number) }
  var alt: AttributeValue? { value(noted.alt) }
  var src: AttributeValue? { value(noted.src) }
  /// Where a picture is that a script loads late: `data-src` and the like.
  var lateSource: AttributeValue? { value(noted.lateSource) }
  /// Addresses of a picture in several sizes.
  var sources: AttributeValue? { value(noted.sources) }
  /// The text of a formula in words or in TeX.
  var alttext: AttributeValue? { value(noted.alttext) }
  /// Of an annotation in a formula.
  var encoding: AttributeValue? { value(noted.encoding) }
  /// Rows that a cell takes.
  var rowspan: AttributeValue? { value(noted.rowspan) }
  /// Columns that a cell takes.
  var colspan: AttributeValue? { value(noted.colspan) }

  /// What a `meta` element speaks of.
  var key: AttributeValue? { value(noted.property ?? noted.name ?? noted.itemprop) }
  /// The moment that an element names.
  var time: AttributeValue? { value(noted.datetime ?? noted.content) }

  @inline(__always)
  @_lifetime(borrow self)
  private func value(_ place: Place?) -> AttributeValue? {
    guard let place else { return nil }
    let start = Int(place.start)
    return AttributeValue(bytes.span.extracting(start..<start &+ Int(place.count)))
  }

  var hasHref: Bool { noted.href != nil }
  /// Whether a link leads to the page of an author.
  var leadsToAuthor: Bool { href?.bytes.leadsToAuthor ?? false }

  /// The kind of page that the element leads to; nil if it leads nowhere.
  func linkKinds(from site: [UInt8]) -> LinkKinds? {
    guard let href else { return nil }
    return .of(href.bytes, from: site)
  }

  /// Before the first attribute of a tag.
  @inline(__always)
  mutating func start() {
    guard noted.isTouched else { return }
    noted = Noted()
    used = 0
  }

  /// Takes an attribute; of several with one name the first counts.
  @inline(__always)
  mutating func note(_ key: AttributeName, _ bytes: Span<UInt8>, of tag: Tag) {
    guard key.counts(on: tag) else { return }
    noted.isTouched = true
    switch key {
    case .class: noted.classes = first(noted.classes, bytes)
    case .id: noted.id = first(noted.id, bytes)
    case .role: noted.role = first(noted.role, bytes)
    case .itemtype: noted.itemtype = first(noted.itemtype, bytes)
    case .itemprop: noted.itemprop = first(noted.itemprop, bytes)
    case .content: noted.content = first(noted.content, bytes)
    case .href: noted.href = first(noted.href, bytes)
    case .rel: noted.rel = first(noted.rel, bytes)
    case .name: noted.name = first(noted.name, bytes)
    case .property: noted.property = first(noted.property, bytes)
    case .datetime: noted.datetime = first(noted.datetime, bytes)
    // A time that a script writes as "3 hr. ago", as in Reddit's pages.
    case .ts: noted.datetime = first(noted.datetime, bytes)
    case .pubdate:
      noted.isPublicationTime = true
      noted.isEmpty = false
    case .alt: noted.alt = first(noted.alt, bytes)
    case .src: noted.src = first(noted.src, bytes)
    case .start: noted.number = first(noted.number, bytes)
    case .value: noted.number = first(noted.number, bytes)
    case .lang: noted.lang = first(noted.lang, bytes)
    case .type: if bytes.holds("hidden") { noted.isHidden = true }
    case .dataSrc, .dataOriginal, .dataLazySrc: noted.lateSource = first(noted.lateSource, bytes)
    case .srcset, .dataSrcset: noted.sources = first(noted.sources, bytes)
    case .alttext: noted.alttext = first(noted.alttext, bytes)
    case .encoding: noted.encoding = first(noted.encoding, bytes)
    case .rowspan: noted.rowspan = first(noted.rowspan, bytes)
    case .colspan: noted.colspan = first(noted.colspan, bytes)
    case .open: noted.isOpen = true
    case .twin: noted.isTwin = true
    // Nothing of it is shown until somebody asks for it.
    case .popover:
      noted.isHidden = true
      noted.isEmpty = false
    case .style: noteStyle(bytes)
    case .hidden: noteHidden(bytes)
    }
  }

  @inline(__always)
  private mutating func first(_ known: Place?, _ bytes: Span<UInt8>) -> Place? {
    noted.isEmpty = false
    return known ?? copy(bytes.beginning(ofAtMost: AttributeValue.maximumCount))
  }

  private mutating func copy(_ value: Span<UInt8>) -> Place {
    let place = Place(
      start: UInt32(truncatingIfNeeded: used), count: UInt16(truncatingIfNeeded: value.count))
    used &+= value.count
    if bytes.count < used { bytes += [UInt8](repeating: 0, count: max(used, 512)) }
    var free = bytes.mutableSpan
    free.store(value, at: Int(place.start))
    return place
  }

  private mutating func noteStyle(_ bytes: Span<UInt8>) {
    if !noted.hasStyle, AttributeValue(bytes).hidesElement {
      noted.isHidden = true
      noted.isEmpty = false
    }
    noted.hasStyle = true
  }

  private mutating func noteHidden(_ bytes: Span<UInt8>) {
    // Hidden until it is found by a search: part of the page.
    if !bytes.holds("until-found") {
      noted.isHidden = true
      noted.isEmpty = false
    }
  }

  /// Appends the words that name the element to `names`. Returns where they stand.
  ///
  /// Inlined, like all that is asked of every tag: a call would be handed a copy of the attributes.
  @inline(__always)
  func appendNames(to names: inout [UInt8]) -> Range<UInt32> {
    let start = names.count
    value(noted.classes)?.appendWords(to: &names, since: start)
    value(noted.id)?.appendWords(to: &names, since: start)
    value(noted.role)?.appendWords(to: &names, since: start)
    value(noted.itemprop)?.appendWords(to: &names, since: start)
    value(noted.itemtype)?.appendWords(to: &names, since: start)
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

/// An attribute's value where it stands.
struct AttributeValue: ~Escapable {
  /// As it is written: character references are not decoded. Words of names and styles have none.
  let bytes: Span<UInt8>

  /// Longest value that is looked at, in bytes; longer ones are cut. Descriptions are the longest that
  /// anybody reads; lists of classes made by programs can be much longer.
  static let maximumCount = 4096

  @inline(__always)
  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) {
    self.bytes = bytes.beginning(ofAtMost: AttributeValue.maximumCount)
  }

  /// The decoded value, as bytes.
  var decoded: [UInt8] {
    bytes.index(of: UInt8(ascii: "&"), from: 0) != nil
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
    names.append(addingCapacity: bytes.count + 1) { names in writeWords(to: &names, after: before) }
  }

  /// - Parameter before: Bytes of the element's names that stand before.
  @_lifetime(output: copy output)
  private func writeWords(to output: inout OutputSpan<UInt8>, after before: Int) {
    var isInWord = false
    var index = 0
    while index < bytes.count {
      // As long as only small words with single spaces between them come, and not too many.
      while isInWord, index &+ 8 <= bytes.count,
        before &+ output.count &+ 8 < AttributeValue.maximumNames
      {
        let eight = bytes.eightBytes(at: index)
        guard EightBytes.areWords(eight) else { break }
        isInWord = !EightBytes.endInSpace(eight)
        index &+= 8
        output.append(eightBytes: EightBytes.lowercased(eight), count: isInWord ? 8 : 7)
      }
      guard index < bytes.count else { break }
      let byte = bytes[index]
      index &+= 1
      guard !byte.isHTMLSpace else {
        isInWord = false
        continue
      }
      if !isInWord {
        guard before &+ output.count < AttributeValue.maximumNames else { break }
        if before &+ output.count > 0 { output.append(0x20) }
        isInWord = true
      }
      output.append(byte.asciiLowercased)
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

extension Span<UInt8> {
  /// Whether an address is, by its path, that of an author's page: `/author/ada-finch`.
  var leadsToAuthor: Bool {
    var index = 0
    while let slash = self.index(of: UInt8(ascii: "/"), from: index) {
      index = slash + 1
      let words: [StaticString]
      switch byte(at: index) {
      case UInt8(ascii: "a"): words = AttributeName.authorWords
      case UInt8(ascii: "c"): words = AttributeName.contributorWords
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
}

extension AttributeName {
  fileprivate static let authorWords: [StaticString] = ["author", "autor", "auteur", "autore"]
  fileprivate static let contributorWords: [StaticString] = ["contributor"]
}
