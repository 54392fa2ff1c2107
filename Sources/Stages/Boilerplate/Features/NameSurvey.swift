import Bytes
import Pipeline

/// Collects the names of a page's elements. Elements with the same tag and the same names share one signature,
/// which is examined once, however many list items share it.
struct NameSurvey {
  /// The signature of each element, by its number.
  private(set) var signatures: [Int32] = []
  /// Of each signature: its name groups, and its tokens' place in `tokens`.
  private(set) var groups: [NameGroup.Set] = []
  private(set) var tokenRanges: [Range<Int>] = []
  /// And a hash of these: what differs only in digits, as the posts of a thread do, has the same shape.
  private(set) var shapes: [UInt64] = []
  /// Hashes of tags, words of names, and parts of words.
  private(set) var tokens: [UInt32] = []

  private var index = KeyIndex()

  /// How many signatures there are.
  var count: Int { tokenRanges.count }

  /// Tokens of one element that count; later ones are those of style sheets made of classes.
  private static let maximumTokens = 24

  mutating func survey(_ page: Page) {
    signatures.removeAll(keepingCapacity: true)
    groups.removeAll(keepingCapacity: true)
    tokenRanges.removeAll(keepingCapacity: true)
    shapes.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
    index.reset(capacity: page.elements.count)
    let names = page.names.span
    for element in page.elements {
      let range = Int(element.names.lowerBound)..<Int(element.names.upperBound)
      let own = names.extracting(range)
      let key = Hash64.hash(own, seed: UInt64(element.tag.rawValue))
      let number = index.number(of: key)
      if number == tokenRanges.count {
        groups.append(NameGroup.groups(in: own))
        addTokens(element.tag, own)
      }
      signatures.append(Int32(number))
    }
  }

  /// The shape of an element, by its number.
  @inline(__always)
  func shape(of element: Int) -> UInt64 { shapes[Int(signatures[element])] }

  private mutating func addTokens(_ tag: Tag, _ names: Span<UInt8>) {
    let start = tokens.count
    let end = start + NameSurvey.maximumTokens
    tokens.append(WordHash.pair(NameSurvey.tagRole, UInt32(tag.rawValue)))
    var word: UInt64 = 0
    var part: UInt64 = 0
    var parts = 0
    var partLength = 0
    for index in 0...names.count {
      let byte = index < names.count ? names[index] : 0x20
      if byte.isASCIISmallLetter || byte >= 0x80 {
        part = WordHash.add(UInt32(byte), to: part)
        word = WordHash.add(UInt32(byte), to: word)
        partLength &+= 1
        continue
      }
      if partLength > 0 {
        parts &+= 1
        if tokens.count < end {
          tokens.append(WordHash.pair(NameSurvey.partRole, WordHash.finish(part)))
        }
        (part, partLength) = (0, 0)
      }
      if byte == 0x20 {
        // A word of one part says nothing more.
        if parts > 1, tokens.count < end {
          tokens.append(WordHash.pair(NameSurvey.wordRole, WordHash.finish(word)))
        }
        (word, parts) = (0, 0)
      } else if !byte.isASCIIDigit {
        word = WordHash.add(UInt32(byte), to: word)
      }
    }
    tokenRanges.append(start..<tokens.count)
    shapes.append(tokens[start...].reduce(0) { Hash64.mix($0, UInt64($1)) })
  }

  private static let tagRole: UInt32 = 1
  private static let wordRole: UInt32 = 2
  private static let partRole: UInt32 = 3
}
