import Bytes
import CCLD2

/// CLD2, the Compact Language Detector 2: naive Bayes over four-letter sequences, single
/// ideographs, or the script alone where only one language is written in it.
///
/// The one place that calls it. Its header counts "thread safe" among the design goals: a call
/// works on its own stack over constant tables. Two of its traits are handled here. It decodes a
/// scalar beyond the end of some texts, well-formed ones too, and may crash on what it finds there:
/// zero bytes follow the text. And it takes 50 ns per byte, seven times what `near_duplicates`
/// takes: a long text is sampled.
struct LanguageDetector {
  /// The answer for a text.
  struct Answer: Equatable {
    /// Code of the language with the largest share; nil when CLD2 names none.
    var language: String?
    /// Share of the letters that are in it, 0...1.
    var score: Double?
    /// Of the majority of letters; nil when there are none.
    var script: Script?
  }

  /// The part of the text that is looked at, and the zero bytes that follow it.
  private var sample: [UInt8] = []

  /// A longer text is sampled by so many pieces, evenly from its start to its end, so that neither
  /// a foreign introduction nor a trailing disclaimer decides.
  static let samplePieces = 4

  /// On the main texts of 1,358 pages, 9.7 KB on average, four pieces of 512 bytes give the same
  /// language for every page as the whole text does, at 94 µs instead of 410 µs a page.
  static let pieceBytes = 512

  /// CLD2 decodes one scalar beyond the end; a zero ends it at once.
  private static let paddingBytes = 8

  /// - Complexity: Bounded: at most `samplePieces` × `pieceBytes` are looked at.
  mutating func detect(_ text: UTF8Text) -> Answer {
    sample.removeAll(keepingCapacity: true)
    takeSample(of: text.bytes.span)
    guard let script = Script.dominant(in: sample.span) else { return Answer() }
    sample = LanguageSample.prepared(sample)
    let count = sample.count
    sample.append(contentsOf: repeatElement(0, count: LanguageDetector.paddingBytes))
    return LanguageDetector.answer(sample.span.extracting(..<count), script)
  }

  /// - Parameter text: Followed by zero bytes.
  private static func answer(_ text: Span<UInt8>, _ script: Script) -> Answer {
    var languages = unsafe [ccld2_language](repeating: ccld2_language(), count: 3)
    // The C face reads `text` and what follows it, fills the three, and names them by constants.
    _ = unsafe text.withUnsafeBytes {
      unsafe ccld2_detect($0.baseAddress, $0.count, &languages)
    }
    let code = unsafe languages[0].code.map { unsafe String(cString: $0) }
    let percent = unsafe languages[0].percent
    var answer = Answer(script: script)
    if let code, percent > 0, let language = LanguageCode.standard(forCLD2: code) {
      answer.language = language
      answer.score = Double(percent) / 100
      answer.script = LanguageCode.script(of: language, cld2: code, letters: script)
    }
    return answer
  }

  private mutating func takeSample(of text: Span<UInt8>) {
    let (pieces, length) = (LanguageDetector.samplePieces, LanguageDetector.pieceBytes)
    guard text.count > pieces * length else {
      sample.append(contentsOf: text)
      return
    }
    for piece in 0..<pieces {
      var start = (text.count - length) / (pieces - 1) * piece
      var end = min(start + length, text.count)
      // Whole scalars only: forward to the first one, back to the last one.
      while start < end, text[start] & 0xC0 == 0x80 { start += 1 }
      while end > start, end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
      sample.append(contentsOf: text.extracting(start..<end))
      sample.append(UInt8(ascii: "\n"))
    }
  }
}
