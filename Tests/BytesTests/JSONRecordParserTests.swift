import Bytes
import TestSupport
import Testing

extension JSONRecordParser {
  /// Parses bytes, behind which others stand that must not matter.
  func value(_ bytes: [UInt8], followedBy rest: UInt8 = UInt8(ascii: "x")) throws -> JSONValue {
    let padded = bytes + Array(repeating: rest, count: JSONRecordParser.padding)
    return try parse(0..<bytes.count, of: padded.span) { $0.value }
  }

  func value(_ text: String) throws -> JSONValue { try value(Array(text.utf8)) }
}

@Suite struct JSONRecordParserTests {
  let parser: JSONRecordParser

  init() throws { parser = try JSONRecordParser() }

  /// The value as JSON, or what is said of the text.
  func parsed(_ bytes: [UInt8]) -> String {
    do {
      return try parser.value(bytes).jsonText
    } catch let error as JSONRecordParser.Malformed {
      return "malformed: \(error.message)"
    } catch {
      return "\(error)"
    }
  }

  func parsed(_ text: String) -> String { parsed(Array(text.utf8)) }

  // MARK: Values

  @Test("a record of every kind of value")
  func record() {
    let text =
      #"{"null":null,"yes":true,"no":false,"int":-7,"double":2.5,"string":"a\nb é","list":[1,[],{}],"#
      + #""object":{"a":{"b":[{}]}}}"#
    #expect(parsed(text) == text)
  }

  @Test("escapes stand for the same as in definitions")
  func escapes() {
    #expect(
      parsed(#"["\u0041\u00e9\ud83c\udf0a\/\b\f\u0000"]"#) == "[\"Aé🌊/\\u0008\\u000c\\u0000\"]")
  }

  @Test("of members with one name the last counts, at the place of the first")
  func repeatedMember() {
    #expect(parsed(#"{"a":1,"b":2,"a":3}"#) == #"{"a":3,"b":2}"#)
  }

  @Test("names that look alike but are other bytes are other names")
  func canonicallyEquivalentNames() {
    let text = "{\"caf\u{E9}\":1,\"cafe\u{301}\":2}"
    #expect(Array(parsed(text).utf8) == Array(text.utf8))
  }

  @Test(
    "numbers that no integer and no double holds are kept as they are written",
    arguments: [
      "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551615",
      "18446744073709551616", "-9223372036854775809", "1e999", "-1.5e400",
    ])
  func largeNumbers(number: String) { #expect(parsed("[\(number)]") == "[\(number)]") }

  @Test("an object with very many members is read in reasonable time")
  func manyMembers() throws {
    // With a scan for each name this would be 5 billion comparisons.
    let members = (0..<100_000).map { "\"member\($0)\":\($0)" }.joined(separator: ",")
    let object = try #require(try parser.value("{\(members)}").object)
    #expect(object.members.count == 100_000)
    #expect(object["member99999"] == 99999)
  }

  @Test("children are handed over in order, with names in objects and without in lists")
  func children() throws {
    let text = Array(#"{"a":[1,[2]],"b":{"c":3},"d":"e"}"#.utf8)
    let padded = text + Array(repeating: 0, count: JSONRecordParser.padding)
    var seen: [String] = []
    try parser.parse(0..<text.count, of: padded.span) { root in
      #expect(root.isObject)
      root.forEachChild { key, value in
        seen.append("\(String(decoding: key)): \(value.kindName)")
        value.forEachChild { key, value in
          seen.append("  \(String(decoding: key)): \(value.value.jsonText)")
        }
      }
    }
    #expect(
      seen == ["a: an array", "  : 1", "  : [2]", "b: an object", "  c: 3", "d: a string"])
  }

  // MARK: Malformed texts

  @Test(
    "what is no JSON is refused",
    arguments: [
      "", " ", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "[1 2]", "[1,]", "tru",
      "nul",
      "01", "-", "1.", "1e", "+1", "NaN", "'a'", "\"a", "[1]]", "{} {}", "[\"\\x\"]",
      "[\"\\u12G4\"]",
      "[\"a\tb\"]", "[\"a\nb\"]", "[1}",
    ])
  func malformed(text: String) {
    #expect(parsed(text).hasPrefix("malformed: "))
  }

  @Test(
    "half a surrogate pair is refused, whichever half and whatever follows",
    arguments: [
      #"["\ud800"]"#, #"["\udc00"]"#, #"["\udfff"]"#, #"["\ud800\u0041"]"#, #"["\ud800x"]"#,
      #"["\ud800\n"]"#, #"["\ud800\ud800"]"#, #"["\udc00\ud800"]"#, #"["\ud83c\ue000"]"#,
      #"["\ud83c\udbff"]"#, #"{"\udc00":1}"#,
    ])
  func halfPairs(text: String) {
    #expect(parsed(text).hasPrefix("malformed: "))
  }

  @Test(
    "ill-formed UTF-8 is refused",
    arguments: [
      [0xFF], [0xC3], [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xE2, 0x82], [0xF8, 0x88, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func illFormed(bytes: [UInt8]) {
    #expect(parsed(Array("[\"".utf8) + bytes + Array("\"]".utf8)).hasPrefix("malformed: "))
  }

  @Test("a parser goes on after a text that was malformed")
  func recovery() {
    #expect(parsed("[1").hasPrefix("malformed: "))
    #expect(parsed("[1]") == "[1]")
  }

  // MARK: Edges

  @Test("what stands behind the text does not matter", arguments: [0x00, 0x22, 0x31, 0x5D, 0xFF])
  func padding(rest: UInt8) throws {
    #expect(try parser.value(Array("[1]".utf8), followedBy: rest) == [1])
    #expect(try parser.value(Array("12".utf8), followedBy: rest) == 12)
    #expect(throws: JSONRecordParser.Malformed.self) {
      try parser.value(Array("[1".utf8), followedBy: rest)
    }
    #expect(throws: JSONRecordParser.Malformed.self) {
      try parser.value(Array("\"a".utf8), followedBy: rest)
    }
  }

  @Test("nesting is bounded at 1024 levels")
  func depth() {
    let fits = String(repeating: "[", count: 1023) + String(repeating: "]", count: 1023)
    #expect(parsed(fits) == fits)
    let tooDeep = String(repeating: "[", count: 1025) + String(repeating: "]", count: 1025)
    #expect(parsed(tooDeep).hasPrefix("malformed: "))
    #expect(parsed(String(repeating: "[", count: 200_000)).hasPrefix("malformed: "))
    #expect(parsed(String(repeating: #"{"a":"#, count: 100_000)).hasPrefix("malformed: "))
  }

  // MARK: Properties

  @Test("both readers say the same of any text", arguments: 0..<20 as Range<UInt64>)
  func anyText(seed: UInt64) {
    var random = Seed(seed)
    let alphabet = Array("{}[]\",:\\u0dc8e+-.1 \n".utf8)
    for _ in 0..<500 {
      let bytes = (0..<random.below(16)).map { _ in alphabet[random.below(alphabet.count)] }
      let strict = JSONReaderTests.read(bytes)
      let isWrong = strict.hasPrefix("in:")
      #expect(
        isWrong == parsed(bytes).hasPrefix("malformed: "),
        "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
