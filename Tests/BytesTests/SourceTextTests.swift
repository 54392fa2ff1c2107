import Bytes
import TestSupport
import Testing

@Suite struct SourceTextTests {
  static func position(_ text: String, _ offset: Int) -> String {
    Place(source: SourceText(name: "f", bytes: Array(text.utf8)), offset: offset).description
  }

  @Test(
    "lines and columns count from 1, columns in scalars",
    arguments: [
      ("", 0, "f:1:1"), ("abc", 0, "f:1:1"), ("abc", 2, "f:1:3"), ("abc", 3, "f:1:4"),
      ("a\nb", 1, "f:1:2"), ("a\nb", 2, "f:2:1"), ("\n\n", 2, "f:3:1"), ("a\r\nb", 3, "f:2:1"),
      ("é東🌊x", 9, "f:1:4"), ("é\né東x", 8, "f:2:3"), ("e\u{301}x", 3, "f:1:3"),
    ])
  func position(text: String, offset: Int, place: String) {
    #expect(Self.position(text, offset) == place)
  }

  @Test("an offset behind the end is the end")
  func behindTheEnd() {
    #expect(Self.position("a\nbc", 100) == "f:2:3")
  }

  @Test("a byte order mark takes no column: editors do not show it")
  func byteOrderMark() {
    #expect(Self.position("\u{FEFF}abc", 3) == "f:1:1")
    #expect(Self.position("\u{FEFF}abc", 4) == "f:1:2")
    #expect(Self.position("\u{FEFF}abc\nd", 7) == "f:2:1")
  }

  @Test("a file knows its folder, from which its relative paths start")
  func file() throws {
    let folder = try TemporaryFolder()
    let source = try SourceText.file(try folder.write("a/definition.json", "{}"))
    #expect(source.name == folder.path("a/definition.json"))
    #expect(source.folder == folder.path("a"))
    #expect(source.bytes == Array("{}".utf8))
  }
}
