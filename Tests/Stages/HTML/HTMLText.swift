import Bytes
import Pipeline

@testable import HTMLStage

/// What the `html` stage makes of a page, and why it drops it.
func htmlDocument(
  _ html: String, _ format: Page.Style.Format = .text, links: Bool = false, images: Bool = false
) throws -> (document: Document, reason: DropReason?) {
  var settings = HTML.Settings()
  settings.style.format = format
  settings.style.writesLinks = links
  settings.style.writesImages = images
  var document = Document(
    id: "page", html: RawHTML(bytes: Array(html.utf8)), metadata: [:],
    origin: Origin(file: "page.html"))
  let context = Context(label: "html", standardInput: .standardInput)
  let outcome = try HTML(settings: settings, context: context).makeWorker().process(&document)
  if case .drop(let drop) = outcome { return (document, drop.reason) }
  return (document, nil)
}

/// The text of a page.
func htmlText(
  _ html: String, _ format: Page.Style.Format = .text, links: Bool = false, images: Bool = false
) throws -> String {
  try htmlDocument(html, format, links: links, images: images).document.text.string
}
