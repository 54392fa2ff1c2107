public import Bytes

/// One page on its way through the pipeline.
///
/// An ordinary value: text and page share their storage between copies and move by `inout`. What the
/// input said (`metadata`) is kept apart from what stages found (`annotations`), so that nothing of the
/// input is ever overwritten.
public struct Document: Sendable {
  /// From the input; never empty. Unique within a run if the input's ids are.
  public var id: String

  /// The text as it stands now: empty until a stage has made some out of `html`.
  public var text: UTF8Text

  /// The page as it was fetched, until a stage takes it apart.
  public var html: RawHTML?

  /// The page's blocks, from the stage that takes the page apart to the one that chooses among them.
  public var page: Page?

  /// Name of the corpus or crawl that the document belongs to.
  public var source: String

  /// When the document came into being, `YYYY-MM-DDTHH:MM:SS.mmmZ`; nil when the input does not say.
  public var created: String?

  /// Facts about the document from the input, and those that stages promise for every document. Each key has one
  /// type, and is null if nothing is known.
  public var metadata: JSONObject

  /// The findings of stages, under their labels.
  public var annotations: JSONObject

  /// Where the record stood.
  public let origin: Origin

  public init(
    id: String, text: UTF8Text = UTF8Text(), html: RawHTML? = nil, source: String = "",
    created: String? = nil, metadata: JSONObject = JSONObject(),
    annotations: JSONObject = JSONObject(), origin: Origin
  ) {
    self.id = id
    self.text = text
    self.html = html
    self.source = source
    self.created = created
    self.metadata = metadata
    self.annotations = annotations
    self.origin = origin
  }

  /// Says something of the document under a metadata key. What the input said there stays: then a value
  /// that differs goes to the annotations, under the stage's label.
  public mutating func state(_ key: String, _ value: JSONValue, label: String) {
    guard let known = metadata[key], !known.isNull else {
      metadata[key] = value
      return
    }
    if !value.isNull, value != known { annotate(key, value, label: label) }
  }

  /// Adds a finding under the stage's label.
  public mutating func annotate(_ key: String, _ value: JSONValue, label: String) {
    var findings = annotations[label]?.object ?? JSONObject()
    findings[key] = value
    annotations[label] = .object(findings)
  }
}

/// Where a record stood in the input.
public struct Origin: Sendable, Hashable {
  /// The file as the user named it, or `-` for standard input.
  public let file: String
  /// From 1; nil where the file is one record.
  public let line: Int?
  /// Where the record starts, in bytes from the start of the file.
  public let byteOffset: Int

  public init(file: String, line: Int? = nil, byteOffset: Int = 0) {
    self.file = SystemPath.visible(file)
    self.line = line
    self.byteOffset = byteOffset
  }
}

/// A page as it was fetched: undecoded and unchecked.
public struct RawHTML: Sendable {
  public let bytes: [UInt8]

  /// The character set that the transport declared (an HTTP header, or the JSON text that the page was
  /// part of), by any of its names; nil when it said nothing.
  public let charset: String?

  public init(bytes: [UInt8], charset: String? = nil) {
    self.bytes = bytes
    self.charset = charset
  }
}
