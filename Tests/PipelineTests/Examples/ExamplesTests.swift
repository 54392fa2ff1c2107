import Bytes
import TestSupport
import Testing

/// The stages that `WritingAStage.md` shows are the ones beside this file: they compile, and their tests run.
@Suite struct ExamplesTests {
  private static let article = "Sources/Pipeline/Documentation.docc/WritingAStage.md"

  @Test("what the article shows is what is tested here, line for line")
  func same() throws {
    let shown = try MarkdownDocument(Self.article).blocks.filter { $0.kind == "swift" }
    #expect(shown.compactMap(\.file).count == 4)
    for block in shown {
      guard let file = block.file else { continue }
      let path = "\(FileSystem.folder(of: #filePath))/\(file)"
      let tested = String(decoding: try FileSystem.contents(of: path), as: UTF8.self)
      // There the stage is a module of its own.
      let text = block.text.replacing(/@testable import \w+\n\n/, with: "")
      #expect(text == tested, "\(Self.article):\(block.line)")
    }
  }
}
