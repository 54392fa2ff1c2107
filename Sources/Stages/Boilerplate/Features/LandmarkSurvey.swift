import Pipeline

/// How far up the nearest element of each kind stands: kinds are tags that say what they hold, and the
/// groups of names.
struct LandmarkSurvey {
  /// For each element and each kind, the levels up to the nearest landmark, the element itself included;
  /// `ByteScale.none` where there is none.
  private var distances: [UInt8] = []

  /// Kinds of landmarks, in the order of their features: tags, then groups of names.
  static let count = Feature.landmarkTags.count + NameGroup.allCases.count

  /// The kind of each tag; `noKind` for most.
  private static let kinds: [UInt8] = {
    var kinds = [UInt8](repeating: noKind, count: Tag.allCases.count)
    for (kind, tags) in Feature.landmarkTags.enumerated() {
      for tag in tags { kinds[Int(tag.rawValue)] = UInt8(kind) }
    }
    return kinds
  }()

  private static let noKind: UInt8 = 255

  mutating func survey(_ page: Page, _ names: NameSurvey) {
    let count = LandmarkSurvey.count
    let kinds = LandmarkSurvey.kinds
    distances.removeAll(keepingCapacity: true)
    distances.append(
      contentsOf: repeatElement(ByteScale.none, count: page.elements.count * count))
    var distances = self.distances.mutableSpan
    for (number, element) in page.elements.enumerated() {
      let own = number &* count
      if element.parent >= 0 {
        let outer = Int(element.parent) &* count
        for kind in 0..<count {
          let distance = distances[outer &+ kind]
          distances[own &+ kind] = distance < 254 ? distance &+ 1 : distance
        }
      }
      let kind = kinds[Int(element.tag.rawValue)]
      if kind != LandmarkSurvey.noKind { distances[own &+ Int(kind)] = 0 }
      var groups = names.groups[Int(names.signatures[number])].rawValue
      while groups != 0 {
        let group = groups.trailingZeroBitCount
        distances[own &+ Feature.landmarkTags.count &+ group] = 0
        groups &= groups &- 1
      }
    }
  }

  /// The levels from an element up to the nearest landmark of a kind.
  @inline(__always)
  func distance(of element: Int, to kind: Int) -> UInt8 {
    distances[element &* LandmarkSurvey.count &+ kind]
  }
}
