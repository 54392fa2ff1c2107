import Bytes

/// The content of a record, as far as its headers and the beginning of its block tell.
enum WARCContent {
  /// Perhaps; whoever reads all of it finds out.
  case page(WARCPage)
  case text(ArraySlice<UInt8>)
  /// Nothing that is read; what it is instead.
  case other(String)
  /// It claims to be a response and is none; why.
  case malformed(String)

  /// - Parameters:
  ///   - block: Its beginning may do: the HTTP header and a little of the body.
  ///   - statuses: Of responses that are read.
  init(_ header: WARCHeader, _ block: ArraySlice<UInt8>, statuses: Set<Int>) {
    switch header.type {
    case "response" where WARCContent.isHTTP(header, block):
      self = WARCContent.response(header, block, statuses)
    case "response", "resource":
      self = WARCContent.payload(
        WARCPage(body: block, media: header.media ?? WARCContent.identified(header)),
        of: header.type)
    case "conversion":
      if header.media?.essence ?? "text/plain" == "text/plain" {
        self = .text(block)
      } else {
        self = WARCContent.payload(WARCPage(body: block, media: header.media), of: header.type)
      }
    case "warcinfo", "request", "metadata", "revisit", "continuation": self = .other(header.type)
    default: self = .other("other types")
    }
  }

  private static func isHTTP(_ header: WARCHeader, _ block: ArraySlice<UInt8>) -> Bool {
    header.media.map { $0.essence == "application/http" } ?? block.starts(with: HTTPResponse.start)
  }

  /// The media type that the crawler detected in the payload itself.
  private static func identified(_ header: WARCHeader) -> MediaType? {
    MediaType(header.fields.values("warc-identified-payload-type"))
  }

  private static func response(
    _ header: WARCHeader, _ block: ArraySlice<UInt8>, _ statuses: Set<Int>
  ) -> WARCContent {
    do throws(HTTPResponse.Malformed) {
      let response = try HTTPResponse(block)
      guard statuses.contains(response.status) else {
        return .other("response with status \(response.status)")
      }
      var page = WARCPage(
        body: response.body,
        media: MediaType(response.fields.values("content-type")) ?? identified(header))
      page.response = response
      return payload(page, of: header.type)
    } catch {
      return .malformed(error.message)
    }
  }

  private static func payload(_ page: WARCPage, of type: String) -> WARCContent {
    guard let media = page.media else {
      // The content of a compressed page is known only after decompression.
      if page.isCompressed || page.body.isEmpty || FilesSource.isPage("", page.body) {
        return .page(page)
      }
      return .other("\(type) of no type")
    }
    return media.isHTML ? .page(page) : .other("\(type) of \(media.family)")
  }
}

extension WARCContent {
  /// The way a record is handled.
  enum Kind {
    case read(isCompressed: Bool)
    case other(String)

    /// - Parameter cursor: Where the block begins; nothing of it is used.
    init(
      of header: WARCHeader, _ cursor: inout WARCCursor, statuses: Set<Int>
    ) throws(StreamError) {
      var count = min(header.length, Kind.leastStart)
      let most = min(header.length, HeaderFields.maximumCount + Kind.shownCount)
      while true {
        // No more than was asked for, even if there is more: what comes of it must not depend on how a pipe
        // was filled.
        let block = try cursor.window(count).prefix(count)
        if count < most, header.type == "response" {
          let end = HeaderFields.end(of: block) ?? block.endIndex
          if block.endIndex - end < Kind.shownCount {
            count = most
            continue
          }
        }
        switch WARCContent(header, block, statuses: statuses) {
        case .page(let page): self = .read(isCompressed: page.isCompressed)
        case .text, .malformed: self = .read(isCompressed: false)
        case .other(let name): self = .other(name)
        }
        return
      }
    }

    var isRead: Bool {
      if case .read = self { true } else { false }
    }

    /// Most HTTP headers end within as many bytes.
    private static let leastStart = 1 << 12
    /// Bytes of a body that show what it is.
    private static let shownCount = 1 << 9
  }
}

/// A page in a record, as it was sent.
struct WARCPage {
  let body: ArraySlice<UInt8>
  /// Nil where nobody says.
  let media: MediaType?
  /// Nil for pages that did not come by HTTP.
  var response: HTTPResponse?

  init(body: ArraySlice<UInt8>, media: MediaType?) {
    self.body = body
    self.media = media
  }

  /// Whether it holds fewer bytes than the page.
  var isCompressed: Bool {
    guard let response else { return false }
    return !response.names("content-encoding").isEmpty
      || response.names("transfer-encoding").contains { $0 != "chunked" }
  }

  /// Bytes that a page may hold, of so many that were sent: a document's, and not very many times more than
  /// these, so that small records cannot make a batch huge.
  static func limit(_ sent: Int, maximumDocument: Int) -> Int {
    min(maximumDocument, sent * ratio + allowance)
  }

  /// No honest page is compressed so well.
  static let ratio = 200
  private static let allowance = 1 << 16
}
