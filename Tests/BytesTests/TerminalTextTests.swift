import Bytes
import Testing

@Suite struct TerminalTextTests {
  @Test("what commands a terminal, ends a line, turns or hides text is written out")
  func visible() {
    let shown = { (text: String) in TerminalText.visible(text) }
    #expect(shown("Größe 灯台\tمرحبا 🧀") == "Größe 灯台\tمرحبا 🧀")
    #expect(shown("a\u{1B}]0;x\u{7}b") == #"a\u001b]0;x\u0007b"#)
    #expect(shown("a\nb\r\u{85}\u{2028}") == #"a\nb\r\u0085\u2028"#)
    #expect(shown("\u{202E}abc\u{2069}") == #"\u202eabc\u2069"#)
    #expect(shown("a\u{200B}\u{FEFF}\u{E0041}") == #"a\u200b\ufeff\u{e0041}"#)
    #expect(TerminalText.visible("a\nb\r\n", keepsLines: true) == "a\nb\\r\n")
  }
}
