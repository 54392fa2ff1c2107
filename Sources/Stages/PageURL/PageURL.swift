import Bytes
public import Pipeline

/// Normalises the URLs of documents and holds them to lists.
public struct PageURL: Stage {
  public struct Settings: ComponentSettings {
    var normalizes = true
    var dropsParameters: [String] = []
    var allow: [String] = []
    var allowFiles: [FilePath] = []
    var block: [String] = []
    var blockFiles: [FilePath] = []

    public init() {}

    public static let fields: [Field<Self>] = [
      Field("normalize", \.normalizes, "Whether `metadata.url` gets its normal form."),
      Field(
        "drop_parameters", \.dropsParameters,
        "Parameters of the query that normalizing removes; `*` stands for any text, as in `utm_*`."),
      Field(
        "allow", \.allow,
        "Hosts and patterns. If there are some, here or in files, only documents whose URL fits one are kept."
      ),
      Field("allow_files", \.allowFiles, "Files with such entries, one on each line."),
      Field("block", \.block, "Hosts and patterns. Documents whose URL fits one are dropped."),
      Field("block_files", \.blockFiles, "Files with such entries, one on each line."),
    ]
  }

  public static let manual = Manual(
    name: "url",
    summary: "Normalizes the URLs of documents, and drops documents by host and pattern.",
    discussion: """
      The normal form has scheme and host in small letters, no default port, no fragment, no `.` and `..` in \
      the path, and percent signs only where they must be (RFC 3986, section 6.2). Hosts with letters beyond \
      ASCII stay as they are. What is no http or https URL is left alone. If the URL changes, the annotations \
      keep the old one as `original`, under the stage's label.

      An entry with a slash or an asterisk is a pattern for the whole URL, in which `*` stands for any text: \
      `*/tag/*`. Any other entry is a host, and stands for its subdomains too: `example.org` fits \
      `www.example.org`. A document that fits both lists is dropped. In files, empty lines and lines that begin \
      with `#` do not count.

      A document without a URL is kept, unless there is an allow list.

      Put the stage before `revisits` and `html` to save their work, and because pages are recognised by their \
      URL.
      """,
    example: #"""
      { "use": "url", "drop_parameters": ["utm_*", "fbclid"], "block": ["ads.example", "*/login*"] }
      """#,
    reasons: [.blockedURL, .urlNotAllowed])

  private let normalizer: URLNormalizer?
  private let allow: URLList?
  private let block: URLList
  private let label: String

  public init(settings: Settings, context: Context) throws(Complaint) {
    label = context.label
    if !settings.normalizes, !settings.dropsParameters.isEmpty {
      throw Complaint("drop_parameters", "needs \"normalize\": true")
    }
    normalizer = settings.normalizes ? URLNormalizer(dropping: settings.dropsParameters) : nil
    let hasAllow = !settings.allow.isEmpty || !settings.allowFiles.isEmpty
    allow = hasAllow ? try URLList(settings.allow, settings.allowFiles, key: "allow") : nil
    block = try URLList(settings.block, settings.blockFiles, key: "block")
  }

  public func makeWorker() -> sending Worker {
    Worker(normalizer: normalizer, allow: allow, block: block, label: label)
  }

  /// Looks URLs up.
  public struct Worker: StageWorker {
    let normalizer: URLNormalizer?
    let allow: URLList?
    let block: URLList
    let label: String

    public func process(_ document: inout Document) -> Verdict {
      guard let given = document.metadata["url"]?.string, !given.isEmpty else {
        return allow == nil ? .keep : .drop(.urlNotAllowed, ["message": "it has no URL"])
      }
      var url = given
      if let normalizer, let normal = normalizer.normalized(given), normal != given {
        url = normal
        document.metadata["url"] = .string(url)
        document.annotate("original", .string(given), label: label)
      }
      if let entry = block.entry(for: url) { return .drop(.blockedURL, ["entry": .string(entry)]) }
      if let allow, allow.entry(for: url) == nil { return .drop(.urlNotAllowed) }
      return .keep
    }
  }
}

extension DropReason {
  static let blockedURL = DropReason("blocked_url", "The URL fits an entry of the block list.")
  static let urlNotAllowed = DropReason(
    "url_not_allowed", "The URL fits no entry of the allow list, or there is none.")
}
