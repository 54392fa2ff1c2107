public import Bytes

/// The settings of a component: stored properties whose initial values are the defaults, and one line
/// for each that makes it a setting.
public protocol ComponentSettings: Sendable {
  init()

  /// In the order of the manual. Keys are snake_case, unique, and none of the reserved `use`, `label`.
  static var fields: [Field<Self>] { get }
}

/// The declaration of one setting, from which its decoder, range check, default, JSON Schema and manual
/// entry come. The key exists nowhere else.
public struct Field<Settings: ComponentSettings>: Sendable {
  public let key: String
  /// A sentence for the manual, units included.
  public let summary: String
  /// Whether a definition must give it; then it has no default.
  public let isRequired: Bool
  /// The type, with its article, for the manual.
  public let typeName: String
  /// The rule's text, to follow "must"; nil without a rule.
  public let ruleText: String?
  /// Of the value's type and rule, without default and description.
  public let schema: JSONObject
  /// The property in a given value.
  public let json: @Sendable (Settings) -> JSONValue
  let read: @Sendable (JSONNode, inout SettingReader, inout Settings) -> Void

  public init<Value: SettingValue>(
    _ key: String, _ property: any WritableKeyPath<Settings, Value> & Sendable, _ summary: String,
    must rule: Rule<Value>? = nil, isRequired: Bool = false
  ) {
    self.key = key
    self.summary = summary
    self.isRequired = isRequired
    typeName = Value.typeName
    ruleText = rule?.text
    schema = JSONObject(
      (Value.schema.members + (rule?.schema.members ?? [])).map { ($0.key, $0.value) })
    json = { $0[keyPath: property].json }
    read = { node, reader, settings in
      guard let value = Value.read(node, &reader) else { return }
      if let rule, !rule.holds(value) {
        reader.complain(node, "must \(rule.text), is \(node.plain.shortText)")
      } else {
        settings[keyPath: property] = value
      }
    }
  }

  /// A setting that may be left out, with a rule for when it is given.
  public init<Value: SettingValue>(
    _ key: String, _ property: any WritableKeyPath<Settings, Value?> & Sendable, _ summary: String,
    must rule: Rule<Value>
  ) {
    self.init(key, property, summary, must: rule.whenGiven())
  }

  /// The default; nil when the setting is required or has none.
  public var defaultValue: JSONValue? {
    let value = json(Settings())
    // A bare `nil` would be the JSON value null.
    return isRequired || value.isNull ? JSONValue?.none : value
  }
}

extension ComponentSettings {
  /// All settings, given or not, as a definition would spell them.
  var json: JSONObject { JSONObject(Self.fields.map { ($0.key, $0.json(self)) }) }

  /// Reads settings from a JSON object. Every unknown, repeated, missing or wrong member is complained
  /// about; what is right is taken over.
  /// - Parameters:
  ///   - owner: Whose settings they are, for messages: the component's name, or `run`.
  ///   - reserved: Names that belong to the definition itself.
  package static func read(
    _ node: JSONNode, owner: String, reserved: [String], _ reader: inout SettingReader
  ) -> Self {
    var settings = Self()
    guard case .object(let members) = node.value else {
      reader.complain(node, "must be an object, is \(node.plain.kindName)")
      return settings
    }
    let path = reader.path
    var seen: Set<String> = []
    for member in members {
      reader.below(path[member.key]) { reader in
        if !seen.insert(member.key).inserted {
          reader.complain(at: member.keyPlace, "stands twice")
        } else if let field = fields.first(where: { $0.key == member.key }) {
          // A value that lacks a variable of the environment is nothing to complain of again.
          if !reader.hasComplaint { field.read(member.node, &reader, &settings) }
        } else if !reserved.contains(member.key) {
          let names = fields.map(\.key)
          let suggestion =
            Suggestion.near(member.key, among: names + reserved) ?? "; " + Suggestion.list(names)
          reader.complain(at: member.keyPlace, "is not a setting of \(owner)\(suggestion)")
        }
      }
    }
    for field in fields where field.isRequired && !seen.contains(field.key) {
      reader.complain(node, "lacks the setting \(field.key): \(field.typeName)")
    }
    return settings
  }
}
