import Bytes
public import Pipeline

/// Writes the training data of a model: for each page the features of its blocks, the tokens of the
/// linear models, and the text.
///
/// A file begins with a line of JSON that lists the features. Each page is a line of JSON with the
/// sizes, and then, without anything between them, little-endian:
///
/// - the features, column by column: `blocks` bytes for each feature of the list;
/// - for each block the numbers of near name tokens, of far ones, of word tokens, and the bytes of its
///   text: four times `blocks` numbers of 32 bits;
/// - the near name tokens of all blocks, the far ones, the word tokens: numbers of 32 bits;
/// - the text of all blocks, one after the other.
public struct TrainingWriter {
  private var reader = FeatureReader()
  private var opinions: Opinions?

  /// The features that come from a model, in addition to those of the pages themselves.
  private struct Opinions {
    let model: MainContentModel
    var nameWeights: NameWeights
    var sums: [Int32] = []
    var answers: [UInt8] = []

    mutating func add(_ page: Page, to reader: inout FeatureReader) {
      reader.readModel(page, model, &nameWeights, sums: &sums, answers: &answers)
    }
  }

  /// - Parameter model: A model file whose linear models and first trees add their features. Without one, these
  ///   features are 0.
  /// - Throws: If the file is not such a model: a problem whose words follow the file's name in a message.
  public init(model: String? = nil) throws {
    opinions = try model.map {
      let model = try MainContentModel.file($0)
      return Opinions(model: model, nameWeights: NameWeights(model.nameWeights))
    }
  }

  /// The first line.
  public var header: [UInt8] {
    let features = Feature.allCases.map { JSONValue.string("\($0)") }
    let line = JSONValue.object(["features": .array(features)])
    return Array((line.jsonText + "\n").utf8)
  }

  /// Appends a page that the `html` stage has taken apart; nothing for other documents.
  public mutating func append(_ document: Document, to bytes: inout [UInt8]) {
    guard let page = document.page, !page.blocks.isEmpty else { return }
    reader.read(page, of: PageOrigin(document))
    opinions?.add(page, to: &reader)
    var counts: [[UInt32]] = [[], [], [], []]
    var tokens: [[UInt32]] = [[], [], []]
    var text: [UInt8] = []
    for (index, block) in page.blocks.enumerated() {
      let before = tokens.map(\.count)
      addNames(page, block, &tokens)
      reader.forEachWordToken(block: index) { tokens[2].append($0) }
      for kind in tokens.indices { counts[kind].append(UInt32(tokens[kind].count - before[kind])) }
      counts[3].append(UInt32(block.text.count))
      text += page.text[Int(block.text.lowerBound)..<Int(block.text.upperBound)]
    }
    let line = JSONValue.object([
      "id": .string(document.id), "url": document.metadata["url"] ?? .null,
      "blocks": .int(Int64(page.blocks.count)), "near": .int(Int64(tokens[0].count)),
      "far": .int(Int64(tokens[1].count)), "words": .int(Int64(tokens[2].count)),
      "text": .int(Int64(text.count)),
    ])
    bytes += (line.jsonText + "\n").utf8
    for feature in Feature.allCases {
      for block in page.blocks.indices { bytes.append(reader.matrix[feature, block]) }
    }
    for numbers in counts + tokens {
      for number in numbers { bytes += number.littleEndianBytes }
    }
    bytes += text
  }

  private func addNames(_ page: Page, _ block: Page.Block, _ tokens: inout [[UInt32]]) {
    var element = Int(block.element)
    var level = 0
    while element >= 0 {
      let bucket = FeatureReader.nameBucket(level: level)
      let signature = Int(reader.names.signatures[element])
      for index in reader.names.tokenRanges[signature] {
        let token = FeatureReader.nameToken(reader.names.tokens[index], bucket: bucket)
        tokens[level < FeatureReader.nearLevels ? 0 : 1].append(token)
      }
      element = Int(page.elements[element].parent)
      level += 1
    }
  }
}
