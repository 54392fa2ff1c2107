/// A pipeline definition, read and checked: components that are ready to be opened.
public struct Definition: Sendable {
  /// Read one after another. Several only where arguments of several kinds took the place of `input`.
  public let inputs: [any Source]
  public let stages: [LabelledStage]
  public let output: any Sink
  /// Nil when rejects are only counted.
  public let rejects: (any Sink)?
  public let run: RunSettings

  /// Parts that fit each other; a definition that a user wrote is read with `Registry.read`.
  public init(
    inputs: [any Source], stages: [LabelledStage], output: any Sink, rejects: (any Sink)?,
    run: RunSettings
  ) {
    self.inputs = inputs
    self.stages = stages
    self.output = output
    self.rejects = rejects
    self.run = run
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
