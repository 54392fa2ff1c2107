public import Pipeline

extension Revisits {
  public struct Settings: ComponentSettings {
    public init() {}

    public static let fields: [Field<Self>] = []
  }
}
