import Bytes
import Pipeline
import Testing

@testable import HTMLStage

/// Processes a document with each reader, which must come to the same, each being the other's oracle.
/// - Returns: The document as the stage leaves it, and the reason if it is dropped.
func processedByBothReaders(
  _ document: Document, _ settings: HTML.Settings = HTML.Settings()
) throws -> (document: Document, reason: DropReason?) {
  let results = try PageParser.Reader.allCases.map {
    reader -> (document: Document, reason: DropReason?) in
    var (document, settings) = (document, settings)
    settings.parser = reader
    let context = Context(label: "html", standardInput: .standardInput)
    let outcome = try HTML(settings: settings, context: context).makeWorker().process(&document)
    if case .drop(let drop) = outcome { return (document, drop.reason) }
    return (document, nil)
  }
  let (one, other) = (results[0].document, results[1].document)
  #expect(one.text.string == other.text.string)
  #expect(one.metadata == other.metadata && one.annotations == other.annotations)
  #expect(results[0].reason?.name == results[1].reason?.name)
  return results[0]
}

/// What the `html` stage makes of a page, and why it drops it.
func htmlDocument(
  _ html: String, _ format: Page.Style.Format = .text, links: Bool = false, images: Bool = false
) throws -> (document: Document, reason: DropReason?) {
  var settings = HTML.Settings()
  settings.style.format = format
  settings.style.writesLinks = links
  settings.style.writesImages = images
  return try processedByBothReaders(
    Document(
      id: "page", html: RawHTML(bytes: Array(html.utf8)), metadata: [:],
      origin: Origin(file: "page.html")), settings)
}

/// The text of a page.
func htmlText(
  _ html: String, _ format: Page.Style.Format = .text, links: Bool = false, images: Bool = false
) throws -> String {
  try htmlDocument(html, format, links: links, images: images).document.text.string
}
