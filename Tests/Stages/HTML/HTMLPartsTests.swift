import Bytes
import Pipeline
import Testing

@testable import HTMLStage

@Suite("html: formulas, code, pictures, controls, what is closed")
struct HTMLPartsTests {
  // MARK: Formulas

  @Test(
    "a formula is its TeX, else its alternative text, else its characters",
    arguments: [
      (
        "<math><semantics><mrow><mi>q</mi><mo>=</mo><mn>5</mn></mrow>"
          + "<annotation encoding=application/x-tex>q = 5</annotation></semantics></math>", "q = 5"
      ),
      ("<math alttext=E_n><msub><mi>E</mi><mi>n</mi></msub></math>", "E_n"),
      ("<math><mn>1.33</mn></math>", "1.33"),
      ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "1 2"),
      (
        "<math><semantics><mi>x</mi><annotation-xml encoding=MathML-Content><ci>y</ci></annotation-xml>"
          + "</semantics></math>", "x"
      ),
      ("<math alttext=' '><mi>x</mi></math>", "x"),
      (
        "<span class=mwe-math-element><span class='mwe-math-mathml-inline' style='display: none'>"
          + "<math alttext='{a}'><mi>a</mi></math></span><img class=mwe-math-fallback-image-inline alt='{a}'>"
          + "</span>", "{a}"
      ),
      (
        "<span class=katex><span class=katex-mathml><math><semantics><mi>x</mi>"
          + "<annotation encoding=application/x-tex>x</annotation></semantics></math></span>"
          + "<span class=katex-html aria-hidden=true><span>x</span></span></span>", "x"
      ),
    ])
  func formulas(_ formula: String, _ text: String) throws {
    #expect(try htmlText("<p>Load \(formula) here.") == "Load \(text) here.")
    #expect(
      try htmlText("<p>Load \(formula) here.", .markdown, images: true) == "Load \(text) here.")
  }

  @Test("a formula that the page hides, or never ends")
  func hiddenFormulas() throws {
    #expect(try htmlText("<p>Load <math hidden><mi>x</mi></math>here.") == "Load here.")
    #expect(try htmlText("<p>Load here: <math><mi>x</mi>") == "Load here: x")
  }

  @Test("a formula in a cell is its content")
  func formulaInCell() throws {
    let html = "<table><tr><th>a<th>b<tr><td>summer<td><math><mn>1.33</mn></math></table>"
    #expect(try htmlText(html) == "a | b\nsummer | 1.33")
  }

  // MARK: Code

  @Test(
    "code in lines of elements is the code in one block",
    arguments: [
      "<pre><code><div class=line>const x = 1;</div><div class=line>  const y = 2;</div></code></pre>",
      "<pre><div>const x = 1;\n</div><div>  const y = 2;\n</div></pre>",
      "<pre>\n<div>const x = 1;</div>\n<div>  const y = 2;</div>\n</pre>",
      "<pre><ol><li>const x = 1;<li>  const y = 2;</ol></pre>",
      "<pre><code><code-line>const <b>x</b> = 1;</code-line><code-line>  const y = 2;</code-line></pre>",
      "<pre><div class=wrap><div>const x = 1;</div><div>  const y = 2;</div></div></pre>",
    ])
  func linesOfCode(_ html: String) throws {
    let page = try #require(try htmlDocument("<p>Text.</p>\(html)<p>End.").document.page)
    #expect(page.blocks.map(\.kind) == [.paragraph, .code, .paragraph])
    #expect(
      String(decoding: page.text, as: UTF8.self) == "Text.\nconst x = 1;\n  const y = 2;\nEnd.")
  }

  @Test("an empty line of code is a line, a hidden one is none")
  func emptyLines() throws {
    #expect(try htmlText("<pre><div>a</div><div></div><div>b</div></pre>") == "a\n\nb")
    #expect(try htmlText("<pre><div>a</div><div hidden>copy</div><div>b</div></pre>") == "a\nb")
  }

  // MARK: Pictures

  @Test(
    "a picture that loads late has the address that a script would give it",
    arguments: [
      "<img class=lazy data-src=/a.jpg src=data:image/gif;base64,R0 alt=A>",
      "<img data-src=/a.jpg alt=A>", "<img data-original=/a.jpg src=/grey.gif alt=A>",
      "<img data-lazy-src=/a.jpg src=/grey.gif alt=A>", "<img srcset='/a.jpg 2x' alt=A>",
      "<img data-srcset='/a.jpg 300w, /b.jpg 600w' alt=A>", "<img src=/a.jpg srcset=/b.jpg alt=A>",
      "<img alt=A src=data:image/gif;base64,R0><noscript><img src=/a.jpg alt=A></noscript>",
      "<img alt=A><noscript> <img alt='A' src='/a.jpg'/> </noscript>",
    ])
  func latePictures(_ picture: String) throws {
    #expect(
      try htmlText("<p>One \(picture) two.", .markdown, images: true) == "One ![A](/a.jpg) two.")
  }

  @Test("the picture in a noscript beside another one is not its twin")
  func noTwin() throws {
    let html = "<p>One <img alt=A><noscript><img src=/b.jpg alt=B></noscript> two."
    #expect(try htmlText(html, .markdown, images: true) == "One ![A]() two.")
  }

  // MARK: Between words

  @Test(
    "where a picture or a control stood between words, a space remains",
    arguments: [
      "<img src=s.gif>", "<button>edit</button>", "<select><option>red</select>", "<input>",
      "<iframe src=x></iframe>", "<video src=v></video>", "<textarea>t</textarea>",
      "<canvas></canvas>", "<svg><path d=M0/></svg>", "<object></object>", "<embed src=x>",
      "<audio controls></audio>",
    ])
  func replaced(_ element: String) throws {
    #expect(
      try htmlText("<p>Great news!\(element)Thanks. Opening\(element)hours.")
        == "Great news! Thanks. Opening hours.")
    #expect(try htmlText("<p>Great news\(element). (\(element)Thanks)") == "Great news. (Thanks)")
    #expect(try htmlText("<p>東京\(element)大学") == "東京大学")
  }

  @Test(
    "what shows nothing leaves words in one piece",
    arguments: [
      "<script>x</script>", "<style>x</style>", "<noscript>x</noscript>", "<img hidden>",
      "<input type=hidden>", "<span hidden>x</span>", "<wbr>", "<template>x</template>",
    ])
  func nothingShown(_ element: String) throws {
    #expect(try htmlText("<p>foot\(element)bridge") == "footbridge")
  }

  // MARK: Closed and hidden parts

  @Test(
    "closed dialogs and popovers are hidden, open ones are not",
    arguments: [
      ("<dialog><p>Sign up.</p></dialog>", "Text."), ("<div popover>Sign up.</div>", "Text."),
      ("<dialog open><p>Sign up.</p></dialog>", "Sign up.\nText."),
      ("<span popover=manual>Sign up.</span>", "Text."),
      ("<details open><p>More.</p></details>", "More.\nText."),
    ])
  func closed(_ part: String, _ text: String) throws {
    #expect(try htmlText("\(part)<p>Text.") == text)
  }

  // MARK: Fallback

  private let paragraph = """
    The council of Netherby voted on Tuesday to rebuild the old footbridge, which had been closed since the \
    winter floods.
    """

  @Test("a page that shows nothing gives what it has for those without scripts, short as it is")
  func shortFallback() throws {
    let page = try htmlDocument("<div id=root></div><noscript><p>\(paragraph)</p></noscript>")
    #expect(page.document.text.string == paragraph)
  }

  @Test(
    "a call for scripts and a waiting note are no text",
    arguments: [
      "We're sorry but this app doesn't work properly without JavaScript enabled. Please enable it to continue.",
      "You need to enable JavaScript to run this app.", "Loading",
    ])
  func noFallback(_ note: String) throws {
    let page = try htmlDocument("<div id=root></div><noscript><p>\(note)</p></noscript>")
    #expect(page.reason == .noText)
  }

  @Test("a page that shows something keeps it")
  func shownFirst() throws {
    #expect(try htmlText("<p>Shop</p><noscript><p>\(paragraph)</p></noscript>") == "Shop")
  }
}
