public import Bytes

/// A pipeline definition, read and checked: components that are ready to be opened.
public struct Definition: Sendable {
  /// Read one after another. Several only where arguments of several kinds took the place of `input`.
  public let inputs: [any Source]
  public let stages: [LabelledStage]
  public let output: any Sink
  /// Nil when rejects are only counted.
  public let rejects: (any Sink)?
  public let run: RunSettings
  /// A file or folder of examples.
  public let examples: FilePath?
  /// The inputs that exist, by the endings of names that are theirs.
  public let inputsByEnding: [String: String]
  /// All of the above on which the output depends, defaults included: two definitions do the same if
  /// these are the same. The stages stand under their labels.
  public let canonical: JSONObject

  /// Parts that fit each other; a definition that a user wrote is read with `Registry.read`.
  public init(
    inputs: [any Source], stages: [LabelledStage], output: any Sink, rejects: (any Sink)?,
    run: RunSettings, examples: FilePath? = nil, inputsByEnding: [String: String] = [:],
    canonical: JSONObject = [:]
  ) {
    self.inputs = inputs
    self.stages = stages
    self.output = output
    self.rejects = rejects
    self.run = run
    self.examples = examples
    self.inputsByEnding = inputsByEnding
    self.canonical = canonical
  }
}

/// A stage under the name by which reports, rejects and annotations know it; unique in a definition.
public struct LabelledStage: Sendable {
  public let label: String
  public let stage: any Stage

  public init(label: String, stage: any Stage) {
    self.label = label
    self.stage = stage
  }
}
