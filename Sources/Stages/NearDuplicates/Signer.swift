public import Bytes
public import Pipeline
import SharedByStages

extension NearDuplicates {
  /// Takes fingerprints.
  public struct Signer: StageWorker {
    private let settings: Settings
    private let bands: Bands
    private var shingles: ShingleReader
    private var signature = MinHash()
    /// Words of the text read last.
    private(set) var wordCount = 0

    init(settings: Settings, bands: Bands) {
      self.settings = settings
      self.bands = bands
      shingles = ShingleReader(width: settings.shingleWords)
    }

    /// Finds nothing in a document without text.
    public mutating func process(_ document: inout Document) -> Outcome<DuplicateFinding?> {
      .keep(document.text.isEmpty ? nil : finding(document))
    }

    mutating func finding(_ document: Document) -> DuplicateFinding {
      let fingerprint = fingerprint(document.text)
      let rank: Rank =
        switch settings.keep {
        case .first: .none
        case .longest: Rank(Double(wordCount))
        case .greatest, .least: Rank(settings.keepBy.flatMap { document.metadata[$0] })
        }
      return DuplicateFinding(
        id: document.id, fingerprint: fingerprint, identity: PageIdentity(document), rank: rank)
    }

    /// - Complexity: O(`text.bytes.count`).
    mutating func fingerprint(_ text: UTF8Text) -> Fingerprint {
      signature.start()
      readShingles(of: text) { signature, shingles in signature.add(shingles) }
      wordCount = shingles.wordCount
      guard wordCount > 0 else { return Fingerprint(wordless: text.bytes) }
      signature.finish()
      return Fingerprint(
        digest: shingles.digest, bandKeys: signature.keys(bands), bits: signature.bits,
        listed: signature.listed)
    }

    /// The hashes of a text's shingles, repeats included: what similarities are made of.
    public mutating func shingleHashes(of text: UTF8Text) -> [UInt64] {
      var hashes: [UInt64] = []
      readShingles(of: text) { _, shingles in hashes += shingles }
      return hashes
    }

    /// Calls `body` with the shingles of one piece after another.
    private mutating func readShingles(
      of text: UTF8Text, _ body: (inout MinHash, [UInt64]) -> Void
    ) {
      shingles.start()
      forEachPiece(of: text) { signer, piece in
        signer.shingles.read(piece)
        body(&signer.signature, signer.shingles.hashes)
      }
      guard shingles.isShort else { return }
      shingles.startLetters()
      forEachPiece(of: text) { signer, piece in
        signer.shingles.readLetters(piece)
        body(&signer.signature, signer.shingles.hashes)
      }
      shingles.finishLetters()
      body(&signature, shingles.hashes)
    }

    private mutating func forEachPiece(
      of text: UTF8Text, _ body: (inout Signer, Span<UInt8>) -> Void
    ) {
      let bytes = text.bytes.span
      var start = 0
      while start < bytes.count {
        let end = ShingleReader.endOfPiece(in: bytes, from: start)
        body(&self, bytes.extracting(start..<end))
        start = end
      }
    }
  }
}
