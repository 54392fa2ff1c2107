import Foundation
import Testing

/// The nightly job: `near_duplicates` with a state directory, run after run.
@Suite struct NightsTests {
  private func place(_ settings: String = "") throws -> Workplace {
    try Workplace(stages: #"{"use": "near_duplicates"\#(settings)}"#)
  }

  /// Words that no other page has, but for those before `changed` and those from `changedFrom` on.
  private static func text(
    _ page: String, changed: Int = 0, changedFrom: Int = 40, words: Int = 40
  ) -> String {
    (0..<words).map {
      $0 < changed || $0 >= changedFrom ? "new\(page)word\($0)" : "\(page)word\($0)"
    }
    .joined(separator: " ")
  }

  private static func record(_ id: String, _ text: String) -> String {
    #"{"id":"\#(id)","url":"https://pages.example/\#(id)","text":"\#(text)"}"# + "\n"
  }

  /// Runs over records and returns what was said of each: of kept ones the stage's annotations, of
  /// rejected ones the reason and the details, as in `unchanged duplicate_of: a, duplicate_of_run: 1`.
  private func night(
    _ place: Workplace, _ records: [(String, String)]
  ) throws -> [String: String] {
    try place.write("in.ndjson", records.map { Self.record($0.0, $0.1) }.joined())
    let result = try place.run(
      "rm -f out.ndjson rejects.ndjson; winnow run in.ndjson -q --state st")
    #expect(result.code == 0, "\(result.errors)")
    var fates: [String: String] = [:]
    for record in try place.records("out.ndjson") {
      let annotations = record["annotations"] as? [String: Any]
      fates[record["id"] as? String ?? ""] = Self.said(annotations?["near_duplicates"], "kept")
    }
    for record in try place.records("rejects.ndjson") {
      let rejected = record["rejected"] as? [String: Any]
      fates[record["id"] as? String ?? ""] = Self.said(rejected, rejected?["reason"] as? String)
    }
    #expect(fates.count == records.count)
    return fates
  }

  private static func said(_ details: Any?, _ fate: String?) -> String {
    let details = details as? [String: Any]
    let names = ["duplicate_of", "update_of", "supersedes"]
    let keys = names.flatMap { [$0, "\($0)_run"] } + ["similarity", "match", "cluster"]
    let parts = keys.compactMap { key in details?[key].map { "\(key): \($0)" } }
    return ([fate ?? ""] + parts).joined(separator: " ")
  }

  private static func rejected(
    _ reason: String, of id: String, run: Int, _ similarity: String = "1.0"
  ) -> String {
    "\(reason) duplicate_of: \(id) duplicate_of_run: \(run) similarity: \(similarity) match: "
      + (reason == "near_duplicate" ? "near" : "exact")
  }

  @Test("the second night drops what the first one kept, and names its pages and its run")
  func twoNights() throws {
    let place = try place()
    let pages = (0..<20).map { "p\($0)" }
    let first = try night(place, pages.map { ($0, Self.text($0)) })
    #expect(first.values.allSatisfy { $0 == "kept" })

    var second = pages.map { ($0, Self.text($0)) }
    second[3].1 = Self.text("p3", changed: 2)
    second += [
      ("like p5", Self.text("p5", changed: 1)), ("same as p6", Self.text("p6").uppercased()),
      ("new", Self.text("new")),
    ]
    let fates = try night(place, second)
    for page in pages where page != "p3" {
      #expect(fates[page] == Self.rejected("unchanged", of: page, run: 1))
    }
    // Two words at the front change two of the 36 shingles, one changes one.
    #expect(fates["p3"] == "kept update_of: p3 update_of_run: 1 similarity: 0.8947")
    #expect(fates["like p5"] == Self.rejected("near_duplicate", of: "p5", run: 1, "0.9459"))
    #expect(fates["same as p6"] == Self.rejected("exact_duplicate", of: "p6", run: 1))
    #expect(fates["new"] == "kept")

    let third = try night(
      place, [("p3", Self.text("p3", changed: 2)), ("new", Self.text("new")), second[4]])
    #expect(third["p3"] == Self.rejected("unchanged", of: "p3", run: 2))
    #expect(third["new"] == Self.rejected("unchanged", of: "new", run: 2))
    #expect(third["p4"] == Self.rejected("unchanged", of: "p4", run: 1))
  }

  @Test("clusters go on from night to night")
  func clusters() throws {
    let place = try place(#", "action": "annotate""#)
    #expect(try night(place, [("a", Self.text("a"))]) == ["a": "kept"])
    #expect(
      try night(place, [("b", Self.text("a", changed: 3))])["b"]
        == "kept duplicate_of: a duplicate_of_run: 1 similarity: 0.8462 match: near cluster: a")
    #expect(
      try night(place, [("c", Self.text("a", changed: 3, changedFrom: 37))])["c"]
        == "kept duplicate_of: b duplicate_of_run: 2 similarity: 0.8462 match: near cluster: a")
  }

  @Test("a better copy takes the place of one of an earlier night")
  func supersedes() throws {
    let place = try place(#", "keep": "longest""#)
    _ = try night(place, [("short", Self.text("a", words: 38))])
    #expect(
      try night(place, [("long", Self.text("a"))])["long"]
        == "kept supersedes: short supersedes_run: 1 similarity: 0.9444")
    #expect(
      try night(place, [("other", Self.text("a", words: 38))])["other"]
        == Self.rejected("near_duplicate", of: "long", run: 2, "0.9444"))
  }

  @Test("an index of other shingles is refused with the cure, even where changes are accepted")
  func otherSettings() throws {
    let place = try place()
    _ = try night(place, [("a", Self.text("a"))])
    let result = try place.run(
      "rm -f out.ndjson rejects.ndjson; winnow run in.ndjson -q --state st --accept-changes "
        + "--set stages.near_duplicates.shingle_words=7"
    )
    #expect(result.code == 1)
    #expect(
      result.errors
        == "winnow: error: the index of stage near_duplicates was built with shingle_words 5, not 7; set "
        + "\"shingle_words\": 5, or begin with another state directory and enter earlier outputs there "
        + "with winnow index import\n")
    #expect(
      try night(place, [("a", Self.text("a"))])["a"] == Self.rejected("unchanged", of: "a", run: 1))
  }

  @Test("a run that was killed finds what it had entered, and nothing of what it had not")
  func killed() throws {
    let place = try place()
    let records = (0..<4000).map { Self.record("p\($0)", Self.text("p\($0)")) }.joined()
    try place.write("in.ndjson", records + records)
    let command = """
      winnow run in.ndjson -q --state st --set run.checkpoint_bytes='"64 KiB"' \
      --set run.batch='"16 KiB"' --set run.state_memory='"16 MiB"'
      """
    // The output takes 3 MB.
    #expect(try place.run("(ulimit -f 1000; \(command))").code == 1)
    #expect(try place.run(command).code == 0)
    let ids = try place.records("out.ndjson").compactMap { $0["id"] as? String }
    #expect(ids == (0..<4000).map { "p\($0)" })
    #expect(try place.reasons() == Array(repeating: "near_duplicates:unchanged", count: 4000))
  }
}
