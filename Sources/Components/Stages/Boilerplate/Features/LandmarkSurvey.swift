import Pipeline

/// How far up the nearest element of each kind stands: kinds are tags that say what they hold, and the
/// groups of names.
struct LandmarkSurvey {
  typealias Distances = SIMD32<UInt8>

  /// For each element, the levels up to the nearest landmark of each kind, itself included;
  /// `ByteScale.none` where there is none.
  private(set) var distances: [Distances] = []

  /// Tags, each with its place among the distances; the groups' places follow.
  static let places: [UInt8] = {
    var places = [UInt8](repeating: 255, count: Tag.allCases.count)
    for (place, kind) in Feature.landmarkTags.enumerated() {
      for tag in kind { places[Int(tag.rawValue)] = UInt8(place) }
    }
    return places
  }()

  mutating func survey(_ page: Page, _ names: NameSurvey) {
    distances.removeAll(keepingCapacity: true)
    let places = LandmarkSurvey.places
    let firstGroup = Feature.landmarkTags.count
    let far = Distances(repeating: 254)
    let one = Distances(repeating: 1)
    for (number, element) in page.elements.enumerated() {
      var own = Distances(repeating: ByteScale.none)
      if element.parent >= 0 {
        let outer = distances[Int(element.parent)]
        own = outer.replacing(with: outer &+ one, where: outer .< far)
      }
      let place = places[Int(element.tag.rawValue)]
      if place < 32 { own[Int(place)] = 0 }
      var groups = names.groups[Int(names.signatures[number])].rawValue
      while groups != 0 {
        let group = groups.trailingZeroBitCount
        if firstGroup + group < 32 { own[firstGroup + group] = 0 }
        groups &= groups - 1
      }
      distances.append(own)
    }
  }
}
