import Bytes

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How a signature is cut for the search: documents that agree in all rows of at least one band are
/// compared with each other (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3.4).
///
/// The choice decides only what is compared, never what is dropped: too many bands cost time and
/// memory, too few miss pairs.
struct Bands: Sendable, Hashable {
  let count: Int
  let rows: Int

  /// Values of the signature that take part.
  var rowCount: Int { count * rows }

  /// A pair at the threshold itself is to be compared this often; pairs above it are so more often.
  static let catchAtThreshold = 0.97

  /// A pair half as similar as the threshold is to be compared no more often than this: comparing is
  /// cheap, but with a state directory each comparison is a look-up.
  static let catchAtHalf = 0.5

  /// With more rows only texts that are nearly equal share a band, which the hash of all words does
  /// better.
  static let maximumRows = 32

  /// The numbers of bands to choose from: each band takes 9 to 10 bytes per document.
  private static let counts = [8, 12, 16, 24, 32, 48, 64]

  init(count: Int, rows: Int) {
    self.count = count
    self.rows = rows
  }

  /// The fewest bands that find enough and not too much at `threshold`, with as many rows as leave
  /// enough found.
  init(threshold: Double) {
    var bands = Bands(count: 8, rows: 1)
    for count in Bands.counts {
      bands = Bands(count: count, rows: 1)
      for rows in 2...Bands.maximumRows {
        let stricter = Bands(count: count, rows: rows)
        if stricter.catchProbability(at: threshold) >= Bands.catchAtThreshold { bands = stricter }
      }
      if bands.catchProbability(at: threshold / 2) <= Bands.catchAtHalf { break }
    }
    self = bands
  }

  /// How probably two documents whose shingles have this Jaccard similarity are compared:
  /// 1 − (1 − similarity^rows)^count.
  func catchProbability(at similarity: Double) -> Double {
    1 - power(1 - power(similarity, rows), count)
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}

/// From which similarity on a document is a repeat, and how surely that is found out.
struct Decision: Sendable, Hashable {
  /// The threshold from the definition.
  let threshold: Double
  let bands: Bands

  /// From where on an estimate counts: so much above the threshold that a pair 0.05 below it is hardly
  /// ever taken for a repeat, and a pair 0.05 above it hardly ever missed. The first error loses a
  /// document, the second keeps one too many, so that the first is to be the rarer one.
  var bound: Double { threshold + Decision.marginErrors * Decision.standardError(at: threshold) }

  /// At the threshold 0.8 the bound is 0.821 then. A pair that is 0.75 similar is dropped once in 8,000
  /// times, one of 0.73 once in 360,000; one that is 0.85 similar is missed once in 29 times, one of
  /// 0.87 once in 670: less often for texts of fewer shingles than bins, whose signatures vary less.
  private static let marginErrors = 1.2

  /// Of a similarity by one bit of each value.
  static func standardError(at similarity: Double) -> Double {
    ((1 - similarity * similarity) / Double(MinHash.size)).squareRoot()
  }

  func accepts(_ likeness: Likeness) -> Bool {
    likeness.similarity >= (likeness.isEstimate ? bound : threshold)
  }

  /// How probably a document is found to repeat another whose shingles are so similar to its own, both
  /// too long to be stored whole: the pair must be compared, and its estimate reach the bound.
  func dropProbability(at similarity: Double) -> Double {
    let error = Decision.standardError(at: similarity)
    let passes =
      error == 0
      ? (similarity >= bound ? 1 : 0) : erfc((bound - similarity) / error / 2.0.squareRoot()) / 2
    return bands.catchProbability(at: similarity) * passes
  }

  /// The similarity from which on more than half of all pairs are found.
  var effectiveThreshold: Double {
    var (low, high) = (0.0, 1.0)
    while high - low > 0.0001 {
      let middle = (low + high) / 2
      if dropProbability(at: middle) < 0.5 { low = middle } else { high = middle }
    }
    return high
  }

  /// Where the curve is shown.
  static let shownSimilarities = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]
}

extension Decision {
  /// The probabilities of comparing and of finding as lines of a Markdown table.
  var table: String {
    Decision.shownSimilarities.map { similarity in
      "| \(similarity) | \(percent(bands.catchProbability(at: similarity))) "
        + "| \(percent(dropProbability(at: similarity))) |"
    }.joined(separator: "\n")
  }
}

extension Decision {
  /// The same for the report, with what it follows from.
  var characteristics: JSONObject {
    let rounded = { (share: Double) in JSONValue.double((share * 10_000).rounded() / 10_000) }
    return [
      "threshold": .double(threshold), "effective_threshold": rounded(effectiveThreshold),
      "bands": .int(Int64(bands.count)), "rows": .int(Int64(bands.rows)),
      "curve": .array(
        Decision.shownSimilarities.map { similarity in
          [
            "similarity": .double(similarity),
            "compared": rounded(bands.catchProbability(at: similarity)),
            "found": rounded(dropProbability(at: similarity)),
          ]
        }),
    ]
  }
}

/// To a tenth, small shares to a thousandth, but never rounded up to certainty.
private func percent(_ share: Double) -> String {
  let scale: Double = share < 0.01 ? 1000 : 10
  let rounded = (share * 100 * scale).rounded() / scale
  return "\(share < 1 ? min(rounded, 99.9) : 100) %"
}
