import ArgumentParser
import Components
import Pipeline

/// What shells propose for arguments that several commands have.
extension CompletionKind {
  static var definition: CompletionKind { .file(extensions: ["json"]) }
  static var inputNames: CompletionKind { .list(Registry.standard.sources.map(\.manual.name)) }
}
