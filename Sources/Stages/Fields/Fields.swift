import Bytes
public import Pipeline

/// Keeps, drops, renames and sets members of the metadata and the annotations.
public struct Fields: Stage {
  public struct Settings: ComponentSettings {
    var keep: [MemberPath]?
    var drop: [MemberPath] = []
    var rename = Renamings()
    var constants = Constants()

    public init() {}

    public static let fields: [Field<Self>] = [
      Field("keep", \.keep, "The members to keep; all others go. Without it, all are kept."),
      Field("drop", \.drop, "Members to remove."),
      Field(
        "rename", \.rename,
        "Old and new places of members. Where the new place is taken, nothing is moved."),
      Field("set", \.constants, "Members to set, each to a constant; what was there goes."),
    ]
  }

  public static let manual = Manual(
    name: "fields",
    summary: "Keeps, drops, renames and sets members of the metadata and the annotations.",
    discussion: """
      A member is named by its place: `metadata.title`, `annotations.entities`, and with further dots what is \
      inside. The settings are applied in this order: `keep`, `drop`, `rename`, `set`. `keep` concerns metadata \
      and annotations alike: what it does not name goes. A member that is not there is no error. `id`, `text`, \
      `source` and `created` always stay.

      Put the stage last: later stages may need what it removes, such as the URL.
      """,
    example: #"""
      { "use": "fields", "drop": ["metadata.description"], "rename": { "metadata.site": "metadata.publisher" }, "set": { "metadata.crawl": "night" } }
      """#)

  private let settings: Settings

  public init(settings: Settings, context: Context) { self.settings = settings }

  public func makeWorker() -> sending Worker { Worker(settings: settings) }

  /// Rearranges one document after another.
  public struct Worker: StageWorker {
    let settings: Settings

    public func process(_ document: inout Document) -> Verdict {
      if let keep = settings.keep {
        document.metadata = MemberPath.kept(of: document.metadata, in: .metadata, keep)
        document.annotations = MemberPath.kept(of: document.annotations, in: .annotations, keep)
      }
      for path in settings.drop { document[path] = nil }
      for renaming in settings.rename.list {
        guard let value = document[renaming.old], document[renaming.new]?.isNull ?? true else {
          continue
        }
        document[renaming.old] = nil
        document[renaming.new] = value
      }
      for constant in settings.constants.list { document[constant.path] = constant.value }
      return .keep
    }
  }
}
