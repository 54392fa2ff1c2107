import Bytes
import Foundation
import Testing

struct FoldingTests {
  // MARK: Worked examples

  @Test(
    "case, accents and strokes fold away",
    arguments: [
      ("Médecins SANS Frontières", "medecins sans frontieres"),
      ("Øresund, Łódź, España, İstanbul, IŞIK ışık", "oresund, lodz, espana, istanbul, isik isik"),
      ("Trường Sa, ĐỒNG, ấ", "truong sa, dong, a"),
      ("Straße, STRAẞE, Æsir, œuvre, þing", "strasse, strasse, æsir, œuvre, þing"),
      (
        "Ǆep, Ǉubav, Ǌegoš, Ĳmuiden, ŉ", "dzep, ljubav, njegos, ijmuiden, 'n"
      ),
      ("Ευρωπαϊκή ΈΝΩΣΗ ένωσης", "ευρωπαικη ενωση ενωσησ"),
      ("Королёв ЙОД йод Київ", "королев иод иод киів"),
      ("\u{212A}elvin \u{212B}ngström \u{17F}ee", "kelvin angstrom see"),
    ])
  func letters(text: String, folded: String) {
    #expect(Folding.folded(text) == Array(folded.utf8))
  }

  @Test(
    "forms of print and of older character sets are the letters that they stand for",
    arguments: [
      ("The oﬃce ﬂoods the eﬀort", "The office floods the effort"), ("ﬅ ﬆ ﬓ ﬗ և", "st st մն մխ եւ"),
      ("ｿﾆｰ ｶﾞﾗｽ ﾊﾟﾝ ｡", "ソニー ガラス パン ｡"), ("ガラス", "カ\u{3099}ラス"), ("ぱ", "は\u{309A}"),
      ("𝗛𝗲𝗹𝗹𝗼 𝓦𝓸𝓻𝓵𝓭 𝚳 𝟚𝟘", "hello world Μ 20"), ("Ⅷ ⅸ", "viii ix"), ("x² H₂O ①", "x2 H2O 1"),
      ("ﻻ ﻢﺣﺍ ﭘ", "لا محا پ".replacing("محا", with: "\u{645}\u{62D}\u{627}")),
      ("\u{F900}\u{FA0A}", "\u{8C48}\u{898B}"),
      ("\u{958} \u{BCA}", "\u{915}\u{93C} \u{BC6}\u{BBE}"),
      ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}", "한글"), ("하\u{11AB}", "한"),
    ])
  func forms(text: String, same: String) {
    #expect(Folding.folded(text) == Folding.folded(same))
  }

  @Test("half-width punctuation, a lone part of a syllable, and parts in another order stay apart")
  func noForms() {
    #expect(Folding.folded("\u{1112}") == Array("\u{1112}".utf8))
    #expect(Folding.folded("\u{1161}\u{1112}") == Array("\u{1161}\u{1112}".utf8))
    #expect(Folding.folded("한\u{11AB}") == Array("한\u{11AB}".utf8))
    #expect(Folding.folded("\u{1112}x") == Array("\u{1112}x".utf8))
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
    for scalar in scalars {
      let once = Folding.folded(String(scalar))
      let twice = Folding.folded(String(decoding: once, as: UTF8.self))
      #expect(once == twice, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test("nothing folds to more than four times its bytes")
  func bounded() {
    for scalar in scalars {
      let count = Folding.folded(String(scalar)).count
      #expect(count <= 4 * scalar.utf8.count, "U+\(String(scalar.value, radix: 16))")
    }
  }

  // MARK: Properties

  @Test("upper and lower case of a letter fold alike")
  func caseInsensitive() {
    for scalar in scalars where ScalarClass.table[scalar.value] == .letter {
      let folded = Folding.folded(String(scalar))
      #expect(Folding.folded(scalar.properties.lowercaseMapping) == folded, "\(scalar)")
      // Of Greek letters with an iota below the iota is an accent here, in capitals too.
      if !(0x1F80...0x1FFC).contains(scalar.value), scalar.value != 0x1E9A {
        #expect(Folding.folded(scalar.properties.uppercaseMapping) == folded, "\(scalar)")
      }
    }
  }

  @Test("canonically equivalent spellings fold alike, in every script")
  func canonicalForms() {
    // Of the letters and marks; of symbols some are left apart.
    for scalar in scalars where ScalarClass.table[scalar.value].isWord {
      let composed = String(scalar).precomposedStringWithCanonicalMapping
      let decomposed = String(scalar).decomposedStringWithCanonicalMapping
      #expect(
        Folding.folded(decomposed) == Folding.folded(String(scalar)),
        "U+\(String(scalar.value, radix: 16))")
      #expect(
        Folding.folded(composed) == Folding.folded(String(scalar)),
        "U+\(String(scalar.value, radix: 16))")
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

  private let scalars = (UInt32(0)..<0x20000).compactMap { Unicode.Scalar($0) }
}
