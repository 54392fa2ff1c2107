import Bytes
import Pipeline
import TestSupport
import Testing

@testable import NormalizeStage

@Suite("normalize")
struct NormalizeTests {
  private func normalized(_ text: String, _ settings: String = "{}") throws -> String {
    var worker = try Normalize.made(from: settings).makeWorker()
    var document = Document(id: "1", text: UTF8Text(text), origin: Origin(file: "1.txt"))
    guard case .keep = worker.process(&document) else { return "dropped" }
    return document.text.string
  }

  @Test(
    "letters get one form",
    arguments: [
      ("nfc", "cafe\u{301}", "caf\u{E9}"), ("nfc", "\u{212B}", "\u{C5}"),
      ("nfc", "q\u{307}\u{323}", "q\u{323}\u{307}"), ("nfc", "\u{1100}\u{1161}", "\u{AC00}"),
      ("nfc", "\u{FB01} x\u{B2}", "\u{FB01} x\u{B2}"), ("nfkc", "\u{FB01} x\u{B2}", "fi x2"),
      ("nfkc", "\u{FF21}\u{FF76}\u{FF9E}", "A\u{30AC}"), ("keep", "cafe\u{301}", "cafe\u{301}"),
      ("nfc", "plain", "plain"), ("nfkc", "", ""),
      ("nfc", "e\u{200B}\u{301}", "\u{E9}"), ("nfkc", "a\u{B4}", "a \u{301}"),
    ])
  func forms(form: String, text: String, expected: String) throws {
    let result = try normalized(text, #"{"unicode": "\#(form)"}"#)
    #expect(Array(result.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(
    "white space becomes a space, a line end or an empty line",
    arguments: [
      ("lines", "  a \t b  \r\n  c\n\n\n\nd  ", "a b\nc\n\nd"),
      ("lines", "a\u{A0}\u{2003}b\u{3000}c\u{2028}d\u{85}e\rf", "a b c\nd\ne\nf"),
      ("lines", "a\n \n b", "a\n\nb"), ("lines", " \n ", ""),
      ("one_line", "a\n\n b\t\tc\n", "a b c"), ("keep", " a \r\n b ", " a \r\n b "),
    ])
  func whiteSpace(kind: String, text: String, expected: String) throws {
    #expect(try normalized(text, #"{"white_space": "\#(kind)"}"#) == expected)
  }

  @Test("what is not seen goes, and joiners stay")
  func invisible() throws {
    let hidden =
      "\u{FEFF}a\u{AD}b\u{200B}c\u{0}\u{1B}\u{9F}\u{202E}d\u{2060}\u{200E}\u{2066}e\u{7F}"
    #expect(try normalized(hidden) == "abcde")
    #expect(try normalized(hidden, #"{"invisible": "keep"}"#) == hidden)
    let joined = "می\u{200C}خواهم 👩\u{200D}🚀 ❤\u{FE0F}"
    #expect(try normalized(joined) == joined)
    // Spaces on both sides of it are one.
    #expect(try normalized("a \u{200B} b") == "a b")
  }

  @Test("a text in this form stays, with its page", arguments: 0..<20 as Range<UInt64>)
  func idempotent(seed: UInt64) throws {
    var random = Seed(seed)
    let settings = [
      "{}", #"{"unicode": "nfkc"}"#, #"{"white_space": "one_line"}"#, #"{"invisible": "keep"}"#,
    ]
    for _ in 0..<50 {
      let scalars: [UInt32] = [
        0x20, 0x0A, 0x0D, 0x09, 0xA0, 0xAD, 0x200B, 0x2028, 0x300, 0x301, 0x327, 0x1100, 0x1161,
        0x11A8, 0xFB01, 0x3000,
      ]
      let text = String(
        String.UnicodeScalarView(
          (0..<random.below(30)).compactMap { _ in
            Unicode.Scalar(
              random.oneIn(2) ? scalars[random.below(scalars.count)] : UInt32(random.below(0x3000)))
          }))
      for setting in settings {
        let once = try normalized(text, setting)
        #expect(try normalized(once, setting).unicodeScalars.elementsEqual(once.unicodeScalars))
        if setting == "{}" {
          #expect(!once.hasPrefix(" ") && !once.hasSuffix("\n") && !once.contains("\n\n\n"))
        }
      }
    }
  }

  @Test("texts of many pieces are normalized as a whole")
  func pieces() throws {
    // Accents stand where pieces would end.
    let words = (0..<50_000).map { "e\u{301}o\u{308}\($0 % 7 == 0 ? " " : "")" }
    let expected = words.joined().replacing("e\u{301}o\u{308}", with: "\u{E9}\u{F6}")
    let result = try normalized(words.joined(), #"{"white_space": "keep"}"#)
    #expect(result.utf8.elementsEqual(expected.utf8))
  }

  @Test("a text that grows without measure, and one without a place to part it, are rejected")
  func hostile() throws {
    for text in [
      String(repeating: "\u{FDFA} ", count: 1000),
      String(repeating: "\u{E01}\u{E33}", count: 200_000),
    ] {
      #expect(try normalized(text, #"{"unicode": "nfkc"}"#) == "dropped")
    }
    #expect(try normalized("\u{FDFA}", #"{"unicode": "nfc"}"#) == "\u{FDFA}")
  }

  @Test("a page stays with its text, and goes when the text changes")
  func page() throws {
    var worker = try Normalize.made(from: "{}").makeWorker()
    for (text, stays) in [("The same.", true), ("Two  spaces.", false)] {
      var document = Document(id: "1", text: UTF8Text(text), origin: Origin(file: "1.txt"))
      document.page = Page()
      _ = worker.process(&document)
      #expect((document.page != nil) == stays)
    }
  }

  @Test("wrong settings")
  func wrong() {
    #expect(
      throws: WrongSettings(messages: [
        "unicode must be one of \"nfc\", \"nfkc\", \"keep\", is \"nfd\"; did you mean nfc?"
      ])
    ) { try Normalize.Settings.read(from: #"{"unicode": "nfd"}"#) }
  }
}
