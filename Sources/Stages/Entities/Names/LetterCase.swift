/// How the letters of a name are written.
struct LetterCase {
  private(set) var letterCount = 0
  private var hasCapital = false
  private var hasSmall = false

  init(_ name: String.UnicodeScalarView) {
    for scalar in name {
      let properties = scalar.properties
      if properties.isAlphabetic { letterCount += 1 }
      if properties.isUppercase { hasCapital = true }
      if properties.isLowercase { hasSmall = true }
    }
  }

  /// Whether every letter that has a case is a capital, and there is one.
  var isCapitals: Bool { hasCapital && !hasSmall }
}
