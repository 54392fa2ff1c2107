import Bytes
import PageText
public import Pipeline

/// Takes pages apart: character set, text in blocks, metadata.
///
/// A page goes through three steps. The decoder makes UTF-8 of it; the parser finds tags and text and
/// nests the elements; the builder makes a flat tree and blocks of them. The tree is handed to the stage
/// that chooses among the blocks (`Document.page`); should none follow, the text is all that the page
/// shows.
///
/// Three quarters of a page's bytes are markup that nothing here asks for. A scanner steps over them, and
/// libxml2 reads the rest: the stage takes half of the time that libxml2 alone takes for the whole pages.
public struct HTML: Stage {
  public struct Settings: ComponentSettings {
    var keepsHidden = false
    var style = Page.Style()
    var parser = PageParser.Reader.libxml2

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "keeps_hidden", \.keepsHidden,
        "Keep text that the page hides at first: by the attribute hidden, or by the styles display:none and "
          + "visibility:hidden."),
      Field(
        "format", \.style.format,
        "How this stage and `boilerplate` write the text: as plain text or as Markdown."),
      Field(
        "links", \.style.writesLinks,
        "Write the addresses of links: `text (address)` in plain text, `[text](address)` in Markdown."
      ),
      Field(
        "images", \.style.writesImages,
        "Write the alternative texts of pictures: `[text]` in plain text, `![text](address)` in Markdown."
      ),
      Field(
        "parser", \.parser,
        "What reads the tags and the text of a page: libxml2, or winnow's own reader, `fast`. Both give the "
          + "same text; `fast` takes half of the time."),
    ]
  }

  public static let manual = Manual(
    name: "html",
    summary: "Takes HTML pages apart into text and metadata.",
    discussion: """
      **Text.** A document that came as HTML gets the text that a browser would show, in blocks: paragraphs, \
      headings, list items, quotations, captions, code, and rows of tables with ` | ` between the cells. \
      Scripts, styles, controls and hidden parts are left out; `boilerplate` may still find main content among \
      what is hidden. There is one line feed between blocks, and a line feed inside a block is a line break of \
      the page. Put `boilerplate` after this stage to keep only the main content. Documents without HTML pass \
      as they are.

      **Markdown.** With `"format": "markdown"` headings, lists, quotations, code, emphasis and line breaks are \
      written as CommonMark has them, tables of data as GitHub does, and definition lists as Markdown Extra \
      does. Characters that would mean something else get a backslash. Addresses of links and pictures are \
      resolved against the page's own (`url` in the metadata, `base` in the page). Left out are addresses that \
      lead to a place in the page itself, to scripts or to data, and those of more than \
      \(BaseAddress.maximumLength) bytes.

      **Pages that need their scripts.** If a page shows less than \(HTMLWorker.scriptedText) bytes of text, the \
      stage takes what the page keeps in `noscript`, in hidden parts, or as `articleBody` in its linked data, \
      if that is at least so much. If the page shows nothing at all, \(HTMLWorker.fallbackText) bytes are enough; \
      calls to turn JavaScript on do not count.

      **Formulas and pictures.** A formula is written as the TeX that it holds, else by its alternative text, \
      else by its characters. Closed dialogs and popovers are hidden parts. Where a picture, a film or a \
      control stood between two words, a space remains.

      **Tables.** Rows of a table of data keep their columns: an empty cell is an empty place between two ` | `, \
      and so is each column and row that a cell reaches into. If a cell holds several blocks, an inner table \
      among them, they follow each other in it, in Markdown with `<br>` in between. In a table that only lays \
      out the page, each cell is a block of its own. Such a table has the `role` `presentation`, or has no \
      header cells and holds headings, forms, tables or a single row of long texts.

      **Character set.** A byte order mark decides. Without one it is UTF-8, if all bytes but a few fit. \
      Otherwise it is the set that the server or the page declares, unless the text is more plausible in the \
      set that the frequencies of the letters suggest. Labels are those of the WHATWG Encoding Standard. The \
      annotation `charset` names the set if it is not UTF-8, or not the declared one. `charset_rival` names the \
      set that the frequencies suggest, if it was not used. `odd` counts characters that nobody writes in such \
      places, if there are so many that the set is in doubt, and `lost` counts characters that the bytes do \
      not give. A page whose bytes make a text in no set is dropped.

      **Metadata** come from linked data (JSON-LD), Open Graph, Dublin Core, the tags of journals and other \
      `meta` elements, microdata, headings, bylines, `time` elements, elements whose classes say that they hold \
      a date, and the day in the address. What nothing says is null. A day such as 3/4/2024 counts only if the \
      language that the page declares tells which number is the month. `date` is the day of publication. If a \
      page shows only the day of its last change, `date` is that day, if it stands beside the title, or anywhere \
      on a page that declares itself an article or a discussion. Products, services, software and courses have \
      no date. A site that names itself as the author counts only on pages that are dated, or that declare \
      themselves articles or discussions.

      What the input already says under a key stays; another value goes to the annotations. The publication \
      date also becomes `created`, if the input does not say it.

      **Limits.** Pages beyond all measure are cut, and the annotation `cut` says at which limit: elements nested \
      \(TreeConstruction.maximumDepth) deep, \(PageBuilder.maximumElements) elements, \
      \(PageBuilder.maximumBlocks) blocks, or \(ByteCount(bytes: PageBuilder.maximumText)) of text. Of links and \
      emphases, at most \(MarkupCollector.maximumSpans) are written, of pictures as many, and of their addresses \
      and texts \(ByteCount(bytes: MarkupCollector.maximumStrings)); `cut` calls this limit `markup`.
      """,
    example: #"{ "use": "html" }"#,
    effects: [.rewritesText, .makesPage],
    promises: [
      .init("title", "The page's title, without the site's name."),
      .init("author", "Who wrote it; several names are separated by commas."),
      .init("date", "Day of publication, `YYYY-MM-DD`."),
      .init("modified", "Day of the last change, `YYYY-MM-DD`."),
      .init("description", "The page's own summary."),
      .init("site", "The site's name."),
      .init("canonical_url", "The address that the page wants to be known by."),
      .init(
        "declared_language", "The language that the page says it is in, as it is written there."),
      .init(
        "page_type",
        "What the page says it is: "
          + PageType.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ") + "."),
    ],
    reasons: [.undecodable, .noText],
    libraries: [.init("libxml2", version: LibXML2.version)])

  private let settings: Settings
  private let label: String

  public init(settings: Settings, context: Context) {
    self.settings = settings
    // Once, before there are threads.
    _ = LibXML2.isReady
    label = context.label
  }

  public func makeWorker() throws -> sending HTMLWorker {
    try HTMLWorker(label: label, settings: settings)
  }
}

/// One thread's decoder and parser.
public final class HTMLWorker: StageWorker {
  private let label: String
  private let decoder: PageDecoder
  private let scripts: JSONRecordParser
  private let keepsHidden: Bool
  private var parser: PageParser
  private var pageText = PageText()
  private var scriptBuffer: [UInt8] = []

  init(label: String, settings: HTML.Settings) throws {
    self.label = label
    keepsHidden = settings.keepsHidden
    parser = PageParser(style: settings.style, reader: settings.parser)
    decoder = try PageDecoder()
    scripts = try JSONRecordParser()
  }

  public func process(_ document: inout Document) throws -> Verdict {
    guard let html = document.html else {
      for promise in HTML.manual.promises { document.state(promise.key, .null, label: label) }
      return .keep
    }
    var linked = LinkedData()
    var kinds = Page.Kinds()
    let address = document.metadata["url"]?.string ?? ""
    let (shown, charset) = try decoder.withText(of: html) { text, charset in
      guard !charset.isUndecodable else { return (PageParser.Result?.none, charset) }
      let shown = try parse(text, address: address)
      for range in parser.linkedData {
        let script = text.span.extracting(range)
        linked.read(script, parser: scripts, buffer: &scriptBuffer)
        kinds.insert(linkedData: script)
      }
      linked.resolve()
      return (shown, charset)
    }
    guard let shown else {
      return .drop(.undecodable, ["charset": .string(charset.used.name)])
    }
    let result = try completed(shown, linked, address: address)
    if result.damaged > 0,
      result.damaged * HTMLWorker.damagedShare > UTF8Text.scalarCount(result.page.text.span)
    {
      return .drop(.undecodable, ["charset": .string(charset.used.name)])
    }
    // A page without text may still say what it would have been.
    state(shown, linked, charset, &document)
    if result.page.shownBlocks.isEmpty { return .drop(.noText) }
    kinds.insert(openGraph: shown.facts.meta[MetadataKeys.type])
    document.text = UTF8Text(wellFormed: pageText.whole(result.page))
    document.page = result.page
    document.page?.kinds = kinds
    document.html = nil
    return .keep
  }

  /// A page that shows less text than this, in bytes, without its scripts: its text is looked for where
  /// it keeps it until they run, in `noscript` and in hidden parts.
  fileprivate static let scriptedText = 500
  /// The same of a page that shows nothing: less is the name of a program, or "Loading".
  fileprivate static let fallbackText = 100

  private func parse(
    _ text: MarkupText, address: String
  ) throws -> PageParser.Result {
    let shown = try parser.parse(text, address: address, keepsHidden: keepsHidden)
    if shown.page.shownBytes >= HTMLWorker.scriptedText { return shown }
    let all = try parser.parse(text, address: address, keepsHidden: true, keepsFallback: true)
    if all.page.text.count >= HTMLWorker.scriptedText { return all }
    // Where nothing is shown, little is better than nothing, unless it asks for scripts to be allowed.
    let isEmpty = shown.page.shownBlocks.isEmpty
    return isEmpty && all.page.bytesBesideScriptNotes >= HTMLWorker.fallbackText ? all : shown
  }

  /// The page that a browser would show after running the scripts, as far as its linked data hold it.
  private func completed(
    _ shown: PageParser.Result, _ linked: LinkedData, address: String
  ) throws -> PageParser.Result {
    guard shown.page.text.count < HTMLWorker.scriptedText, let body = linked.body,
      body.utf8.count >= HTMLWorker.scriptedText
    else { return shown }
    var html = Array("<article>".utf8)
    if body.contains("</p>") || body.contains("<br") {
      html += body.utf8
    } else {
      for line in body.split(whereSeparator: \.isNewline) {
        html += "<p>".utf8
        for byte in line.utf8 {
          if byte == UInt8(ascii: "<") { html += "&lt;".utf8 } else { html.append(byte) }
        }
      }
    }
    return try parser.parse(MarkupText(html), address: address, keepsHidden: keepsHidden)
  }

  /// A text in which one character of so many is lost is not worth keeping.
  private static let damagedShare = 20

  private func state(
    _ result: PageParser.Result, _ linked: LinkedData, _ charset: PageDecoder.Finding,
    _ document: inout Document
  ) {
    let metadata = PageMetadata(
      result.page, result.facts, linked, address: document.metadata["url"]?.string)
    for (key, value) in metadata.members { document.state(key, value, label: label) }
    if document.created == nil, let date = metadata.date {
      document.created = "\(date.iso)T00:00:00.000Z"
    }
    let isContradicted = charset.declared.map { $0 != charset.used } ?? false
    if charset.used != .utf8 || isContradicted && !charset.isASCII {
      document.annotate("charset", .string(charset.used.name), label: label)
    }
    if let rival = charset.rival {
      document.annotate("charset_rival", .string(rival.name), label: label)
    }
    if charset.odd > 0 { document.annotate("odd", .int(Int64(charset.odd)), label: label) }
    if charset.lost > 0 { document.annotate("lost", .int(Int64(charset.lost)), label: label) }
    if !result.limits.isEmpty {
      document.annotate("cut", .array(result.limits.map(JSONValue.string)), label: label)
    }
  }
}

extension Page {
  /// Bytes of the blocks that do not ask the reader to allow JavaScript.
  fileprivate var bytesBesideScriptNotes: Int {
    let bytes = text.span
    return blocks.reduce(0) { sum, block in
      let own = bytes.extracting(Int(block.text.lowerBound)..<Int(block.text.upperBound))
      return own.holds("javascript") ? sum : sum + own.count
    }
  }
}

extension DropReason {
  static let undecodable = DropReason(
    "undecodable", "In no character set do the page's bytes make a text.")
  static let noText = DropReason("no_text", "The page shows no text.")
}
