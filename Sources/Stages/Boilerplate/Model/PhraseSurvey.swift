import Pipeline

/// Which blocks begin with a phrase that stands above or in front of what is not the page's own, and which elements
/// do.
struct PhraseSurvey {
  /// For each block.
  private(set) var matches: [Mark] = []
  /// For each element, levels up to the nearest one whose first block is little more than a phrase, and which.
  private(set) var distances: [UInt8] = []
  private(set) var kinds: [UInt8] = []

  struct Mark {
    /// `ExcessPhrase`, 0 for none.
    var kind: UInt8 = 0
    /// Words after the phrase.
    var rest: Int32 = 0
    /// Whether the block is little more than the phrase.
    var isLabel = false
  }

  /// Words that may follow the phrase in a label: "Comments (12)", "More from Sports".
  static let labelRest = 2

  mutating func survey(_ page: Page, _ texts: [TextMeasures], _ hashes: [UInt32]) {
    matches.removeAll(keepingCapacity: true)
    for text in texts {
      matches.append(mark(text, hashes[text.hashes]))
    }
    surveyElements(page)
  }

  private func mark(_ text: TextMeasures, _ words: ArraySlice<UInt32>) -> Mark {
    guard let match = PhraseIndex.standard.match(words) else { return Mark() }
    let rest =
      words.count < FeatureReader.maximumHashes ? words.count - match.length : text.words
    let isLabel = rest <= PhraseSurvey.labelRest
    guard isLabel || !match.isOneWord else { return Mark() }
    return Mark(kind: match.phrase.rawValue, rest: Int32(rest), isLabel: isLabel)
  }

  private mutating func surveyElements(_ page: Page) {
    distances.removeAll(keepingCapacity: true)
    kinds.removeAll(keepingCapacity: true)
    for element in page.elements {
      let blocks = element.blocks
      if blocks.count > 1, matches[Int(blocks.lowerBound)].isLabel {
        distances.append(0)
        kinds.append(matches[Int(blocks.lowerBound)].kind)
      } else if element.parent >= 0 {
        let outer = distances[Int(element.parent)]
        distances.append(outer < 254 ? outer + 1 : outer)
        kinds.append(kinds[Int(element.parent)])
      } else {
        distances.append(ByteScale.none)
        kinds.append(0)
      }
    }
  }
}
