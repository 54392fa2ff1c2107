public import Bytes

extension Registry {
  /// JSON Schema (draft 2020-12) of definitions, for editors: completion, descriptions, and most of what
  /// `winnow check` finds.
  public var schema: JSONValue {
    let components: [(String, JSONValue)] = [
      (DefinitionKey.schema, ["type": "string"]),
      (DefinitionKey.input, Registry.choice(among: sources, "Where documents come from.")),
      (
        DefinitionKey.stages,
        [
          "type": "array",
          "description": "What is done to each document, in this order.",
          "items": Registry.choice(among: stages, "One stage."),
        ]
      ),
      (DefinitionKey.output, Registry.choice(among: sinks, "Where kept documents go.")),
      (DefinitionKey.rejects, Registry.choice(among: sinks, "Where all other documents go.")),
      (
        DefinitionKey.run,
        Registry.object(Registry.runSettings, "Bounds of the run.", also: [])
      ),
      (
        DefinitionKey.examples,
        [
          "type": "string",
          "description": "File or folder of examples of what becomes of pages, for winnow test.",
        ]
      ),
    ]
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "winnow pipeline definition",
      "type": "object",
      "properties": .object(JSONObject(components)),
      "required": .array(DefinitionKey.required.map(JSONValue.string)),
      "additionalProperties": false,
    ]
  }

  /// One of several components, told apart by `use`.
  private static func choice<Product>(
    among entries: [Entry<Product>], _ description: String
  ) -> JSONValue {
    let names = entries.map { JSONValue.string($0.manual.name) }
    return [
      "type": "object",
      "description": .string(description),
      "required": [.string(DefinitionKey.use)],
      "properties": [DefinitionKey.use: ["enum": .array(names)]],
      "allOf": .array(
        entries.map { entry in
          [
            "if": [
              "properties": [DefinitionKey.use: ["const": .string(entry.manual.name)]],
              // Without it the condition would hold for a component that names nothing.
              "required": [.string(DefinitionKey.use)],
            ],
            "then": object(
              entry.settings, entry.manual.summary,
              also: entry.reserved.map { ($0, ["type": "string"]) }),
          ]
        }),
    ]
  }

  private static func object(
    _ settings: [SettingDescription], _ description: String, also: [(String, JSONValue)]
  ) -> JSONValue {
    let properties = settings.map { setting in
      var schema = setting.schema
      schema["description"] = .string(setting.summary)
      schema["default"] = setting.defaultValue
      return (setting.key, JSONValue.object(schema))
    }
    return [
      "type": "object",
      "description": .string(description),
      "properties": .object(JSONObject(also + properties)),
      "required": .array(settings.filter(\.isRequired).map { .string($0.key) }),
      "additionalProperties": false,
    ]
  }
}
