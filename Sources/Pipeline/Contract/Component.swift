public import Bytes

/// The common base of sources, stages and sinks.
///
/// A component is an immutable value made from settings. It opens the objects that do the work. Those whose
/// work does not depend on order are made once per thread and never shared; those that see every document in
/// input order exist once.
///
///     source   makeDecoder   in parallel      makeReader   in order
///     stage    makeWorker    in parallel      openLedger   in order, ordered stages only
///     sink     makeEncoder   in parallel      makeWriter   in order
public protocol Component: Sendable {
  associatedtype Settings: ComponentSettings

  /// Name, texts and promises of the component. Read once, when the registry is made.
  static var manual: Manual { get }

  /// Called once per run, and by `winnow check`. Reads what the settings name (a gazetteer, a model).
  /// - Throws: `Complaint` when a setting cannot be served. What it says reaches the user with the
  ///   place of that setting.
  init(settings: Settings, context: Context) throws(Complaint)
}

/// Describes the surroundings of a component.
public struct Context: Sendable {
  /// The stage's label: its name, or what the definition says. `input` and `output` elsewhere.
  public let label: String
  /// Standard input, of which the first bytes may have been looked at.
  public let standardInput: ByteStream
  /// Heard by whatever waits for input.
  public let stop: StopSignal
  /// No record may be longer, in bytes of input.
  public let maximumDocument: Int
  /// Whether the run has a state directory.
  public let hasState: Bool

  public init(
    label: String, standardInput: ByteStream, stop: StopSignal = StopSignal(),
    maximumDocument: Int = RunSettings().maximumDocument.bytes, hasState: Bool = false
  ) {
    self.label = label
    self.standardInput = standardInput
    self.stop = stop
    self.maximumDocument = maximumDocument
    self.hasState = hasState
  }
}

/// A setting that cannot be served, in the user's words.
public struct Complaint: Error, Sendable, Hashable {
  /// Key of the setting; nil for the component as a whole.
  public let key: String?
  /// Number of the element, where the setting is a list and one element is wrong.
  public let element: Int?
  /// The error; it follows the setting's path: `cannot be read: No such file or directory`.
  public let message: String

  public init(_ key: String?, element: Int? = nil, _ message: String) {
    self.key = key
    self.element = element
    self.message = message
  }
}
