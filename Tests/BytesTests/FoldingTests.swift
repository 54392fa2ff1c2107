import Bytes
import Testing

struct FoldingTests {
  // MARK: Worked examples

  @Test(
    "case, accents and strokes fold away",
    arguments: [
      ("Médecins SANS Frontières", "medecins sans frontieres"),
      ("Øresund, Łódź, España, İstanbul, IŞIK ışık", "oresund, lodz, espana, istanbul, isik isik"),
      ("Trường Sa, ĐỒNG, ấ", "truong sa, dong, a"),
      ("Straße, Æsir, œuvre, þing", "straße, æsir, œuvre, þing"),
      ("Ευρωπαϊκή ΈΝΩΣΗ ένωσης", "ευρωπαικη ενωση ενωσησ"),
      ("Королёв ЙОД йод Київ", "королев иод иод киів"),
      ("\u{212A}elvin \u{212B}ngström \u{17F}ee", "kelvin angstrom see"),
    ])
  func letters(text: String, folded: String) {
    #expect(Folding.folded(text) == Array(folded.utf8))
  }

  @Test("full-width forms fold to ASCII")
  func fullWidth() {
    #expect(Folding.folded("ＮＡＴＯ　ｇ７（Ａ－１）") == Array("nato g7(a-1)".utf8))
  }

  @Test("all apostrophes are one, and all hyphens")
  func punctuation() {
    for mark in "'’‘ʼʿʾʹ`´′＇" {
      #expect(Folding.folded("Sha\(mark)abi") == Array("sha'abi".utf8), "\(mark)")
    }
    for dash in "-‐‑‒–—―−－" {
      #expect(Folding.folded("a\(dash)b") == Array("a-b".utf8), "\(dash)")
    }
  }

  @Test("any run of white space is one space")
  func spaces() {
    #expect(Folding.folded("a \u{A0}\u{3000}\u{2009}\n\tb") == Array("a b".utf8))
  }

  @Test("what nobody sees vanishes: joiners, soft hyphens, variation selectors, vowel points")
  func dropped() {
    #expect(Folding.folded("co\u{AD}op\u{200D}er\u{200B}ate") == Array("cooperate".utf8))
    #expect(Folding.folded("葛\u{E0100}城 ☂\u{FE0F}") == Array("葛城 ☂".utf8))
    #expect(Folding.folded("شَعْب") == Folding.folded("شعب"))
    #expect(Folding.folded("שָׁלוֹם") == Folding.folded("שלום"))
  }

  @Test("forms of one Arabic letter fold alike")
  func arabic() {
    #expect(Folding.folded("أحمد إيران آسيا") == Folding.folded("احمد ايران اسيا"))
    #expect(Folding.folded("ایران کربلا") == Folding.folded("ايران كربلا"))
    #expect(Folding.folded("داعـــش") == Folding.folded("داعش"))
  }

  @Test("marks that are letters stay: Devanagari and Thai vowel signs")
  func marksThatAreLetters() {
    for text in ["किताब", "กรุงเทพ", "ம்"] {
      #expect(Folding.folded(text) == Array(text.utf8))
    }
  }

  // MARK: Edges

  @Test("nothing folds to nothing, and the fold of a fold is itself")
  func idempotent() {
    #expect(Folding.folded("").isEmpty)
    for value in scalars {
      let folded = Folding.table[value]
      if folded != Folding.unchanged, folded != Folding.dropped {
        #expect(target(of: folded) == folded, "U+\(String(value, radix: 16))")
      }
    }
  }

  // MARK: Properties

  @Test("upper and lower case of a letter fold alike")
  func caseInsensitive() {
    for value in scalars where ScalarClass.table[value] == .letter {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      // The one with two scalars is I with a dot above.
      guard lower.count == 1, let small = lower.first else { continue }
      #expect(target(of: value) == target(of: small.value), "U+\(String(value, radix: 16))")
    }
  }

  @Test("a letter and a combining accent fold as the letter that they compose")
  func canonicalEquivalence() {
    let letters = "aeiouyncszgrklAEIOUYNCSZαεηιουωΑΕΗΙΟΥΩаеиоугкжАЕИОУГКЖ".unicodeScalars
    for letter in letters {
      for mark in UInt32(0x300)...0x345 {
        guard let accent = Unicode.Scalar(mark) else { continue }
        var pair = String.UnicodeScalarView()
        pair.append(letter)
        pair.append(accent)
        #expect(Folding.folded(String(pair)) == Folding.folded(String(letter)))
      }
    }
    // Strings of Swift are equal when they are canonically equivalent.
    for value in [0xC0...0x24F, 0x386...0x3CE, 0x400...0x45F, 0x1E00...0x1EFF].joined() {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      for letter in letters {
        for mark in [0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x308, 0x30C, 0x327] as [UInt32] {
          guard let accent = Unicode.Scalar(mark) else { continue }
          var pair = String.UnicodeScalarView()
          pair.append(letter)
          pair.append(accent)
          if String(scalar) == String(pair) {
            #expect(Folding.folded(String(scalar)) == Folding.folded(String(letter)))
          }
        }
      }
    }
  }

  private let scalars = (UInt32(0)..<0x20000).filter { Unicode.Scalar($0) != nil }

  private func target(of value: UInt32) -> UInt32 {
    let folded = Folding.table[value]
    return folded == Folding.unchanged ? value : folded
  }
}
