import Bytes
public import Pipeline

extension Entities {
  /// One thread's share of the stage.
  public struct Tagger: StageWorker {
    private let label: String
    private let gazetteer: Gazetteer?
    private let patterns: PatternScanner
    private let positions: Positions
    private var names: [Mention] = []
    private var found: [Mention] = []
    private var mentions: [Mention] = []

    init(
      label: String, gazetteer: Gazetteer?, patterns: PatternScanner, positions: Positions
    ) {
      self.label = label
      self.gazetteer = gazetteer
      self.patterns = patterns
      self.positions = positions
    }

    public mutating func process(_ document: inout Document) -> Verdict {
      names.removeAll(keepingCapacity: true)
      found.removeAll(keepingCapacity: true)
      mentions.removeAll(keepingCapacity: true)
      let bytes = document.text.bytes
      let text = bytes.span
      gazetteer?.findMentions(in: text, into: &names, limit: Entities.maximumMentions)
      patterns.findMentions(in: text, into: &found, limit: Entities.maximumMentions)
      let end = cut()
      mentions.append(mergedFrom: names, found)
      document.annotations[label] = .array(annotation(of: text))
      if let end {
        let position = TextPlace.position(of: end, in: text, positions)
        document.annotations[label + "_cut"] = .int(Int64(position))
      }
      return .keep
    }

    /// Removes from both lists everything after the place where one of them became full.
    /// - Returns: That place, in bytes; nil if everything was found.
    private mutating func cut() -> Int? {
      let full = [names, found].filter { $0.count == Entities.maximumMentions }
      guard let end = full.compactMap({ $0.last?.range.upperBound }).min() else { return nil }
      names.removeAll { $0.range.upperBound > end }
      found.removeAll { $0.range.upperBound > end }
      return end
    }

    private func annotation(of text: Span<UInt8>) -> [JSONValue] {
      var place = TextPlace(text, counts: positions)
      var list: [JSONValue] = []
      list.reserveCapacity(mentions.count)
      for mention in mentions {
        let start = place.advance(to: mention.range.lowerBound)
        let end = place.advance(to: mention.range.upperBound)
        let (label, id): (String, String?) =
          switch mention.kind {
          case .entry(let entry):
            (gazetteer?.label(of: entry) ?? "", gazetteer?.id(of: entry))
          case .pattern(let pattern): (pattern.label, nil)
          }
        list.append([
          "start": .int(Int64(start)), "end": .int(Int64(end)), "label": .string(label),
          "text": .string(String(decoding: text.extracting(mention.range))), "id": JSONValue(id),
        ])
      }
      return list
    }
  }

  /// Turns byte offsets into positions, from left to right in one pass.
  private struct TextPlace: ~Escapable {
    private let text: Span<UInt8>
    private let counts: Positions
    private var offset = 0
    private var scalars = 0

    @_lifetime(copy text)
    init(_ text: Span<UInt8>, counts: Positions) {
      self.text = text
      self.counts = counts
    }

    static func position(
      of offset: Int, in text: Span<UInt8>, _ counts: Positions
    ) -> Int {
      var place = TextPlace(text, counts: counts)
      return place.advance(to: offset)
    }

    /// The position of a byte offset that is not before the last one.
    mutating func advance(to offset: Int) -> Int {
      guard counts == .scalars else { return offset }
      var starts = 0
      for index in self.offset..<offset where text[index] & 0xC0 != 0x80 { starts &+= 1 }
      scalars += starts
      self.offset = offset
      return scalars
    }
  }
}
