import Bytes
import Components
import Pipeline
import TestSupport
import Testing

/// The components that are shipped, and what they say of themselves.
@Suite struct RegistryTests {
  struct Component: CustomTestStringConvertible, Sendable {
    let kind: String
    let manual: Manual
    let settings: [SettingDescription]
    var testDescription: String { "\(kind) \(manual.name)" }
  }

  static let registry = Registry.standard

  static let components =
    registry.sources.map { Component(kind: "input", manual: $0.manual, settings: $0.settings) }
    + registry.stages.map { Component(kind: "stage", manual: $0.manual, settings: $0.settings) }
    + registry.sinks.map { Component(kind: "output", manual: $0.manual, settings: $0.settings) }

  static func isSnakeCase(_ name: String) -> Bool {
    name.wholeMatch(of: /[a-z][a-z0-9]*(_[a-z0-9]+)*/) != nil
  }

  static func isSentence(_ text: String) -> Bool {
    text.hasSuffix(".") && !text.contains("\n") && text.first?.isLowercase != true
  }

  @Test("names are unique among components of one kind")
  func names() {
    for names in [
      Self.registry.sources.map(\.manual.name), Self.registry.stages.map(\.manual.name),
      Self.registry.sinks.map(\.manual.name),
    ] {
      #expect(!names.isEmpty)
      #expect(Set(names).count == names.count)
      #expect(names.allSatisfy(Self.isSnakeCase))
    }
  }

  @Test("the texts of a manual are sentences", arguments: components)
  func texts(component: Component) {
    let manual = component.manual
    #expect(Self.isSentence(manual.summary))
    #expect(manual.discussion.hasSuffix(".") || manual.discussion.hasSuffix("```"))
    for promise in manual.promises { #expect(Self.isSentence(promise.summary), "\(promise.key)") }
    for reason in manual.reasons { #expect(Self.isSentence(reason.summary), "\(reason.name)") }
    for setting in component.settings {
      #expect(setting.summary.hasSuffix("."), "\(setting.key)")
      // The manual's table has a row for each.
      #expect(!setting.summary.contains("|") && !setting.summary.contains("\n"), "\(setting.key)")
    }
  }

  @Test(
    "keys, promises and reasons are unique, in snake_case, and not reserved", arguments: components)
  func keys(component: Component) {
    for names in [
      component.settings.map(\.key), component.manual.promises.map(\.key),
      component.manual.reasons.map(\.name),
    ] {
      #expect(Set(names).count == names.count)
      #expect(names.allSatisfy(Self.isSnakeCase), "\(names)")
    }
    #expect(!component.settings.contains { ["use", "label"].contains($0.key) })
  }

  @Test("a required setting has no default", arguments: components)
  func required(component: Component) {
    for setting in component.settings where setting.isRequired {
      #expect(setting.defaultValue == nil, "\(setting.key)")
    }
  }

  @Test("the example is JSON, and uses declared settings only", arguments: components)
  func examples(component: Component) throws {
    let source = SourceText(name: "example", bytes: Array(component.manual.example.utf8))
    let node = try JSONReader.read(source)
    guard case .object(let members) = node.value else {
      Issue.record("the example is no object")
      return
    }
    #expect(node["use"]?.string == component.manual.name)
    let known =
      component.settings.map(\.key) + (component.kind == "stage" ? ["use", "label"] : ["use"])
    for member in members { #expect(known.contains(member.key), "\(member.key)") }
    for setting in component.settings where setting.isRequired {
      #expect(node[setting.key] != nil, "\(setting.key)")
    }
  }

  @Test("the example is right but for files that are not there", arguments: components)
  func examplesAreRight(component: Component) {
    let example = component.manual.example
    let parts = [
      "input": #"{"use": "ndjson", "paths": ["\#(Fixture.root)"]}"#, "stage": "",
      "output": #"{"use": "ndjson", "path": "-"}"#,
    ].merging([component.kind: example]) { $1 }
    let before = component.manual.effects.contains(.needsPage) ? #"{"use": "html"}, "# : ""
    let reading = Self.registry.read(
      """
      {"input": \(parts["input"] ?? ""), "stages": [\(before)\(parts["stage"] ?? "")],
       "output": \(parts["output"] ?? "")}
      """)
    let wrong = reading.messages.filter {
      !$0.contains("cannot be read") && !$0.contains("matches no file")
    }
    #expect(wrong == [])
  }

  @Test("a reason means the same wherever it stands in the rejects")
  func reasons() {
    for component in Self.components where component.kind == "stage" {
      for reason in component.manual.reasons {
        let others = Self.components.filter { $0.kind == "stage" }
          .flatMap(\.manual.reasons).filter { $0.name == reason.name && $0 != reason }
        #expect(others.isEmpty, "\(reason.name)")
      }
    }
  }
}
