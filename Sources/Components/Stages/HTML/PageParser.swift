import Bytes
import CLibXML2
import Pipeline

/// libxml2's HTML parser, by its SAX interface: its own tree would take as long again.
///
/// "A parser context is not thread safe, but can be used by one thread after another" (libxml2's
/// documentation of threads). One is kept for many pages.
final class PageParser {
  private var events: Events
  private var wasStopped = false

  /// What the parser's callbacks are handed: the builder, and the context that they may stop.
  private struct Events {
    var builder: PageBuilder
    var context: htmlParserCtxtPtr
  }

  /// - Throws: `OutOfMemory`.
  init() throws(OutOfMemory) {
    events = Events(builder: PageBuilder(), context: try PageParser.makeContext())
  }

  deinit { htmlFreeParserCtxt(events.context) }

  /// What became of a page.
  struct Result {
    let page: Page
    let facts: PageFacts
    /// Characters of the text that stand for lost ones.
    let damaged: Int
    /// Limits that were met, in that order.
    let limits: [String]
  }

  /// Names of elements and attributes that a context may remember before it is replaced by a new one.
  /// Pages that people made have some hundreds between them; hostile ones make up as many as they like.
  private static let maximumNames = 8192

  /// Parses one page.
  /// - Parameter html: Well-formed UTF-8 without zero bytes, as `MarkupCutter` leaves it.
  /// - Parameter keepsHidden: Whether text counts that the page hides.
  /// - Parameter style: What to collect beside the blocks.
  /// - Parameter base: What relative references start from.
  /// - Throws: `OutOfMemory`.
  func parse(
    _ html: UnsafeBufferPointer<UInt8>, keepsHidden: Bool, style: Page.Style, base: BaseAddress
  ) throws(OutOfMemory) -> Result {
    events.builder.begin(keepsHidden: keepsHidden, style: style, base: base)
    if html.count > 0, html.count <= Int32.max { try feed(html) }
    let page = events.builder.end()
    wasStopped = !events.builder.limits.isEmpty
    return Result(
      page: page, facts: events.builder.facts, damaged: events.builder.damaged,
      limits: events.builder.limits)
  }

  private func feed(_ html: UnsafeBufferPointer<UInt8>) throws(OutOfMemory) {
    let context = try renewedContext()
    let input = UnsafeRawPointer(html.baseAddress)?.assumingMemoryBound(to: CChar.self)
    // Copies the page once, and ends it with the zero that the parser looks for.
    guard
      let buffer = xmlParserInputBufferCreateMem(input, Int32(html.count), XML_CHAR_ENCODING_NONE)
    else { throw OutOfMemory() }
    guard let stream = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE) else {
      xmlFreeParserInputBuffer(buffer)
      throw OutOfMemory()
    }
    inputPush(context, stream)
    xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
    withUnsafeMutablePointer(to: &events) { events in
      context.pointee.userData = UnsafeMutableRawPointer(events)
      htmlParseDocument(context)
      context.pointee.userData = nil
    }
  }

  /// The context, ready for a page.
  private func renewedContext() throws(OutOfMemory) -> htmlParserCtxtPtr {
    // One that was stopped, or that remembers too much, is replaced.
    if wasStopped || xmlDictSize(events.context.pointee.dict) > PageParser.maximumNames {
      let fresh = try PageParser.makeContext()
      htmlFreeParserCtxt(events.context)
      events.context = fresh
    }
    htmlCtxtReset(events.context)
    // To reset a context resets its options.
    htmlCtxtUseOptions(events.context, PageParser.options)
    return events.context
  }

  /// The page is UTF-8, whatever it declares; its errors are nobody's concern.
  private static let options = Int32(
    HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue
      | HTML_PARSE_IGNORE_ENC.rawValue | HTML_PARSE_NODEFDTD.rawValue)

  /// Makes the library's global state, once in the process and before any context.
  ///
  /// libxml2 makes part of it when it is first needed, unguarded: two threads that make their first
  /// dictionaries at the same time can wait for each other for ever (2.9.14, `__xmlInitializeDict`).
  private static let isLibraryReady: Bool = {
    xmlInitParser()
    guard let dictionary = xmlDictCreate() else { return false }
    xmlDictFree(dictionary)
    return true
  }()

  private static func makeContext() throws(OutOfMemory) -> htmlParserCtxtPtr {
    guard isLibraryReady else { throw OutOfMemory() }
    guard let context = htmlNewParserCtxt() else { throw OutOfMemory() }
    var handlers = xmlSAXHandler()
    handlers.startElement = { state, name, attributes in
      guard let events = state?.assumingMemoryBound(to: Events.self), let name else { return }
      if !events.pointee.builder.startElement(name, attributes) {
        xmlStopParser(events.pointee.context)
      }
    }
    handlers.endElement = { state, name in
      guard let events = state?.assumingMemoryBound(to: Events.self), let name else { return }
      events.pointee.builder.endElement(name)
    }
    handlers.characters = { state, text, count in
      guard let events = state?.assumingMemoryBound(to: Events.self), let text else { return }
      let bytes = UnsafeBufferPointer(start: text, count: Int(count))
      if !events.pointee.builder.characters(bytes) { xmlStopParser(events.pointee.context) }
    }
    handlers.ignorableWhitespace = handlers.characters
    handlers.cdataBlock = handlers.characters
    context.pointee.sax.pointee = handlers
    return context
  }
}
