public import Bytes

/// The components that exist: one explicit list, in the order of the manual.
public struct Registry: Sendable {
  public let sources: [Entry<any Source>]
  public let stages: [Entry<any Stage>]
  public let sinks: [Entry<any Sink>]

  public init(
    sources: [Entry<any Source>], stages: [Entry<any Stage>], sinks: [Entry<any Sink>]
  ) {
    self.sources = sources
    self.stages = stages
    self.sinks = sinks
  }

  /// The libraries on whose versions the output of stages may depend.
  public var libraries: [Manual.Library] { stages.flatMap(\.manual.libraries) }

  /// A component by name, with its types erased.
  public struct Entry<Product>: Sendable {
    public let manual: Manual
    public let settings: [SettingDescription]
    /// Endings of file names; sources only.
    public let endings: [String]
    /// Names beside the settings that belong to the definition.
    let reserved: [String]

    /// Reads the settings at a node and makes the component; also returns all its settings. Complains
    /// and returns nil when either fails.
    let make: @Sendable (JSONNode, Context, inout SettingReader) -> Made?

    typealias Made = (component: Product, settings: JSONObject)

    init<C: Component>(
      _ type: C.Type, endings: [String] = [], reserved: [String] = [DefinitionKey.use],
      _ erase: @escaping @Sendable (C) -> Product
    ) {
      manual = type.manual
      self.endings = endings
      self.reserved = reserved
      settings = C.Settings.fields.map(SettingDescription.init)
      make = { node, context, reader in
        let path = reader.path
        let complaints = reader.diagnostics.count
        let settings = C.Settings.read(node, owner: C.manual.name, reserved: reserved, &reader)
        // Settings whose variables are not set were complained about before.
        let isComplete = !C.Settings.fields.contains {
          reader.below(path[$0.key]) { $0.hasComplaint }
        }
        guard isComplete, reader.diagnostics.count == complaints else { return nil }
        do throws(Complaint) {
          return (erase(try C(settings: settings, context: context)), settings.json)
        } catch {
          reader.below(error.key.map { path[$0] } ?? path) {
            $0.complain(error.node(in: node), error.message)
          }
          return nil
        }
      }
    }
  }
}

extension Complaint {
  /// What is wrong in the component's part of the definition.
  fileprivate func node(in component: JSONNode) -> JSONNode {
    guard let key, let setting = component[key] else { return component }
    guard let element, case .array(let elements) = setting.value,
      elements.indices.contains(element)
    else { return setting }
    return elements[element]
  }
}

extension Registry.Entry<any Source> {
  public static func source<S: Source>(_ type: S.Type) -> Self {
    Self(type, endings: S.endings) { $0 }
  }
}

extension Registry.Entry<any Stage> {
  public static func stage<S: Stage>(_ type: S.Type) -> Self {
    Self(type, reserved: DefinitionKey.ofStages) { $0 }
  }
}

extension Registry.Entry<any Sink> {
  public static func sink<S: Sink>(_ type: S.Type) -> Self { Self(type) { $0 } }
}

/// A setting as the schema and the manual see it: a `Field` without its types.
public struct SettingDescription: Sendable {
  public let key: String
  public let summary: String
  public let typeName: String
  public let ruleText: String?
  public let isRequired: Bool
  public let defaultValue: JSONValue?
  let schema: JSONObject

  init<Settings: ComponentSettings>(_ field: Field<Settings>) {
    key = field.key
    summary = field.summary
    typeName = field.typeName
    ruleText = field.ruleText
    isRequired = field.isRequired
    defaultValue = field.defaultValue
    schema = field.schema
  }
}
