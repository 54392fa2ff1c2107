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
enum LibXML2 {
  /// The library's version, such as `2.9.14`.
  static var version: String {
    let number = Int(String(cString: winnow_libxml2_version()).prefix { $0.isNumber }) ?? 0
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
  ///   - markup: Well-formed UTF-8 that begins with the root's tag, without zero bytes.
  ///   - sideAttributes: Those of its start tags.
  /// - Returns: How many elements it told of.
  /// - Throws: When there is no memory.
  static func read(
    _ markup: UnsafeMutableBufferPointer<UInt8>, sideAttributes: SideAttributes,
    into construction: inout TreeConstruction
  ) throws -> Int {
    try withUnsafeMutablePointer(to: &construction) { construction in
      var pass = LibXML2Pass(construction, sideAttributes)
      var start = 0
      while start < markup.count {
        let rest = UnsafeBufferPointer(rebasing: markup[start...])
        guard let next = try read(rest, by: &pass) else { break }
        // The root again, in place of what has been read.
        start += next - FilteredNames.rootTag.count
        for (index, byte) in FilteredNames.rootTag.enumerated() { markup[start + index] = byte }
      }
      return pass.count
    }
  }

  /// Returns where a new parser must take over; nil at the end.
  private static func read(
    _ markup: UnsafeBufferPointer<UInt8>, by pass: inout LibXML2Pass
  ) throws -> Int? {
    try withUnsafeMutablePointer(to: &pass) { pass -> Int? in
      var handlers = LibXML2.handlers
      guard let parser = winnow_html_parser(&handlers, pass) else { throw OutOfMemory() }
      defer { htmlFreeParserCtxt(parser) }
      pass.pointee.begin(parser, markup)
      var start = 0
      while start < markup.count, !pass.pointee.hasStopped {
        let end = markup.index(of: UInt8(ascii: "<"), from: start + pieceSize) ?? markup.count
        markup.withMemoryRebound(to: CChar.self) { bytes in
          _ = htmlParseChunk(
            parser, bytes.baseAddress.map { $0 + start }, Int32(end - start),
            end == markup.count ? 1 : 0)
        }
        start = end
      }
      pass.pointee.settle()
      guard let end = pass.pointee.end else { return nil }
      // After the tag; older versions stop before its bracket.
      return markup.byte(at: end) == UInt8(ascii: ">") ? end + 1 : end
    }
  }

  /// The functions that libxml2 calls during a pass.
  private static var handlers: xmlSAXHandler {
    var handlers = xmlSAXHandler()
    handlers.startElement = { pass, name, attributes in
      guard let pass, let name else { return }
      pass.assumingMemoryBound(to: LibXML2Pass.self).pointee.startElement(name, attributes)
    }
    handlers.endElement = { pass, name in
      guard let pass, let name else { return }
      pass.assumingMemoryBound(to: LibXML2Pass.self).pointee.endElement(name)
    }
    handlers.characters = { pass, text, count in
      guard let pass, let text else { return }
      pass.assumingMemoryBound(to: LibXML2Pass.self).pointee.characters(text, count)
    }
    handlers.ignorableWhitespace = handlers.characters
    handlers.cdataBlock = handlers.characters
    handlers.serror = { pass, error in
      guard let pass, let error else { return }
      pass.assumingMemoryBound(to: LibXML2Pass.self).pointee.error(error.pointee)
    }
    return handlers
  }
}
