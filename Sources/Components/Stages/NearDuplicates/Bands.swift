/// How a signature is cut for the search: documents that agree in all rows of at least one band are
/// compared with each other (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3.4).
///
/// The choice decides only what is compared, never what is dropped: too many bands cost time and
/// memory, too few miss pairs.
struct Bands: Sendable, Hashable {
  let count: Int
  let rows: Int

  /// Values in a signature.
  var signatureSize: Int { count * rows }

  /// Beyond this size a signature costs more than the search gains: 128 values put the standard
  /// error of a share of 0.8 at 0.035.
  static let derivedSignatureSize = 128

  /// A pair at the threshold itself is to be found this often; pairs above it are found more often.
  static let catchAtThreshold = 0.99

  /// With more rows only texts that are nearly equal share a band, which the hash of all words does
  /// better.
  static let maximumRows = 32

  /// A round of `MinHash` is counted in 12 bits, and there are two rounds for each value.
  static let maximumSignatureSize = 2048

  init(count: Int, rows: Int) {
    self.count = count
    self.rows = rows
  }

  /// The most rows, hence the fewest vain comparisons, with which a pair at `threshold` is caught
  /// often enough.
  init(threshold: Double) {
    for rows in stride(from: Bands.maximumRows, to: 1, by: -1) {
      let bands = Bands(count: Bands.derivedSignatureSize / rows, rows: rows)
      if bands.catchProbability(at: threshold) >= Bands.catchAtThreshold {
        self = bands
        return
      }
    }
    self.init(count: Bands.derivedSignatureSize, rows: 1)
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

extension Bands {
  /// The catch curve as a line for the manual: `0.5: 28.2 %, 0.6: 63.4 %`.
  func curve(at similarities: [Double]) -> String {
    similarities
      .map { "\($0): \((catchProbability(at: $0) * 1000).rounded() / 10) %" }
      .joined(separator: ", ")
  }
}
