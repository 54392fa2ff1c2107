import TestSupport

/// Makes inputs that nobody thought of out of seeds, the same ones for the same number.
struct Mutator {
  var random: Seed
  /// Pieces that mean something in the format.
  let tokens: [[UInt8]]

  init(_ number: UInt64, tokens: [String]) {
    random = Seed(number)
    self.tokens = tokens.map { Array($0.utf8) }
  }

  /// One of the seeds, changed in a few places.
  mutating func input(from seeds: [[UInt8]]) -> [UInt8] {
    var bytes = seeds.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...12, using: &random) { change(&bytes, seeds) }
    return bytes.count > Mutator.maximum ? Array(bytes[..<Mutator.maximum]) : bytes
  }

  private static let maximum = 1 << 16

  private mutating func change(_ bytes: inout [UInt8], _ seeds: [[UInt8]]) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...40, using: &random))
    switch Int.random(in: 0..<9, using: &random) {
    case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3: bytes.removeSubrange(place...)
    case 4: bytes.removeSubrange(..<place)
    case 5: repeatToken(at: place, &bytes)
    case 6:
      let other = seeds.randomElement(using: &random) ?? []
      let start = Int.random(in: 0...other.count, using: &random)
      bytes.insert(contentsOf: other[start...].prefix(400), at: place)
    default:
      bytes.insert(contentsOf: tokens.randomElement(using: &random) ?? [], at: place)
    }
  }

  /// What is repeated finds limits.
  private mutating func repeatToken(at place: Int, _ bytes: inout [UInt8]) {
    let token = tokens.randomElement(using: &random) ?? []
    let count = Int.random(in: 2...300, using: &random)
    bytes.insert(contentsOf: repeatElement(token, count: count).joined(), at: place)
  }
}
