import Bytes
import Components
import Pipeline
import TestSupport
import Testing

@Suite struct SchemaTests {
  static let schema = Registry.standard.schema

  @Test("the committed schema is that of the components")
  func committed() throws {
    let committed = String(decoding: try Fixture.bytes("pipeline.schema.json"), as: UTF8.self)
    #expect(
      committed == Self.schema.indentedText() + "\n",
      "stale; write it anew: winnow schema > Fixtures/pipeline.schema.json")
  }

  @Test("a component's settings are described under its name")
  func component() {
    let schema = Registry.test.schema.object
    let items = schema?["properties"]?.object?["stages"]?.object?["items"]?.object
    #expect(items?["required"] == ["use"])
    #expect(
      items?["properties"] == ["use": ["enum": ["sample", "strict", "rewriter", "locator"]]])
    guard case .array(let choices)? = items?["allOf"] else {
      Issue.record("a list of choices was expected")
      return
    }
    #expect(
      choices[1] == [
        "if": ["properties": ["use": ["const": "strict"]], "required": ["use"]],
        "then": [
          "type": "object",
          "description": "Wants words.",
          "properties": [
            "use": ["type": "string"],
            "label": ["type": "string"],
            "words": [
              "type": "array", "items": ["type": "string"], "description": "Which.",
            ],
          ],
          "required": ["words"],
          "additionalProperties": false,
        ],
      ])
  }

  @Test("defaults are shown")
  func defaults() {
    let run = Self.schema.object?["properties"]?.object?["run"]?.object
    #expect(
      run?["properties"]?.object?["memory"]?.object?["default"] == "512 MiB")
    #expect(run?["required"] == [])
  }

  @Test("bounds are numbers, as JSON Schema demands")
  func bounds() {
    func check(_ value: JSONValue) {
      switch value {
      case .object(let object):
        for member in object.members {
          if ["minimum", "maximum"].contains(member.key), object["type"] != nil {
            #expect(member.value.kindName == "a number")
          }
          check(member.value)
        }
      case .array(let elements): elements.forEach(check)
      default: break
      }
    }
    check(Self.schema)
  }
}
