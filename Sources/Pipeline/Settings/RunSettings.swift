public import Bytes

/// The settings under `run`: bounds of the run itself.
public struct RunSettings: ComponentSettings {
  public var memory = ByteCount.mebibytes(512)
  public var batch = ByteCount.mebibytes(1)
  public var maximumDocument = ByteCount.mebibytes(64)
  public var maximumBadRecords: Int?
  public var state: FilePath?
  public var stateMemory = ByteCount.mebibytes(256)
  public var checkpointBytes = ByteCount.mebibytes(256)
  public var checkpointSeconds = 60.0

  public init() {}

  public static let fields: [Field<Self>] = [
    Field(
      "memory", \.memory,
      "Memory for documents on their way from input to output; each counts at least 4 KiB. Indexes, models "
        + "and a single document larger than this come on top.",
      must: .beAtLeast(.mebibytes(16))),
    Field(
      "batch", \.batch,
      "How much input a thread takes at once. The output does not depend on it.",
      must: .beWithin(.kibibytes(1)...(.mebibytes(64)))),
    Field(
      "max_document", \.maximumDocument,
      "Records with more bytes of input are rejected as too_large. One record takes at most five times its "
        + "bytes of memory and 256 MiB, whatever is in it.",
      must: .beWithin(.kibibytes(1)...(.gibibytes(1)))),
    Field(
      "max_bad_records", \.maximumBadRecords,
      "If the input rejects more records than this, the run ends with exit code 3. Without it, any number is "
        + "allowed.",
      must: .beAtLeast(0)),
    Field(
      "state", \.state,
      "The state directory: what stages remember from run to run, and how far an interrupted run came. It is "
        + "made if it is not there."),
    Field(
      "state_memory", \.stateMemory,
      "Memory for the caches of the state directory, and for changes that are not on disk yet.",
      must: .beAtLeast(.mebibytes(16))),
    Field(
      "checkpoint_bytes", \.checkpointBytes,
      "With a state directory: a checkpoint after at most so much input.",
      must: .beAtLeast(.kibibytes(1))),
    Field(
      "checkpoint_seconds", \.checkpointSeconds,
      "With a state directory: a checkpoint after at most so many seconds, while there is input.",
      must: .beWithin(0.1...86_400)),
  ]

  /// Those on which the output depends. A run that was interrupted goes on with others, too.
  var jsonOfOutput: JSONObject { ["max_document": maximumDocument.json] }
}
