public import Pipeline

/// A source whose setting `paths` names what it reads.
public protocol PathSource: Source {
  var input: InputPaths { get }
}

extension PathSource {
  public var byteCount: Int? { input.byteCount }
  public var canBeReadAgain: Bool { input.canBeReadAgain }
  public func reads(fileAt path: String) -> Bool { input.reads(fileAt: path) }
  public func survey(_ state: StageState?) throws -> InputSurvey? { try input.survey(state) }
}

/// Settings that such sources share.
extension Field {
  static func paths(
    _ property: any WritableKeyPath<Settings, [FilePath]> & Sendable, _ description: String
  ) -> Field {
    Field("paths", property, description, must: .holdSomething(), isRequired: true)
  }

  static func skipsProcessed(
    _ property: any WritableKeyPath<Settings, Bool> & Sendable
  ) -> Field {
    Field(
      "skips_processed", property,
      "Leaves out files that an earlier run with this state directory read to the end. They are known by path, "
        + "size and time of change, or by content. A file that grew is read again, all of it.")
  }
}
