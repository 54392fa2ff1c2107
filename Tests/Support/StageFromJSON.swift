import Bytes
public import Pipeline

extension Stage {
  /// The stage as a definition has it, under its own name as label.
  /// - Parameter json: Its settings.
  public static func made(from json: String = "{}", hasState: Bool = false) throws -> Self {
    try Self(
      settings: try .read(from: json),
      context: Context(label: manual.name, standardInput: .standardInput, hasState: hasState))
  }
}
