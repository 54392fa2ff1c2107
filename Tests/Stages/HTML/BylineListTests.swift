import Bytes
import Pipeline
import Testing

@testable import HTMLStage

@Suite("html: lists of authors, and what stands behind them")
struct BylineListTests {
  @Test(
    "names that a word joins are several",
    arguments: [
      "Ada Roe and Bo Lind", "By Ada Roe & Bo Lind", "Par Ada Roe et Bo Lind",
      "Von Ada Roe und Bo Lind", "Por Ada Roe y Bo Lind", "Di Ada Roe e Bo Lind",
      "Ada Roe; Bo Lind", "Ada Roe、Bo Lind", "Ada Roe, and Bo Lind", "Ada Roe og Bo Lind",
      "Written by Ada Roe, Bo Lind; photos by Cy Vance", "Ada Roe and Bo Lind, Staff Writers",
      "Ada Roe (editor) and Bo Lind",
    ])
  func joined(_ line: String) { #expect(Byline.name(in: line) == "Ada Roe, Bo Lind") }

  @Test("three names, and names in other scripts")
  func three() {
    #expect(
      Byline.name(in: "By ABBY GOODWELL, Tom Kaply and Rob Pearce")
        == "ABBY GOODWELL, Tom Kaply, Rob Pearce")
    #expect(Byline.name(in: "Автор: Анна Ро и Иван Линд") == "Анна Ро, Иван Линд")
    #expect(Byline.name(in: "作者：王小明、李雷") == "王小明, 李雷")
  }

  @Test(
    "a word inside a name does not part it",
    arguments: [
      "José Ortega y Gasset", "Food and Drug Administration", "Johnson & Johnson",
      "Ada and Bo Lind", "Department of Health and Human Services", "Eça e Queiroz",
    ])
  func whole(_ name: String) { #expect(Byline.name(in: name) == name) }

  @Test(
    "roles are no names",
    arguments: [
      "By Ada Roe, Political Editor", "Ada Roe, Staff Writer", "Ada Roe, Chief Reporter",
      "Ada Roe, special to the Gazette", "Ada Roe (Science Correspondent)", "Ada Roe, Redakteurin",
      "Ada Roe, editor at the Gazette",
    ])
  func roles(_ line: String) { #expect(Byline.name(in: line) == "Ada Roe") }

  @Test(
    "dates, ages and counts behind a name are no part of it",
    arguments: [
      "Posted by Ada Roe on March 5, 2024", "By Ada Roe 3 minutes ago", "By Ada Roe 5 min read",
      "By Ada Roe, updated March 5, 2024", "Par Ada Roe, le 5 mars 2024",
      "Von Ada Roe vor 3 Stunden", "Por Ada Roe hace 2 días", "Par Ada Roe il y a 3 heures",
      "By Ada Roe Last updated on 5 March 2024", "Ada Roe · 4 hours ago", "Ada Roe at 2024-03-05",
    ])
  func times(_ line: String) { #expect(Byline.name(in: line) == "Ada Roe") }

  @Test("a name with a number in it stays")
  func numbers() { #expect(Byline.name(in: "Agent 47") == "Agent 47") }
}

@Suite("html: titles with separators inside")
struct TitleSeparatorTests {
  @Test(
    "only the part that is the site goes",
    arguments: [
      ("Pros | Cons of ferries | Gazette", "Pros | Cons of ferries"),
      ("Ferries - pros | cons - Gazette", "Ferries - pros | cons"),
      ("Bridge news – Gazette", "Bridge news"), ("Gazette - Bridge news", "Bridge news"),
      (
        "Friend-portability is the must-have rule - Gazette",
        "Friend-portability is the must-have rule"
      ),
      ("Gazette: Ferries - pros: cons", "Ferries - pros: cons"),
      ("Ferries | Tides — what to know · Gazette", "Ferries | Tides — what to know"),
      ("News | Gazette", "News"),
    ])
  func site(_ title: String, _ expected: String) throws {
    let html = """
      <title>\(title)</title><meta property="og:site_name" content="Gazette">
      <p>The council of Netherby voted on Tuesday to rebuild the old footbridge.
      """
    #expect(try htmlDocument(html).document.metadata["title"]?.string == expected)
  }
}
