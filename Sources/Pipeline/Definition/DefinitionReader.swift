public import Bytes

extension Registry {
  /// Reads and checks a definition: everything that is wrong is found in one go, before any page is
  /// read.
  /// - Parameters:
  ///   - environment: Variables for `${NAME}`.
  ///   - standardInput: Looked at when an INPUT argument is `-`.
  ///   - stop: Handed to the components.
  /// - Returns: The definition, or at least one diagnostic, in source order.
  public func read(
    _ source: SourceText, arguments: DefinitionArguments = DefinitionArguments(),
    environment: [String: String] = [:], standardInput: ByteStream = .standardInput,
    stop: StopSignal = StopSignal()
  ) -> (definition: Definition?, diagnostics: [Diagnostic]) {
    let root: JSONNode
    do throws(JSONReader.SyntaxError) {
      root = try JSONReader.read(source)
    } catch {
      return (nil, [Diagnostic(error.place, error.message)])
    }
    var reader = SettingReader()
    let applied = arguments.apply(to: root, &reader)
    let node = Environment(variables: environment, source: source).filling(applied, &reader)
    let definition = DefinitionReader(
      registry: self, root: node, arguments: arguments, standardInput: standardInput, stop: stop
    ).read(&reader)
    let diagnostics = reader.diagnostics.inSourceOrder()
    return (diagnostics.isEmpty ? definition : nil, diagnostics)
  }
}

/// Reads one definition whose strings are filled in and whose overrides are applied.
private struct DefinitionReader {
  let registry: Registry
  let root: JSONNode
  let arguments: DefinitionArguments
  let standardInput: ByteStream
  let stop: StopSignal

  func read(_ reader: inout SettingReader) -> Definition? {
    guard case .object(let members) = root.value else {
      reader.complain(root, "must be an object, is \(root.plain.kindName)")
      return nil
    }
    checkKeys(members, &reader)
    let empty = JSONNode(.object([]), at: root.place)
    let run = reader.below(JSONPath()[DefinitionKey.run]) {
      RunSettings.read(root[DefinitionKey.run] ?? empty, owner: "run", reserved: [], &$0)
    }
    let context = { (label: String) in
      Context(
        label: label, standardInput: standardInput, stop: stop,
        maximumDocument: run.maximumDocument.bytes,
        hasState: arguments.needsNoState || run.state != nil)
    }
    let inputs = inputNodes(context(DefinitionKey.input), &reader).map {
      component($0, DefinitionKey.input, "input", registry.sources, context, &reader)
    }
    let stages = stages(context, &reader)
    let output = root[DefinitionKey.output].flatMap {
      component($0, DefinitionKey.output, "output", registry.sinks, context, &reader)
    }
    let rejects = root[DefinitionKey.rejects].flatMap {
      component($0, DefinitionKey.rejects, "output", registry.sinks, context, &reader)
    }
    let examples = root[DefinitionKey.examples].flatMap { node in
      reader.below(JSONPath()[DefinitionKey.examples]) { FilePath.read(node, &$0) }
    }
    guard reader.diagnostics.isEmpty, let output else { return nil }
    let sources = inputs.compactMap { $0?.component }
    checkFirstPass(stages.map(\.stage), sources, &reader)
    checkPages(sources, stages.map(\.stage), &reader)
    OutputCheck(definition: root.place.source, sources: sources, arguments: arguments)
      .check(&reader)
    let settings = inputs.compactMap { $0.map { JSONValue.object($0.settings) } }
    return Definition(
      inputs: inputs.compactMap { $0?.component }, stages: stages.map(\.stage),
      output: output.component, rejects: rejects?.component, run: run,
      examples: examples,
      inputsByEnding: Dictionary(
        registry.sources.flatMap { source in source.endings.map { ($0, source.manual.name) } },
        uniquingKeysWith: { first, _ in first }),
      canonical: [
        // As a definition gives it: one, not a list of one.
        DefinitionKey.input: settings.count == 1 ? settings[0] : .array(settings),
        DefinitionKey.stages: .object(
          JSONObject(stages.map { ($0.stage.label, .object($0.settings)) })),
        DefinitionKey.output: .object(output.settings),
        DefinitionKey.rejects: rejects.map { .object($0.settings) } ?? .null,
        DefinitionKey.run: .object(run.jsonOfOutput),
      ])
  }

  /// Complains about stages that need what the input cannot give. Called when nothing else is wrong, so
  /// that there is a stage for every node.
  private func checkFirstPass(
    _ stages: [LabelledStage], _ inputs: [any Source], _ reader: inout SettingReader
  ) {
    guard inputs.contains(where: { !$0.canBeReadAgain }),
      case .array(let nodes) = root[DefinitionKey.stages]?.value
    else { return }
    for (index, stage) in stages.enumerated() {
      guard let ordered = stage.stage as? any OrderedStage, ordered.needsFirstPass else { continue }
      reader.below(JSONPath()[DefinitionKey.stages][index]) {
        $0.complain(
          nodes[index],
          "reads the input twice, and standard input or a pipe can be read only once; "
            + "name files or folders, or do without the first pass")
      }
    }
  }

  /// Complains about an input of pages of which no stage makes text.
  private func checkPages(
    _ inputs: [any Source], _ stages: [LabelledStage], _ reader: inout SettingReader
  ) {
    let isMade = stages.contains { type(of: $0.stage).manual.effects.contains(.makesPage) }
    guard !isMade, let page = inputs.lazy.compactMap(\.knownPage).first else { return }
    reader.below(JSONPath()[DefinitionKey.stages]) {
      $0.complain(
        root[DefinitionKey.stages] ?? root,
        "make no text of pages, and the input reads \(page); put \(StageOrder.proposal(registry)) first"
      )
    }
  }

  private func checkKeys(_ members: [JSONNode.Member], _ reader: inout SettingReader) {
    var seen: Set<String> = []
    for member in members {
      reader.below(JSONPath()[member.key]) { reader in
        if !DefinitionKey.all.contains(member.key) {
          let suggestion = Suggestion.text(for: member.key, among: DefinitionKey.all)
          reader.complain(at: member.keyPlace, "is not part of a definition\(suggestion)")
        } else if !seen.insert(member.key).inserted {
          reader.complain(at: member.keyPlace, "stands twice")
        }
      }
    }
    for key in DefinitionKey.required where !seen.contains(key) {
      if key == DefinitionKey.input, arguments.inputs != nil { continue }
      reader.complain(root, "lacks \(key)")
    }
  }

  private func inputNodes(_ context: Context, _ reader: inout SettingReader) -> [JSONNode] {
    guard let inputs = arguments.inputs else {
      return root[DefinitionKey.input].map { [$0] } ?? []
    }
    return arguments.inputNodes(
      inputs, root, sources: registry.sources, context: context, &reader)
  }

  /// Reads one component: what it is, then its settings.
  private func component<Product>(
    _ node: JSONNode, _ key: String, _ kind: String, _ entries: [Registry.Entry<Product>],
    _ context: (String) -> Context, _ reader: inout SettingReader
  ) -> Registry.Entry<Product>.Made? {
    reader.below(JSONPath()[key]) { reader in
      entry(node, kind, entries, &reader).flatMap { make(node, $0, context(key), &reader) }
    }
  }

  /// Makes a component; its name goes before its settings.
  private func make<Product>(
    _ node: JSONNode, _ entry: Registry.Entry<Product>, _ context: Context,
    _ reader: inout SettingReader
  ) -> Registry.Entry<Product>.Made? {
    entry.make(node, context, &reader).map { made in
      let settings = made.settings.members.map { ($0.key, $0.value) }
      let name = JSONValue.string(entry.manual.name)
      return (made.component, JSONObject([(DefinitionKey.use, name)] + settings))
    }
  }

  private func stages(
    _ context: (String) -> Context, _ reader: inout SettingReader
  ) -> [(stage: LabelledStage, settings: JSONObject)] {
    guard let list = root[DefinitionKey.stages] else { return [] }
    let path = JSONPath()[DefinitionKey.stages]
    guard case .array(let nodes) = list.value else {
      reader.below(path) {
        $0.complain(list, "must be a list of stages, is \(list.plain.kindName)")
      }
      return []
    }
    var stages: [(stage: LabelledStage, settings: JSONObject)] = []
    var seen: [String: Int] = [:]
    var locating: String?
    var order = StageOrder(registry: registry)
    for index in nodes.indices {
      let node = nodes[index]
      reader.below(path[index]) { reader in
        guard let entry = entry(node, "stage", registry.stages, &reader) else { return }
        let label = label(node, entry.manual.name, &seen, index, &reader)
        if let complaint = order.complaint(about: entry.manual, at: path[index], label) {
          reader.complain(node, complaint)
        }
        if let locating, entry.manual.effects.contains(.rewritesText) {
          reader.complain(
            node,
            "changes the text in which \(locating) recorded positions; put it before that stage")
        }
        if entry.manual.effects.contains(.locatesText) { locating = "\(path[index]) (\(label))" }
        if let made = make(node, entry, context(label), &reader) {
          stages.append((LabelledStage(label: label, stage: made.component), made.settings))
        }
      }
    }
    return stages
  }

  /// The component that `use` names; complains when it names none.
  private func entry<Product>(
    _ node: JSONNode, _ kind: String, _ entries: [Registry.Entry<Product>],
    _ reader: inout SettingReader
  ) -> Registry.Entry<Product>? {
    guard case .object = node.value else {
      reader.complain(node, "must be an object, is \(node.plain.kindName)")
      return nil
    }
    let names = entries.map(\.manual.name)
    guard let use = node[DefinitionKey.use] else {
      reader.complain(
        node, "lacks \"use\", which names the \(kind); \(Suggestion.list(names))")
      return nil
    }
    let path = reader.path
    return reader.below(path[DefinitionKey.use]) { reader in
      guard !reader.hasComplaint, let name = String.read(use, &reader) else { return nil }
      if let entry = entries.first(where: { $0.manual.name == name }) { return entry }
      reader.complain(
        use, "names no \(kind) \"\(name)\"\(Suggestion.text(for: name, among: names))")
      return nil
    }
  }

  /// The stage's label; complains when it is another stage's, too, or stands for something else.
  private func label(
    _ node: JSONNode, _ name: String, _ seen: inout [String: Int], _ index: Int,
    _ reader: inout SettingReader
  ) -> String {
    let path = reader.path
    var label = name
    if let own = node[DefinitionKey.label] {
      reader.below(path[DefinitionKey.label]) { reader in
        guard let text = String.read(own, &reader) else { return }
        label = text
        if text.isEmpty || [DefinitionKey.input, DefinitionKey.output].contains(text) {
          reader.complain(own, "must not be empty, \"input\" or \"output\", is \"\(text)\"")
        }
      }
    }
    if let earlier = seen[label] {
      reader.complain(
        node,
        "has the label \"\(label)\" of stages[\(earlier)]; give one of them a \"label\" of its own")
    }
    seen[label] = seen[label] ?? index
    return label
  }
}
