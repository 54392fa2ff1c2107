import Foundation
import Testing

/// Memory is bounded by the settings, not by the input.
@Suite struct MemoryTests {
  @Test("an input many times larger than run.memory passes within it", arguments: [1, 4])
  func bounded(jobs: Int) throws {
    let place = try Workplace()
    // 300 MB of records of 60 kB.
    let result = try place.run(
      """
      text=$(head -c 60000 /dev/zero | tr '\\0' x)
      yes "{\\"text\\":\\"$text\\"}" | head -5000 |
        winnow run - -q -j \(jobs) -o /dev/null --set 'run.memory="16 MiB"' --report report.json
      """)
    #expect(result.code == 0)
    let report = try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("report.json")))
    let counts = (report as? [String: Any])?["counts"] as? [String: Any]
    #expect(counts?["out"] as? Int == 5000)
    // 16 MiB of documents, and what the program itself takes before the first one.
    #expect(try place.peakMemoryBytes < 80 << 20)
  }
}
