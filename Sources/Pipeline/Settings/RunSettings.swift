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
      "Memory for documents in flight, each of which counts at least 4 KiB. Indexes, models and one document "
        + "larger than this come on top.",
      must: .beAtLeast(.mebibytes(16))),
    Field(
      "batch", \.batch,
      "Input read at once, the unit of parallel work. The output does not depend on it.",
      must: .beWithin(.kibibytes(1)...(.mebibytes(64)))),
    Field(
      "max_document", \.maximumDocument,
      "Records with more bytes of input are rejected with the reason too_large. One record takes at most "
        + "five times its bytes of memory and 256 MiB, whatever stands in it.",
      must: .beWithin(.kibibytes(1)...(.gibibytes(1)))),
    Field(
      "max_bad_records", \.maximumBadRecords,
      "With more records than this rejected by the input, the run ends with exit code 3. Without it any "
        + "number is allowed.",
      must: .beAtLeast(0)),
    Field(
      "state", \.state,
      "The state directory: what stages remember from run to run, and how far a run came that was "
        + "interrupted; made where there is none."),
    Field(
      "state_memory", \.stateMemory,
      "Memory for the state's caches and for changes that are not yet on disk.",
      must: .beAtLeast(.mebibytes(16))),
    Field(
      "checkpoint_bytes", \.checkpointBytes,
      "With a state, bytes of input between two checkpoints, at most.",
      must: .beAtLeast(.kibibytes(1))),
    Field(
      "checkpoint_seconds", \.checkpointSeconds,
      "With a state, seconds between two checkpoints, at most, while there is input.",
      must: .beWithin(0.1...86_400)),
  ]

  /// Those on which the output depends. A run that was interrupted goes on with others, too.
  var jsonOfOutput: JSONObject { ["max_document": maximumDocument.json] }
}
