import Bytes
import CLibXML2
import Pipeline

/// Reads the filtered copy of a page with libxml2's SAX interface, and hands what it finds on.
///
/// Its push parser, which compares and copies less than the one for memory and takes 0.9 of its time (medians over
/// 1,358 pages), in pieces that end before a tag: whoever takes over from it need not read a whole page again. Both
/// take time that grows with the square of a page of open elements and end tags, hence `maximumOpen`. It is told that
/// the bytes are UTF-8 and that a `meta` says nothing of that; no network, no document, no entities of a page's own.
///
/// A context is made for each page and goes with it: nothing of one page is reachable from the next.
///
/// This file is the only one that calls the library. Its pointers are used during a call and not kept: what the
/// library hands to a handler becomes a span that ends with the handler.
enum LibXML2 {
  /// The library's version, such as `2.9.14`.
  static var version: String {
    // A constant of the library.
    let version = unsafe String(cString: winnow_libxml2_version())
    let number = Int(version.prefix { $0.isNumber }) ?? 0
    return "\(number / 10000).\(number / 100 % 100).\(number % 100)"
  }

  /// Must be asked for before threads use the library: two threads that make their first contexts at one
  /// time can wait for each other for ever in libxml2 2.9.
  static let isReady: Bool = {
    xmlInitParser()
    htmlDefaultSAXHandlerInit()
    return true
  }()

  /// Elements that libxml2 may hold open. It compares each end tag with all of them, so that a page of nothing
  /// but tags would take time that grows with its square; beyond these a new parser takes over.
  static let maximumOpen = 256

  /// Bytes that are handed over at one time, and as many more as there are up to the next tag.
  private static let pieceSize = 1 << 18

  /// Reads the copy of a page.
  /// - Parameters:
  ///   - markup: Well-formed UTF-8 that begins with the root's tag, without zero bytes. It is written to.
  ///   - pass: Has begun a page.
  /// - Returns: How many elements it told of.
  /// - Throws: When there is no memory.
  static func read(_ markup: inout [UInt8], by pass: inout LibXML2Pass) throws -> Int {
    let rootTag = FilteredNames.rootTag
    var start = 0
    while start < markup.count {
      guard let next = try read(markup, from: start, by: &pass) else { break }
      // The root again, in place of what has been read.
      start = next - rootTag.count
      var free = markup.mutableSpan
      free.store(rootTag.span, at: start)
    }
    return pass.count
  }

  /// Returns where a new parser must take over; nil at the end.
  private static func read(
    _ markup: [UInt8], from start: Int, by pass: inout LibXML2Pass
  ) throws -> Int? {
    var handlers = unsafe LibXML2.handlers
    // The pass stays where it is as long as the parser, and nothing else uses it: handlers are called by
    // `htmlParseChunk` alone, on this thread. What belongs to the parser is let go before it is freed.
    return try unsafe withUnsafeMutablePointer(to: &pass) { pass -> Int? in
      guard let parser = unsafe winnow_html_parser(&handlers, pass) else { throw OutOfMemory() }
      defer { unsafe htmlFreeParserCtxt(parser) }
      unsafe pass.pointee.parserBegins(LibXML2Parser(parser), markup, from: start)
      defer { unsafe pass.pointee.parserEnds() }
      var index = start
      while index < markup.count, unsafe !pass.pointee.hasStopped {
        let end = markup.index(of: UInt8(ascii: "<"), from: index + pieceSize) ?? markup.count
        let piece = markup.span.extracting(index..<end)
        _ = unsafe piece.withUnsafeBytes {
          unsafe htmlParseChunk(
            parser, $0.baseAddress, Int32($0.count), end == markup.count ? 1 : 0)
        }
        index = end
      }
      unsafe pass.pointee.settle()
      guard let end = unsafe pass.pointee.depthEnd else { return nil }
      // After the tag; older versions stop before its bracket.
      return markup.span.byte(at: start + end) == UInt8(ascii: ">") ? start + end + 1 : start + end
    }
  }

  /// The functions that libxml2 calls during a pass, with the pass first. Texts and names are the library's, and are
  /// there until the function returns.
  private static var handlers: xmlSAXHandler {
    var handlers = unsafe xmlSAXHandler()
    unsafe handlers.startElement = { pass, name, attributes in
      guard let pass = unsafe LibXML2.pass(pass), let name = unsafe name else { return }
      let element = unsafe MarkupName(cString: name)
      guard let tag = unsafe pass.pointee.elementBegins(element) else { return }
      // Names and values in turn, up to a null pointer.
      var attribute = unsafe attributes
      while let key = unsafe attribute?[0] {
        if let value = unsafe attribute?[1] {
          let bytes = unsafe UnsafeBufferPointer(start: value, count: Int(xmlStrlen(value)))
          unsafe pass.pointee.attribute(MarkupName(cString: key), bytes.span, of: tag)
        }
        unsafe attribute? += 2
      }
      unsafe pass.pointee.elementBegan(tag, element)
    }
    unsafe handlers.endElement = { pass, name in
      guard let pass = unsafe LibXML2.pass(pass), let name = unsafe name else { return }
      unsafe pass.pointee.endElement(MarkupName(cString: name))
    }
    unsafe handlers.characters = { pass, text, count in
      guard let pass = unsafe LibXML2.pass(pass), let text = unsafe text else { return }
      let bytes = unsafe UnsafeBufferPointer(start: text, count: Int(count))
      unsafe pass.pointee.characters(bytes.span)
    }
    unsafe handlers.ignorableWhitespace = handlers.characters
    unsafe handlers.cdataBlock = handlers.characters
    unsafe handlers.serror = { pass, error in
      guard let pass = unsafe LibXML2.pass(pass), let error = unsafe error?.pointee,
        unsafe error.code == XML_ERR_TAG_NAME_MISMATCH.rawValue, let name = unsafe error.str1
      else { return }
      let tag = unsafe name.withMemoryRebound(to: xmlChar.self, capacity: 1) {
        unsafe MarkupName(cString: $0)
      }
      unsafe pass.pointee.mismatch(tag, isOpen: error.str2 != nil)
    }
    return unsafe handlers
  }

  private static func pass(
    _ pointer: UnsafeMutableRawPointer?
  ) -> UnsafeMutablePointer<LibXML2Pass>? {
    unsafe pointer?.assumingMemoryBound(to: LibXML2Pass.self)
  }
}

/// What a pass asks of the parser that it is a part of.
///
/// Safe: only `LibXML2.read` makes one, and takes it back before the parser is freed.
@safe struct LibXML2Parser {
  private let context: htmlParserCtxtPtr

  fileprivate init(_ context: htmlParserCtxtPtr) { unsafe self.context = context }

  /// The place after everything that has been read.
  var place: Int { unsafe xmlByteConsumed(context) }

  /// Elements that it holds open.
  var openCount: Int { unsafe Int(context.pointee.nameNr) }

  func stop() { unsafe xmlStopParser(context) }
}

extension MarkupName {
  /// - Parameter cString: A name in small letters; a zero byte ends it.
  fileprivate init(cString: UnsafePointer<xmlChar>) {
    self.init()
    var letter = unsafe cString
    while unsafe letter.pointee != 0 {
      unsafe append(letter.pointee)
      unsafe letter += 1
    }
  }
}
