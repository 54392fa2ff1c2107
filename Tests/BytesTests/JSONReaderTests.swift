import Bytes
import TestSupport
import Testing

@Suite struct JSONReaderTests {
  /// The value, or the complaint in the form in which users see it.
  static func read(_ bytes: [UInt8]) -> String {
    do throws(JSONReader.SyntaxError) {
      return try JSONReader.read(SourceText(name: "in", bytes: bytes)).plain.jsonText
    } catch {
      return "\(error.place.description): \(error.message)"
    }
  }

  static func read(_ text: String) -> String { read(Array(text.utf8)) }

  // MARK: Values

  @Test(
    "every kind of value is read",
    arguments: [
      ("null", "null"), ("true", "true"), ("false", "false"), (" 0 ", "0"), ("-0", "0"),
      ("-17", "-17"), ("9223372036854775807", "9223372036854775807"),
      ("-9223372036854775808", "-9223372036854775808"), ("1.5", "1.5"), ("-0.25", "-0.25"),
      ("1e3", "1000.0"), ("1E+2", "100.0"), ("25e-1", "2.5"), ("1e-999", "0.0"),
      (#""""#, #""""#), (#""word""#, #""word""#), ("[]", "[]"), ("{}", "{}"),
      ("[ 1 , [ 2 ] , { } ]", "[1,[2],{}]"),
      ("\t{ \"a\" : 1 ,\r\n \"b\" : { \"c\" : null } }\n", #"{"a":1,"b":{"c":null}}"#),
    ])
  func values(text: String, expected: String) {
    #expect(Self.read(text) == expected)
  }

  @Test("a whole number beyond 64 bits becomes a double")
  func largeNumber() {
    #expect(Self.read("9223372036854775808") == "9.223372036854776e+18")
    #expect(Self.read("123456789012345678901234567890") == "1.2345678901234568e+29")
  }

  @Test("of members with one name the last counts, at the place of the first")
  func repeatedMember() {
    #expect(Self.read(#"{"a": 1, "b": 2, "a": 3}"#) == #"{"a":3,"b":2}"#)
  }

  @Test(
    "escapes stand for what RFC 8259 says",
    arguments: [
      (#""\"\\\/""#, "\"\\/"), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
      (#""\u0041\u00e9\u20AC""#, "Aé€"),
      (#""\u0000""#, "\0"), (#""\ud83c\udf0a""#, "🌊"), (#""\uD800\uDC00""#, "\u{10000}"),
      (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""a\\u0041""#, #"a\u0041"#),
    ])
  func escapes(text: String, expected: String) throws {
    let source = SourceText(name: "in", bytes: Array(text.utf8))
    #expect(try JSONReader.read(source).string == expected)
  }

  @Test("what is not ASCII stands for itself")
  func unescaped() throws {
    let text = "\"Grüße, 東京 🌊 \u{7F}\u{2028}\""
    #expect(Self.read(text) == text)
  }

  @Test("a byte order mark is skipped")
  func byteOrderMark() {
    #expect(Self.read("\u{FEFF}[1]") == "[1]")
    #expect(Self.read("\u{FEFF}[?]") == "in:1:2: expected a value, found '?'")
    #expect(Self.read("\u{FEFF}") == "in:1:1: expected a value, found the end")
  }

  // MARK: Places

  @Test("values and names know where they stood")
  func places() throws {
    let text = "{\n  \"één\": [true,\n \"ja\"] }"
    let root = try JSONReader.read(SourceText(name: "in", bytes: Array(text.utf8)))
    #expect(root.place.description == "in:1:1")
    guard case .object(let members) = root.value, let member = members.first,
      case .array(let elements) = member.node.value
    else {
      Issue.record("an object with a list was expected")
      return
    }
    #expect(member.keyPlace.description == "in:2:3")
    #expect(member.node.place.description == "in:2:10")
    #expect(elements.map(\.place.description) == ["in:2:11", "in:3:2"])
  }

  // MARK: Syntax errors

  @Test(
    "a syntax error is named with its place",
    arguments: [
      ("", "in:1:1: expected a value, found the end"),
      (" \n ", "in:2:2: expected a value, found the end"),
      ("nul", "in:1:1: expected a value, found 'n'"),
      ("True", "in:1:1: expected a value, found 'T'"),
      ("'a'", "in:1:1: expected a value, found '''"),
      ("ö", "in:1:1: expected a value, found 'ö'"),
      ("\u{1}", "in:1:1: expected a value, found a control character"),
      ("-\n1", "in:1:2: expected a digit, found the end of the line"),
      ("// a", "in:1:1: expected a value, found '/'"),
      ("1 2", "in:1:3: expected nothing after the value, found '2'"),
      ("nullx", "in:1:5: expected nothing after the value, found 'x'"),
      ("[1]]", "in:1:4: expected nothing after the value, found ']'"),
      ("01", "in:1:2: expected nothing after the value, found '1'"),
      ("-", "in:1:2: expected a digit, found the end"),
      ("-a", "in:1:2: expected a digit, found 'a'"),
      ("+1", "in:1:1: expected a value, found '+'"),
      ("1.", "in:1:3: expected a digit, found the end"),
      ("1.x", "in:1:3: expected a digit, found 'x'"),
      (".5", "in:1:1: expected a value, found '.'"),
      ("1e", "in:1:3: expected a digit, found the end"),
      ("1e+", "in:1:4: expected a digit, found the end"),
      ("[0, 1e999]", "in:1:5: is a number too large to hold"),
      ("-1e999", "in:1:1: is a number too large to hold"),
      ("NaN", "in:1:1: expected a value, found 'N'"),
      ("[", "in:1:2: expected a value, found the end"),
      ("[1", "in:1:3: expected ',' or ']', found the end"),
      ("[1 2]", "in:1:4: expected ',' or ']', found '2'"),
      ("[1,]", "in:1:4: expected a value, found ']'"),
      ("[1}", "in:1:3: expected ',' or ']', found '}'"),
      ("{", "in:1:2: expected a name in quotes, found the end"),
      ("{a: 1}", "in:1:2: expected a name in quotes, found 'a'"),
      (#"{"a" 1}"#, "in:1:6: expected ':' after a name, found '1'"),
      (#"{"a"}"#, "in:1:5: expected ':' after a name, found '}'"),
      (#"{"a": }"#, "in:1:7: expected a value, found '}'"),
      (#"{"a": 1,}"#, "in:1:9: expected a name in quotes, found '}'"),
      (#"{"a": 1 "b": 2}"#, "in:1:9: expected ',' or '}', found '\"'"),
      (#"{"a": 1"#, "in:1:8: expected ',' or '}', found the end"),
      (#""a"#, "in:1:3: a string has no closing quote on its line"),
      (#""a\"#, #"in:1:4: '\' must be followed by one of "\/bfnrtu, found the end"#),
      (#""\x""#, #"in:1:3: '\' must be followed by one of "\/bfnrtu, found 'x'"#),
      ("\"a\nb\"", "in:1:3: a string has no closing quote on its line"),
      ("\"\t\"", "in:1:2: a string holds a control character that is not escaped"),
      (#""\u12G4""#, "in:1:6: expected four hexadecimal digits, found 'G'"),
      (#""\u12""#, "in:1:6: expected four hexadecimal digits, found '\"'"),
      (#""\u"#, "in:1:4: expected four hexadecimal digits, found the end"),
      (#""\u+123""#, "in:1:4: expected four hexadecimal digits, found '+'"),
      (#""\u12é4""#, "in:1:6: expected four hexadecimal digits, found 'é'"),
      (#""a\ud800""#, "in:1:3: half of a surrogate pair stands alone"),
      (#""\udc00""#, "in:1:2: half of a surrogate pair stands alone"),
      (#""\ud800\u0041""#, "in:1:2: half of a surrogate pair stands alone"),
      (#""\ud800\n""#, "in:1:2: half of a surrogate pair stands alone"),
      (#""\ud800\u00""#, "in:1:12: expected four hexadecimal digits, found '\"'"),
      ("{\n  \"a\": [\n    1,\n    tru\n  ]\n}", "in:4:5: expected a value, found 't'"),
      ("[\"é東🌊\", x]", "in:1:9: expected a value, found 'x'"),
    ])
  func syntaxErrors(text: String, expected: String) {
    #expect(Self.read(text) == expected)
  }

  @Test("a byte that is no UTF-8 is found before anything else")
  func notUTF8() {
    #expect(
      Self.read(Array("[?, \"a".utf8) + [0xFF] + Array("\"]".utf8))
        == "in:1:7: is not valid UTF-8")
  }

  // MARK: Depth

  @Test("nesting is bounded")
  func depth() {
    let limit = JSONReader.maximumDepth
    let fits = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
    #expect(Self.read(fits) == fits)
    let tooDeep = String(repeating: "[", count: 100_000)
    #expect(Self.read(tooDeep) == "in:1:257: is nested deeper than 256 levels")
    let objects = String(repeating: #"{"a":"#, count: 257)
    #expect(Self.read(objects) == "in:1:1281: is nested deeper than 256 levels")
    let wide = "[" + Array(repeating: "[]", count: 1000).joined(separator: ",") + "]"
    #expect(Self.read(wide) == wide)
  }

  // MARK: Properties

  @Test("any bytes are read or complained about", arguments: 0..<20 as Range<UInt64>)
  func anyBytes(seed: UInt64) {
    var random = Seed(seed)
    let alphabet = Array("{}[]\",:\\u0dc8eE+-.tfn \n".utf8) + [0xC3, 0xA9, 0xFF]
    for _ in 0..<500 {
      let bytes = (0..<random.below(24)).map { _ in alphabet[random.below(alphabet.count)] }
      let result = Self.read(bytes)
      #expect(!result.isEmpty)
    }
  }
}
