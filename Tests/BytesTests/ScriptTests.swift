import Testing

@testable import Bytes

@Suite("Script")
struct ScriptTests {
  @Test(
    "the script of most letters",
    arguments: [
      ("Straße", .latin), ("λόγος", .greek), ("Слово", .cyrillic), ("բառ", .armenian),
      ("מילה", .hebrew), ("كلمة", .arabic), ("शब्द", .devanagari), ("শব্দ", .bengali),
      ("சொல்", .tamil), ("คำ", .thai), ("စကားလုံး", .myanmar), ("სიტყვა", .georgian),
      ("ቃል", .ethiopic), ("ពាក្យ", .khmer), ("단어", .korean), ("漢字", .han), ("ことば", .japanese),
      ("言葉を話す", .japanese), ("𐌰𐌱𐌲", .gothic), ("𝒜𐎀", .unknown), ("Ｆｕｌｌ", .latin),
      ("Word слово словом", .cyrillic), ("ab аб", .latin),
    ] as [(String, Script)])
  func dominant(text: String, script: Script) {
    #expect(dominantScript(of: text) == script)
  }

  @Test("without letters there is no script", arguments: ["", "123 + 456", "…!?", "\u{301}", "😀"])
  func noLetters(text: String) {
    #expect(dominantScript(of: text) == nil)
  }

  @Test("ideographs are Japanese when at least one letter in ten is Kana")
  func kana() {
    #expect(dominantScript(of: "一二三四五六七八九の") == .japanese)
    #expect(dominantScript(of: "一二三四五六七八九十の") == .han)
  }

  @Test("blocks ascend and do not overlap")
  func blocks() {
    let neighbours = zip(Script.blocks, Script.blocks.dropFirst())
    #expect(neighbours.allSatisfy { $0.letters.upperBound < $1.letters.lowerBound })
    #expect(Script.blocks.allSatisfy { Script(letter: $0.letters.lowerBound) == $0.script })
    #expect(Script.blocks.allSatisfy { Script(letter: $0.letters.upperBound) == $0.script })
  }

  private func dominantScript(of text: String) -> Script? {
    Script.dominant(in: text.utf8.span)
  }
}
