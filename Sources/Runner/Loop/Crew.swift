import Bytes
import Pipeline

/// One thread's own workers: decoders, lanes, encoders. Made on the thread, never shared.
struct Crew {
  private let definition: Definition
  private var decoders: [any BatchDecoder] = []
  private var lanes: [any Lane] = []
  private var encoder: any RecordEncoder
  private var rejectEncoder: (any RecordEncoder)?

  init(_ definition: Definition) throws {
    self.definition = definition
    for source in definition.inputs { decoders.append(try Crew.decoder(source)) }
    for stage in definition.stages { lanes.append(try stage.makeLane()) }
    encoder = try Crew.encoder(definition.output)
    rejectEncoder = try definition.rejects.map { try Crew.encoder($0) }
  }

  /// A document of more bytes is rare, and making workers anew costs nothing beside it.
  static let keptScratch = 4 << 20

  private static func decoder<S: Source>(_ source: S) throws -> any BatchDecoder {
    SourceDecoder<S>(decoder: try source.makeDecoder())
  }

  private static func encoder<S: Sink>(_ sink: S) throws -> any RecordEncoder {
    try sink.makeEncoder()
  }

  /// Makes documents out of what was read.
  mutating func decode(_ raw: RawBatch, into batch: inout Batch) throws {
    batch.items = try decoders[batch.input].decode(raw)
  }

  /// Lets one stage's worker process the batch.
  mutating func process(_ batch: inout Batch, stage: Int) throws {
    try lanes[stage].process(&batch)
  }

  /// Encodes kept documents for the output and all others for the rejects. What is kept must have a
  /// text: the record format promises it.
  mutating func encode(_ batch: inout Batch) {
    for index in batch.items.indices {
      if batch.items[index].rejection == nil, batch.items[index].document.text.isEmpty {
        batch.items[index].reject(Drop(reason: .emptyText), by: "output")
      }
      let item = batch.items[index]
      if item.rejection == nil {
        encoder.encode(item.document, rejection: nil, into: &batch.kept)
      } else {
        rejectEncoder?.encode(item.document, rejection: item.rejection, into: &batch.rejected)
      }
    }
  }
}

/// A source's decoder, its types erased once per batch.
private protocol BatchDecoder {
  mutating func decode(_ raw: RawBatch) throws -> [Batch.Item]
}

private struct SourceDecoder<S: Source>: BatchDecoder {
  var decoder: S.Decoder

  mutating func decode(_ raw: RawBatch) throws -> [Batch.Item] {
    var items: [Batch.Item] = []
    items.reserveCapacity(raw.records.count)
    for record in raw.records {
      let outcome =
        try record.problem.map(Outcome<Document>.drop) ?? decoder.decode(record, of: raw)
      switch outcome {
      case .keep(let document): items.append(Batch.Item(document: document))
      case .drop(let drop):
        var item = Batch.Item(document: Document(id: record.placeName, origin: record.origin))
        item.reject(drop, by: "input")
        items.append(item)
      }
    }
    return items
  }
}
