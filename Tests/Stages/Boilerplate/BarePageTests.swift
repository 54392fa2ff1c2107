import Bytes
import Pipeline
import Testing

@testable import BoilerplateStage

@Suite("boilerplate: pages with nothing around their text")
struct BarePageTests {
  private static let prose = """
    <p>The keeper of the lighthouse wrote down every ship that passed, its flag, its course and the weather of the \
    hour, and sent the book to the harbour office at the end of each month.</p><p>Forty of these books are left, and \
    the museum has begun to read them aloud to whoever comes on a Sunday.</p>
    """

  private func text(_ html: String) throws -> String {
    let page = try BlockFeaturesTests.page(html)
    var document = Document(id: "page", origin: Origin(file: "page.html"))
    document.page = page
    var chooser = try Boilerplate(
      settings: .init(), context: Context(label: "boilerplate", standardInput: .standardInput)
    ).makeWorker()
    _ = chooser.process(&document)
    return document.text.string
  }

  @Test(
    "their last lines are text, whatever they look like",
    arguments: [
      "Boats leave on the hour.", "<pre><code>let light = 4\nlet dark = 12</code></pre>",
      "<dl><dt>Lamp</dt><dd>What shines</dd><dt>Lens</dt><dd>What gathers it</dd></dl>",
      "<table><tr><th>Day<th>Ships<tr><td>Mon<td>4<tr><td>Tue<td>7</table>",
    ])
  func last(part: String) throws {
    let words = try text("<main><h1>The light</h1>\(Self.prose)\(part)</main>")
    let expected = part.contains("Boats") ? "hour." : part.contains("let") ? "dark" : ""
    #expect(words.contains(expected))
    if part.hasPrefix("<dl") { #expect(words.contains("What gathers it")) }
    if part.hasPrefix("<table") { #expect(words.contains("Tue | 7")) }
  }

  @Test("what has links, forms or parts for finding one's way around it is not bare")
  func furniture() throws {
    #expect(try BlockFeaturesTests.page("<main>\(Self.prose)</main>").isBare)
    for part in [
      "<a href=/x>on</a>", "<nav>menu</nav>", "<footer>(c)</footer>", "<form>name</form>",
    ] {
      #expect(try !BlockFeaturesTests.page("<main>\(Self.prose)</main>\(part)").isBare)
    }
  }
}
