import ArgumentParser
import Bytes
import NearDuplicatesStage
import Pipeline

/// Writes the shingles that `near_duplicates` compares texts by, so that what it finds can be checked
/// against all pairs.
struct ShinglesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shingles",
    abstract: "Writes the sets of shingles that near_duplicates compares texts by.",
    discussion: """
      For each text, in the order of the input, the number of its different shingles (32 bits) and their \
      hashes (64 bits each, ascending), little-endian. A text without words has none.
      """)

  @OptionGroup var input: ShingledTexts

  @Option(name: [.short, .long], help: "The file to write; - for standard output.")
  var output: String

  func run() throws {
    let file = output == "-" ? File.standardOutput : try File.writing(output)
    var signer = try input.stage().makeWorker()
    var bytes: [UInt8] = []
    for document in try input.texts() {
      let shingles = Set(signer.shingleHashes(of: document.text)).sorted()
      withUnsafeBytes(of: UInt32(shingles.count).littleEndian) { bytes += $0 }
      for shingle in shingles { withUnsafeBytes(of: shingle.littleEndian) { bytes += $0 } }
      if bytes.count >= 1 << 20 {
        try file.write(bytes.span)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.write(bytes.span)
  }
}
