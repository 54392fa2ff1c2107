import Foundation
import TestSupport
import Testing

/// Recipes of `OtherPrograms.md` that need a site or a program from elsewhere, as they stand there.
@Suite struct RecipeTests {
  let place: Workplace
  let document: MarkdownDocument

  init() throws {
    document = try MarkdownDocument("Documentation/OtherPrograms.md")
    place = try DocumentReader(document).place
  }

  /// The block of commands in which a line begins so.
  private func commands(_ start: String) throws -> String {
    try #require(
      document.blocks.first { block in
        block.kind == "sh" && block.text.split(separator: "\n").contains { $0.hasPrefix(start) }
      }
    ).text
  }

  /// Runs commands while the folder `crawl` is the site that they speak of.
  private func visit(_ commands: String) throws -> Executable.Result {
    try place.write("commands", commands)
    return try place.run(
      """
      python3 -u -m http.server 0 --bind 127.0.0.1 --directory crawl > server.log 2>&1 & server=$!
      trap 'kill -KILL $server' EXIT
      until port=$(sed -n 's/.* port \\([0-9]*\\) .*/\\1/p' server.log) && [ -n "$port" ]; do sleep 0.1; done
      sed -i -e "s|https://www.harbourcourier.example/|http://127.0.0.1:$port/|" \
        -e 's/"www.harbourcourier.example"/"127.0.0.1"/' commands harbour.py
      . ./commands
      """)
  }

  /// Checks that all pages of the site came which are kept when its folder is read.
  private func checkPages() throws {
    let kept = try place.run("winnow run pipeline.json crawl -o - -q | jq -r .id").lines
    #expect(kept.count == 8)
    // Of two that are near-duplicates the one that came first is kept.
    let addresses = try place.run("cat clean.ndjson rejects.ndjson | jq -r .metadata.url").lines
    let found = addresses.map { String($0.split(separator: "/").last ?? "") }
    #expect(Set(found).isSuperset(of: kept))
    #expect(try place.read("clean.ndjson").contains("the first complete map"))
  }

  @Test(
    "wget", .enabled(if: Executable.succeeds("command -v wget jq python3"), "wget or jq is missing")
  )
  func wget() throws {
    let result = try visit(try commands("wget "))
    #expect(result.code == 0, "\(result.errors)")
    try checkPages()
  }

  @Test(
    "Scrapy",
    .enabled(
      if: Executable.hasPythonModule("scrapy") && Executable.succeeds("command -v jq"),
      "Scrapy is missing: WINNOW_PYTHON names a Python that has it"))
  func scrapy() throws {
    let recipe = try commands("scrapy ").replacing(
      "scrapy ", with: "\(Executable.python) -m scrapy ")
    let result = try visit(recipe)
    #expect(result.code == 0, "\(result.errors)")
    try checkPages()
  }

  @Test(
    "DuckDB",
    .enabled(
      if: Executable.hasPythonModule("duckdb"),
      "DuckDB is missing: WINNOW_PYTHON names a Python that has it"))
  func parquet() throws {
    let recipe = try commands("winnow run pipeline.json crawl -o - -q --set output.layout=flat")
    let result = try place.run(recipe.replacing("python3", with: Executable.python))
    #expect(result.code == 0, "\(result.errors)")
    let rows = try place.run(
      #"\#(Executable.python) -c "import duckdb; print(duckdb.sql(\"select count(title) from 'clean.parquet'\").fetchall())""#
    )
    #expect(rows.text == "[(8,)]\n", "\(rows.errors)")
  }
}
