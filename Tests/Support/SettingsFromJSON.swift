import Bytes
public import Pipeline

/// The errors in settings, one message after another.
public struct WrongSettings: Error, Equatable {
  public let messages: [String]

  public init(messages: [String]) { self.messages = messages }
}

extension ComponentSettings {
  /// Reads settings as they stand in a definition.
  public static func read(from json: String) throws -> Self {
    let node = try JSONReader.read(SourceText(name: "settings.json", bytes: Array(json.utf8)))
    var reader = SettingReader()
    let settings = Self.read(node, owner: "stage", reserved: ["use", "label"], &reader)
    let messages = reader.diagnostics.map(\.message)
    guard messages.isEmpty else { throw WrongSettings(messages: messages) }
    return settings
  }
}
