import Bytes
import Components
import Pipeline
import TestSupport
import Testing

/// Definitions that are wrong, and what `winnow check` says of them, word for word. To write the
/// expected text of a case anew, from the top of the repository:
///
///     winnow check Fixtures/diagnostics/CASE/pipeline.json 2> Fixtures/diagnostics/CASE/expected.txt
@Suite struct DiagnosticsTests {
  static let cases = (try? FileSystem.names(in: Fixture.path("diagnostics"))) ?? []

  @Test("there are cases")
  func exist() {
    #expect(Self.cases.count >= 20)
  }

  @Test("a wrong definition is complained about", arguments: cases)
  func diagnostics(name: String) throws {
    let source = try SourceText.file(Fixture.path("diagnostics/\(name)/pipeline.json"))
    let (definition, diagnostics) = Registry.standard.read(source)
    let expected = try Fixture.bytes("diagnostics/\(name)/expected.txt")
    #expect(definition == nil)
    // A user names files from the top of the repository; the tests run from anywhere.
    let text = diagnostics.map { "\($0)\n" }.joined().replacing(Fixture.root + "/", with: "")
    #expect(text == String(decoding: expected, as: UTF8.self))
  }
}
