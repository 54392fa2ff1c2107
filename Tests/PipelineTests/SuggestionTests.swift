import Pipeline
import Testing

@Suite struct SuggestionTests {
  /// The suggestion for a stage called `word`.
  static func suggestion(_ word: String) -> String {
    let message = Registry.test.read(pipeline(stages: #"{"use": "\#(word)"}"#)).messages.first ?? ""
    return message.split(separator: "; ", maxSplits: 1).last.map(String.init) ?? ""
  }

  @Test(
    "a name that is near is suggested",
    arguments: [
      ("smaple", "sample"), ("sampl", "sample"), ("saample", "sample"), ("sumple", "sample"),
      ("simplee", "sample"), ("samples", "sample"), ("s", "sample"), ("rewrit", "rewriter"),
      ("rewriterr2", "rewriter"), ("stirct", "strict"), ("locators", "locator"),
    ])
  func near(word: String, name: String) {
    #expect(Self.suggestion(word) == "did you mean \(name)?")
  }

  @Test(
    "where none is near, all are listed",
    arguments: ["", "html", "elpmas", "a rather long name of something else", "é"])
  func far(word: String) {
    #expect(Self.suggestion(word) == "there are: sample, strict, rewriter, locator")
  }
}
