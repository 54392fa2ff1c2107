public import Pipeline

extension Language {
  public static let manual = Manual(
    name: "language",
    summary: "Detects language and script, and drops documents by language.",
    discussion: """
      The stage adds three metadata keys to every document:

      - `language` is a BCP 47 code: two letters where ISO 639-1 has two (`en`, `he`), otherwise three \
      (`ceb`). It is null when no language is recognised: the text has no letters, is too short or too \
      mixed, or is in a language that the detector does not know.
      - `language_score` is the share of the text's letters that are in that language, from 0 to 1 in \
      steps of 0.01. A text in one language reaches 0.9 to 1; short texts reach the lower end.
      - `language_script` is the ISO 15924 code of the script that most letters are in: `Latn`, `Cyrl`, \
      `Arab`, `Deva`; `Jpan` for ideographs with Kana, `Kore` for Hangul, `Hans` and `Hant` for simplified \
      and traditional Chinese. It is null when there are no letters.

      If the input already has a value under one of these keys, that value stays. A different finding goes \
      to the annotations.

      Of a text longer than \(LanguageDetector.samplePieces * LanguageDetector.pieceBytes) bytes the stage \
      reads \(LanguageDetector.samplePieces) pieces of \(LanguageDetector.pieceBytes) bytes, spread from the \
      start to the end.

      Documents are dropped in this order. With `minimum_score` above 0: those with a lower score or without \
      a language, as `language_uncertain`. Then those in a language that `drop` names, as `language_dropped`. \
      Then, if `keep` is not empty, all that `keep` does not name, as `language_not_kept`; documents without \
      a language are among them. A code may be followed by a script: `zh-Hant`, `sr-Cyrl`. Both forms of \
      written Norwegian are `no`.

      Languages: \(LanguageCode.all.map { "\($0.code) \($0.name)" }.joined(separator: ", ")).
      """,
    example: #"{ "use": "language", "keep": ["en", "de"], "minimum_score": 0.5 }"#,
    effects: [.needsText],
    promises: [
      Manual.Promise("language", "Code of the language, or null."),
      Manual.Promise("language_score", "Share of the letters in that language, 0 to 1, or null."),
      Manual.Promise("language_script", "ISO 15924 code of the script, or null."),
    ],
    reasons: [.languageUncertain, .languageDropped, .languageNotKept])
}
