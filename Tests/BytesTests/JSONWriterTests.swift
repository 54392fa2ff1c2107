import Bytes
import TestSupport
import Testing

@Suite struct JSONWriterTests {
  static func text(_ writer: JSONWriter) -> String { String(decoding: writer.bytes, as: UTF8.self) }

  // MARK: Strings

  @Test("every control character is escaped, in its short form where there is one people know")
  func controlCharacters() {
    let all = String(String.UnicodeScalarView((0..<0x20 as Range<UInt8>).map(Unicode.Scalar.init)))
    let expected =
      #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\t\n\u000b\u000c\r\u000e\u000f"#
      + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d"#
      + #"\u001e\u001f""#
    #expect(JSONValue.string(all).jsonText == expected)
  }

  @Test("quotes and backslashes are escaped, nothing else is")
  func otherCharacters() {
    #expect(JSONValue.string(#"a "b" \c\ /d"#).jsonText == #""a \"b\" \\c\\ /d""#)
    #expect(JSONValue.string("é東🌊\u{7F}\u{2028}").jsonText == "\"é東🌊\u{7F}\u{2028}\"")
    #expect(JSONValue.string("").jsonText == #""""#)
  }

  @Test("text is written as the same string is")
  func text() {
    var writer = JSONWriter()
    writer.string(UTF8Text("line\n\"two\"\u{0}é"))
    #expect(Self.text(writer) == #""line\n\"two\"\u0000é""#)
  }

  // MARK: Numbers

  @Test(
    "numbers are written as the shortest text that reads back the same",
    arguments: [
      (.int(.max), "9223372036854775807"), (.int(.min), "-9223372036854775808"), (.int(0), "0"),
      (.double(0.1), "0.1"), (.double(5), "5.0"), (.double(-0.0), "-0.0"),
      (.double(1e300), "1e+300"),
      (.double(.infinity), "null"), (.double(.nan), "null"),
    ] as [(JSONValue, String)])
  func numbers(value: JSONValue, expected: String) {
    #expect(value.jsonText == expected)
  }

  // MARK: Structure

  @Test("commas stand between members and elements, at every level")
  func commas() {
    var writer = JSONWriter()
    writer.openObject()
    writer.key("none")
    writer.openArray()
    writer.closeArray()
    writer.key("some")
    writer.openArray()
    writer.int(1)
    writer.null()
    writer.openObject()
    writer.closeObject()
    writer.bool(true)
    writer.string("a")
    writer.closeArray()
    writer.key("last")
    writer.double(0.5)
    writer.closeObject()
    #expect(Self.text(writer) == #"{"none":[],"some":[1,null,{},true,"a"],"last":0.5}"#)
  }

  @Test("records stand on lines of their own")
  func lines() {
    var writer = JSONWriter()
    writer.int(1)
    writer.endLine()
    writer.value(["a": 2])
    writer.endLine()
    #expect(Self.text(writer) == "1\n{\"a\":2}\n")
  }

  @Test("after everything was forgotten a new value begins without a comma")
  func removeAll() {
    var writer = JSONWriter()
    writer.int(1)
    writer.removeAll()
    writer.int(2)
    #expect(Self.text(writer) == "2")
  }

  @Test("members keep the order in which they were first set")
  func order() {
    var object: JSONObject = ["b": 1, "a": 2]
    object["c"] = 3
    object["b"] = 4
    #expect(JSONValue.object(object).jsonText == #"{"b":4,"a":2,"c":3}"#)
    object["b"] = nil
    object["b"] = 5
    #expect(JSONValue.object(object).jsonText == #"{"a":2,"c":3,"b":5}"#)
  }

  // MARK: For people

  @Test("indented text puts members on lines, and lists of plain values on one")
  func indented() {
    let value: JSONValue = [
      "plain": [1, "two", nil], "empty": [:], "none": [], "nested": [["a": true], [2]],
    ]
    #expect(
      value.indentedText() == """
        {
          "plain": [1, "two", null],
          "empty": {},
          "none": [],
          "nested": [
            {
              "a": true
            },
            [2]
          ]
        }
        """)
  }

  // MARK: Properties

  @Test("strings of any length are escaped as byte by byte", arguments: 0..<20 as Range<UInt64>)
  func escaping(seed: UInt64) {
    var random = Seed(seed)
    for _ in 0..<20 {
      // One in four kinds of text is escaped often, one never.
      let rarity = [1, 2, 30, 100_000][random.below(4)]
      let length = random.oneIn(4) ? 4000 + random.below(9000) : random.below(40)
      let bytes: [UInt8] = (0..<length).map { _ in
        random.oneIn(rarity)
          ? UInt8(random.below(0x80)) : [0x21, 0x5B, 0x5D, 0x7F][random.below(4)]
      }
      var writer = JSONWriter()
      writer.string(UTF8Text(wellFormed: bytes))
      let expected = bytes.map { byte in
        switch byte {
        case 0x0A: #"\n"#
        case 0x0D: #"\r"#
        case 0x09: #"\t"#
        case 0x22, 0x5C: "\\" + String(Unicode.Scalar(byte))
        case ..<0x10: "\\u000" + String(byte, radix: 16)
        case ..<0x20: "\\u00" + String(byte, radix: 16)
        default: String(Unicode.Scalar(byte))
        }
      }
      #expect(Self.text(writer) == "\"" + expected.joined() + "\"")
    }
  }

  @Test("both readers read what was written", arguments: 0..<20 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = Seed(seed)
    let parser = try JSONRecordParser()
    for _ in 0..<50 {
      let value = random.json()
      let compact = SourceText(name: "in", bytes: Array(value.jsonText.utf8))
      #expect(try JSONReader.read(compact).plain == value)
      let indented = SourceText(name: "in", bytes: Array(value.indentedText().utf8))
      #expect(try JSONReader.read(indented).plain == value)
      #expect(try parser.value(value.jsonText) == value)
    }
  }
}
