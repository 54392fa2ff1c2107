import Bytes

/// The reason why this program cannot use a file as a model; it follows the file's name in a message.
enum ModelProblem: Error, Equatable, CustomStringConvertible {
  case notAModel
  case otherVersion(UInt32)
  case otherFeatures
  case truncated
  case damaged
  case unreadable(String)

  var description: String {
    switch self {
    case .notAModel:
      "is not a model of main content: train one with Tools/main-content/train.py"
    case .otherVersion(let version):
      "is a model of format \(version); this winnow reads format \(MainContentModel.version)"
    case .otherFeatures:
      "was trained with other features than this winnow has: train it again"
    case .truncated: "ends too early: it was not copied whole"
    case .damaged: "is damaged: its checksum is wrong"
    case .unreadable(let cause): "cannot be read: \(cause)"
    }
  }
}

/// The file format, all numbers little-endian:
///
///     magic "winnowMC", version (32 bits), digest of the feature list (64), checksum of what follows (64)
///     for names, then words: log₂ of the places (32), step (32, floating), fingerprints, weights (8 each)
///     for the first trees, then the second ones: trees (32), depth (32), bias (32), features, limits (8 each),
///         leaves (16 each)
///     probabilities (32), first sum (32), step of sums (32), entries (16 each)
///     least measure in thousandths (32)
///
/// Digests and checksums are those of `Hash64`.
extension MainContentModel {
  static let magic = Array("winnowMC".utf8)
  static let version: UInt32 = 2

  /// Changes when a feature is added, renamed or moved.
  static let featureDigest: UInt64 = {
    let names = Feature.allCases.map { "\($0)" }.joined(separator: " ")
    return Hash64.hash(names.utf8.span)
  }()

  /// Reads a file's bytes.
  init(_ bytes: [UInt8]) throws(ModelProblem) {
    var reader = ModelReader(bytes: bytes)
    guard bytes.starts(with: MainContentModel.magic) else { throw .notAModel }
    reader.offset = MainContentModel.magic.count
    let version = try reader.number(UInt32.self)
    guard version == MainContentModel.version else { throw .otherVersion(version) }
    guard try reader.number(UInt64.self) == MainContentModel.featureDigest else {
      throw .otherFeatures
    }
    let checksum = try reader.number(UInt64.self)
    let rest = reader.offset
    self = try MainContentModel(&reader)
    let found = Hash64.hash(bytes.span.extracting(rest...))
    guard found == checksum, reader.offset == bytes.count else { throw .damaged }
  }

  /// Reads what follows the head. Every count is checked against the bytes that are there.
  private init(_ reader: inout ModelReader) throws(ModelProblem) {
    nameWeights = try reader.weights()
    wordWeights = try reader.weights()
    first = try reader.forest(features: Feature.firstOpinion.rawValue)
    second = try reader.forest(features: Feature.allCases.count)
    let count = Int(try reader.number(UInt32.self))
    firstSum = try reader.number(Int32.self)
    sumStep = try reader.number(Int32.self)
    probabilities = try reader.numbers(UInt16.self, count: count)
    leastMeasure = Double(try reader.number(UInt32.self)) / 1000
    guard count > 0, sumStep > 0 else { throw .damaged }
  }

  /// Reads a file.
  static func file(_ path: String) throws(ModelProblem) -> MainContentModel {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try FileSystem.contents(of: path)
    } catch {
      throw .unreadable(error.cause)
    }
    return try MainContentModel(bytes)
  }
}

/// Takes a file's bytes apart.
private struct ModelReader {
  let bytes: [UInt8]
  var offset = 0

  mutating func number<Number: FixedWidthInteger>(
    _ type: Number.Type
  ) throws(ModelProblem) -> Number {
    let size = MemoryLayout<Number>.size
    guard bytes.count - offset >= size else { throw .truncated }
    defer { offset += size }
    return bytes.number(at: offset)
  }

  mutating func numbers<Number: FixedWidthInteger>(
    _ type: Number.Type, count: Int
  ) throws(ModelProblem) -> [Number] {
    guard (bytes.count - offset) / MemoryLayout<Number>.size >= count else { throw .truncated }
    var numbers: [Number] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count { numbers.append(try number(type)) }
    return numbers
  }

  mutating func weights() throws(ModelProblem) -> TokenWeights {
    let bits = try number(UInt32.self)
    // A fingerprint is of the bits that do not choose the place.
    guard bits <= 24 else { throw .damaged }
    let step = Float(bitPattern: try number(UInt32.self))
    guard step.isFinite else { throw .damaged }
    return TokenWeights(
      fingerprints: try numbers(UInt8.self, count: 1 << bits),
      weights: try numbers(Int8.self, count: 1 << bits), step: step)
  }

  /// A forest that may ask for so many features of the list.
  mutating func forest(features known: Int) throws(ModelProblem) -> Forest {
    let trees = Int(try number(UInt32.self))
    let depth = Int(try number(UInt32.self))
    let bias = try number(Int32.self)
    guard (1...Forest.maximumDepth).contains(depth) else { throw .damaged }
    let features = try numbers(UInt8.self, count: trees * depth)
    guard features.allSatisfy({ Int($0) < known }) else { throw .damaged }
    return Forest(
      depth: depth, features: features, limits: try numbers(UInt8.self, count: trees * depth),
      leaves: try numbers(Int16.self, count: trees << depth), bias: bias)
  }
}
