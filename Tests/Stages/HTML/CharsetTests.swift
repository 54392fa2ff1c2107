import Bytes
import Pipeline
import TestSupport
import Testing

@testable import HTMLStage

/// Texts in every character set, as another program's encoders wrote them.
private struct Encoded: CustomTestStringConvertible {
  let charset: String
  let language: String

  var testDescription: String { charset }

  static let all: [Encoded] = [
    ("gb18030", "simplified"), ("big5", "traditional"), ("shift_jis", "japanese"),
    ("euc-jp", "japanese"), ("iso-2022-jp", "japanese"), ("euc-kr", "korean"),
    ("windows-1250", "polish"), ("windows-1251", "russian"), ("windows-1252", "german"),
    ("windows-1253", "greek"), ("windows-1254", "turkish"), ("windows-1255", "hebrew"),
    ("windows-1256", "arabic"), ("windows-1257", "lithuanian"), ("windows-1258", "vietnamese"),
    ("windows-874", "thai"), ("koi8-r", "russian"), ("koi8-u", "ukrainian"), ("ibm866", "russian"),
    ("iso-8859-2", "czech"), ("iso-8859-5", "russian"), ("iso-8859-7", "greek"),
    ("iso-8859-8", "hebrew"), ("iso-8859-13", "lithuanian"), ("iso-8859-15", "french"),
    ("utf-16le", "simplified"), ("utf-16be", "greek"),
  ].map { Encoded(charset: $0.0, language: $0.1) }

  /// The text, without the line feed that ends the file.
  func text() throws -> String {
    String(
      String(decoding: try Fixture.bytes("charsets/\(language).txt"), as: UTF8.self).dropLast())
  }

  /// A page of the text, with such a declaration.
  func page(declaring label: String?) throws -> [UInt8] {
    let declaration = label.map { "<meta charset=\"\($0)\">" } ?? ""
    let start = "<!DOCTYPE html><html><head>\(declaration)</head><body><p>"
    return ascii(start) + (try Fixture.bytes("charsets/\(charset).bin"))
      + ascii("</p></body></html>")
  }

  func ascii(_ text: String) -> [UInt8] {
    text.utf8.flatMap { byte -> [UInt8] in
      switch charset {
      case "utf-16le": [byte, 0]
      case "utf-16be": [0, byte]
      default: [byte]
      }
    }
  }

  /// A byte order mark, if the set has one.
  var mark: [UInt8] {
    charset == "utf-16le" ? [0xFF, 0xFE] : charset == "utf-16be" ? [0xFE, 0xFF] : []
  }

  /// Labels of other sets, those that pages declare wrongly.
  static let labels = [
    "utf-8", "iso-8859-1", "windows-1250", "windows-1251", "koi8-r", "iso-8859-7", "windows-1254",
    "gb2312", "big5", "shift_jis", "euc-jp", "ks_c_5601-1987",
  ]
}

@Suite("html: character sets of whole pages")
struct CharsetTests {
  /// What the stage makes of a page: its text, or why it was dropped; and its annotations.
  private func read(
    _ bytes: [UInt8], charset: String? = nil
  ) throws -> (text: String, notes: JSONObject) {
    let (document, reason) = try processedByBothReaders(
      Document(
        id: "page", html: RawHTML(bytes: bytes, charset: charset), origin: Origin(file: "page.html")
      ))
    if let reason { return (reason.name, JSONObject()) }
    return (document.text.string, document.annotations["html"]?.object ?? JSONObject())
  }

  // MARK: Worked examples

  @Test("declared rightly, by the page or by the transport", arguments: Encoded.all)
  private func declared(_ encoded: Encoded) throws {
    let text = try encoded.text()
    #expect(try read(encoded.page(declaring: encoded.charset)).text == text)
    #expect(try read(encoded.page(declaring: nil), charset: encoded.charset).text == text)
    #expect(try read(encoded.mark + encoded.page(declaring: nil)).text == text)
  }

  @Test("undeclared, the letters tell, and the record says what they told", arguments: Encoded.all)
  private func undeclared(_ encoded: Encoded) throws {
    let read = try read(encoded.page(declaring: nil))
    #expect(read.text == (try encoded.text()))
    #expect(read.notes["charset"]?.string != nil)
  }

  @Test("declared wrongly, the text is right", arguments: Encoded.all)
  private func declaredWrongly(_ encoded: Encoded) throws {
    let text = try encoded.text()
    for label in Encoded.labels {
      let read = try read(encoded.page(declaring: label))
      #expect(
        read.text == text, "declared \(label), noted \(JSONValue.object(read.notes).jsonText)")
    }
  }

  @Test("KOI8-R and windows-1251 exchange capitals and small letters, which tells them apart")
  func capitals() throws {
    for (charset, label) in [("koi8-r", "windows-1251"), ("windows-1251", "koi8-r")] {
      let encoded = Encoded(charset: charset, language: "russian")
      let read = try read(encoded.page(declaring: label))
      #expect(read.text == (try encoded.text()))
      #expect(read.notes == ["charset": .string(charset)])
    }
  }

  @Test("one Chinese set declared as the other: rows of rare characters tell them apart")
  func chinese() throws {
    for (charset, language, label) in [
      ("gb18030", "simplified", "big5"), ("big5", "traditional", "gbk"),
      ("euc-jp", "japanese", "gb2312"), ("euc-kr", "korean", "big5-hkscs"),
    ] {
      let encoded = Encoded(charset: charset, language: language)
      let read = try read(encoded.page(declaring: label))
      #expect(read.text == (try encoded.text()))
      #expect(read.notes == ["charset": .string(charset)])
    }
  }

  @Test(
    "labels as the Encoding Standard maps them",
    arguments: [
      ("ISO-8859-1", "windows-1252"), (" ascii ", "windows-1252"), ("latin1", "windows-1252"),
      ("x-user-defined", "windows-1252"), ("gb2312", "gb18030"), ("GBK", "gb18030"),
      ("sjis", "shift_jis"), ("windows-31j", "shift_jis"), ("ks_c_5601-1987", "euc-kr"),
      ("iso-8859-9", "windows-1254"), ("iso-8859-11", "windows-874"), ("tis-620", "windows-874"),
      ("big5-hkscs", "big5"), ("utf8", "utf-8"), ("unicode", "utf-16le"),
      ("hz-gb-2312", "replacement"), ("iso-2022-kr", "replacement"), ("klingon", nil), ("", nil),
    ] as [(String, String?)])
  func labels(label: String, name: String?) {
    #expect(Charset.labelled(label.utf8)?.name == name)
  }

  @Test("a byte order mark wins over the page and over the transport")
  func marks() throws {
    for (charset, language) in [("utf-16le", "simplified"), ("utf-16be", "greek")] {
      let encoded = Encoded(charset: charset, language: language)
      let page = try encoded.mark + encoded.page(declaring: "windows-1251")
      let read = try read(page, charset: "koi8-r")
      #expect(read.text == (try encoded.text()))
      #expect(read.notes == ["charset": .string(charset)])
    }
    let page: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("<meta charset=big5><p>größer".utf8)
    #expect(try read(page, charset: "koi8-r").text == "größer")
  }

  @Test("the transport wins over the page, where the letters do not say otherwise")
  func transport() throws {
    let page = Array("<meta charset=windows-1252><p>".utf8) + [0xA3, 0xF3, 0x64, 0xBC]
    #expect(try read(page, charset: "iso-8859-2").text == "Łódź")
  }

  @Test("UTF-16 without a mark, of a page that is nearly all text")
  func unmarked() throws {
    for (charset, language) in [("utf-16le", "simplified"), ("utf-16be", "japanese")] {
      let text = String(
        repeating: String(
          decoding: try Fixture.bytes("charsets/\(language).txt"), as: UTF8.self
        ).filter { !$0.isNewline }, count: 30)
      let units = Array("<p>\(text)".utf16)
      let page = units.flatMap { unit -> [UInt8] in
        let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
        return charset == "utf-16le" ? [low, high] : [high, low]
      }
      #expect(try read(page).text == text)
      let spaces: [UInt8] = charset == "utf-16le" ? [0x0A, 0, 0x20, 0] : [0, 0x0A, 0, 0x20]
      #expect(try read(spaces + page, charset: "big5").text == text)
    }
  }

  @Test("a few characters of East Asia declared as letters of Europe")
  func shortEastAsia() throws {
    // 渡轮清晨离开码头, 渡輪清晨離開碼頭
    let simplified: [UInt8] = [
      0xB6, 0xC9, 0xC2, 0xD6, 0xC7, 0xE5, 0xB3, 0xBF, 0xC0, 0xEB, 0xBF, 0xAA, 0xC2, 0xEB, 0xCD,
      0xB7,
    ]
    let traditional: [UInt8] = [
      0xB4, 0xE7, 0xBD, 0xFC, 0xB2, 0x4D, 0xB1, 0xE1, 0xC2, 0xF7, 0xB6, 0x7D, 0xBD, 0x58, 0xC0,
      0x59,
    ]
    for label in ["utf-8", "windows-1252"] {
      let page = Array("<meta charset=\(label)><p>".utf8)
      #expect(try read(page + simplified).text == "渡轮清晨离开码头")
      #expect(try read(page + traditional).text == "渡輪清晨離開碼頭")
    }
  }

  @Test("a text too short to be dropped for its odd letters says that it has them")
  func odd() throws {
    // "Loď vyplula z přístavu" in ISO-8859-2, where nothing but the declaration says what it is.
    let page =
      Array("<p>Lo".utf8) + [0xEF] + Array(" vyplula z p".utf8) + [0xF8, 0xED] + Array("stavu".utf8)
    let read = try read(page, charset: "koi8-r")
    #expect(read.text == "LoО vyplula z pЬМstavu")
    #expect(read.notes == ["charset": "koi8-r", "odd": 2])
  }

  @Test("a page that says it is in UTF-16, in ASCII, is in UTF-8")
  func impossibleUTF16() throws {
    #expect(try read(Array("<meta charset=utf-16><p>größer".utf8)).text == "größer")
  }

  @Test("characters that are lost are counted on the record")
  func lost() throws {
    let good = String(repeating: "Häfen und Brücken über größere Flüsse. ", count: 10)
    let page = Array("<p>\(good)".utf8) + [0xE2, 0x80] + Array(" und ".utf8) + [0xFF]
    let read = try read(page)
    #expect(read.text == good + "\u{FFFD} und \u{FFFD}")
    #expect(read.notes == ["lost": 2])
  }

  @Test("a character that the end of the page cuts in two is lost, the others are not")
  func truncated() throws {
    let encoded = Encoded(charset: "shift_jis", language: "japanese")
    let page =
      try encoded.ascii("<meta charset=shift_jis><p>")
      + Fixture.bytes("charsets/shift_jis.bin").dropLast(2)
    let read = try read(page)
    #expect(read.text == (try encoded.text()).dropLast() + "\u{FFFD}")
    #expect(read.notes == ["charset": "shift_jis", "lost": 1])
  }

  @Test("the last letter stays where a converter keeps it for an accent that may follow")
  func lastLetter() throws {
    #expect(
      try read(Array("<p>B".utf8) + [0xE0] + Array(" ta".utf8), charset: "windows-1258").text
        == "Bà ta")
    #expect(try read(Array("<p>l".utf8) + [0xE0], charset: "windows-1258").text == "là")
  }

  // MARK: Edges

  @Test("bytes of a shifted set that nobody decodes are dropped")
  func replacement() throws {
    let page =
      Array("<meta charset=iso-2022-kr><p>".utf8) + [0x1B] + Array("$)C".utf8) + [0x0E]
      + Array(String(repeating: "GQ19>n", count: 10).utf8) + [0x0F]
    #expect(try read(page).text == "undecodable")
  }

  @Test("any bytes with any declaration end, with text or without")
  func noise() throws {
    var generator = Seed(11)
    for label in Encoded.labels + Encoded.all.map(\.charset) {
      let noise = (0..<600).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      let read = try read(Array("<meta charset=\(label)><p>".utf8) + noise)
      #expect(!read.text.isEmpty)
    }
  }
}
