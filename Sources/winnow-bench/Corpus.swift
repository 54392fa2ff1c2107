import Bytes
import CLibXML2
import Pipeline

/// The pages of a corpus in memory, and the work that everything is compared with.
struct Corpus {
  let documents: [RawHTML]
  let byteCount: Int

  init(_ path: String) throws {
    var documents: [RawHTML] = []
    try forEachDocument(in: path) { document in
      if let html = document.html { documents.append(html) }
    }
    self.documents = documents
    byteCount = documents.reduce(0) { $0 + $1.bytes.count }
  }

  /// Parses all pages as they are, with handlers that count and do nothing else. Returns the number of
  /// elements.
  func parse() throws -> Int {
    var count = 0
    try withUnsafeMutablePointer(to: &count) { count in
      var handlers = xmlSAXHandler()
      handlers.startElement = { context, _, _ in
        context?.assumingMemoryBound(to: Int.self).pointee += 1
      }
      handlers.endElement = { _, _ in }
      handlers.characters = { _, _, _ in }
      for document in documents {
        try document.bytes.withUnsafeBytes { bytes in
          let start = bytes.bindMemory(to: CChar.self).baseAddress
          guard
            let parser = htmlCreatePushParserCtxt(
              &handlers, count, start, Int32(bytes.count), nil, XML_CHAR_ENCODING_UTF8)
          else { throw OutOfMemory() }
          htmlCtxtUseOptions(
            parser, Int32(HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue))
          htmlParseChunk(parser, nil, 0, 1)
          htmlFreeParserCtxt(parser)
        }
      }
    }
    return count
  }
}
