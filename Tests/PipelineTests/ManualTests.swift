import Bytes
import Components
import Pipeline
import TestSupport
import Testing

@Suite struct ManualTests {
  @Test("a chapter says everything about a component")
  func chapter() {
    #expect(
      Registry.test.manual(of: "sample") == """
        ## sample (stage)

        Does nothing.

        It is there to be configured.

        | setting | value | default | meaning |
        |---|---|---|---|
        | `flag` | true or false | false | Whether. |
        | `count` | a whole number; must be within 1...10 | 3 | How many. |
        | `ratio` | a number; must be within 0...1 | 0.5 | How much. |
        | `name` | a string; must not be empty | "plain" | What. |
        | `size` | a size such as "512 MiB"; must be at least 1 KiB | "64 KiB" | How large. |
        | `file` | a path | "words.txt" | Where. |
        | `order` | one of "by_name", "by_size" | "by_name" | In which order. |
        | `words` | a list, each element a string; must hold at least one element | ["a","b"] | Which. |
        | `table` | a list, each element a list, each element a whole number | [] | Numbers. |
        | `limit` | a whole number; must be at least 0 | none | At most. |
        | `note` | a string | none | Anything. |

        Metadata that every document has afterwards, null where nothing is known:

        - `size`: Bytes.

        Reasons for rejects:

        - `odd`: It is odd.

        Example:

        ```json
        { "use": "sample", "count": 5 }
        ```

        """)
  }

  @Test("chapters stand in the order of the registry, each name once in the list of names")
  func names() {
    #expect(
      Registry.test.manualNames
        == [
          "definition", "examples", "files", "ndjson", "sample", "strict", "rewriter", "locator",
          "run",
        ])
  }

  @Test("a format that can be read and written has two chapters")
  func twoChapters() throws {
    let text = try #require(Registry.standard.manual(of: "ndjson"))
    #expect(text.contains("## ndjson (input)\n"))
    #expect(text.contains("## ndjson (output)\n"))
  }

  @Test("the whole manual has every chapter, setting and reason")
  func whole() throws {
    let text = try #require(Registry.standard.manual())
    for component in RegistryTests.components {
      #expect(text.contains("## \(component.manual.name) (\(component.kind))\n"))
      for setting in component.settings { #expect(text.contains("| `\(setting.key)` |")) }
      for reason in component.manual.reasons { #expect(text.contains("- `\(reason.name)`: ")) }
    }
    for field in RunSettings.fields { #expect(text.contains("| `\(field.key)` |")) }
    #expect(text.contains("## run\n"))
  }

  @Test("the committed manual is that of the components")
  func committed() throws {
    let path = "\(Fixture.root)/Documentation/Manual.md"
    let committed = String(decoding: try FileSystem.contents(of: path), as: UTF8.self)
    // Compared outside of the expectation, which would print both.
    let isCurrent = try #require(Registry.standard.manual()) + "\n" == committed
    #expect(isCurrent, "stale; write it anew: winnow manual > Documentation/Manual.md")
  }

  @Test("there is no chapter of what does not exist")
  func unknown() {
    #expect(Registry.standard.manual(of: "smaple") == nil)
  }
}
