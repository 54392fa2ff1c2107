import Bytes
import Pipeline
import TestSupport
import Testing

@testable import HTMLStage

@Suite("html: tables")
struct HTMLTablesTests {
  private func expect(
    _ table: String, text: String, markdown: String? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try htmlText(table) == text, sourceLocation: location)
    if let markdown {
      #expect(try htmlText(table, .markdown) == markdown, sourceLocation: location)
    }
  }

  @Test("an empty cell is a cell, at the start of a row and inside")
  func emptyCells() throws {
    try expect(
      """
      <table><tr><th>Item<th>Loan<th>Sale<tr><td>Rope<td><td>12<tr><td><td>7<td>9
      <tr><td>Oar<td> <td>&nbsp;</table>
      """,
      text: "Item | Loan | Sale\nRope |  | 12\n | 7 | 9\nOar",
      markdown: """
        | Item | Loan | Sale |
        | --- | --- | --- |
        | Rope | | 12 |
        | | 7 | 9 |
        | Oar |
        """)
  }

  @Test("a header whose first cell is empty stays above its columns")
  func emptyCorner() throws {
    try expect(
      "<table><thead><tr><td></td><th>Mon</th><th>Tue</th></tr></thead>"
        + "<tr><th>am</th><td>1</td><td>2</td></tr></table>",
      text: " | Mon | Tue\nam | 1 | 2")
  }

  @Test("cells behind one of several rows or columns stay under their headers")
  func spans() throws {
    try expect(
      """
      <table><thead><tr><th>Line<th>Stop<th>Time</thead><tbody><tr><td rowspan=2>Blue<td>Mill<td>08:00
      <tr><td>Quay<td>08:20<tr><td colspan=2>Night bus<td>23:10</table>
      """,
      text: "Line | Stop | Time\nBlue | Mill | 08:00\n | Quay | 08:20\nNight bus |  | 23:10",
      markdown: """
        | Line | Stop | Time |
        | --- | --- | --- |
        | Blue | Mill | 08:00 |
        | | Quay | 08:20 |
        | Night bus | | 23:10 |
        """)
  }

  @Test("a cell in the middle reaches down and to the right at once")
  func bothSpans() throws {
    try expect(
      """
      <table><tr><th>a<th>b<th>c<th>d<tr><td>1<td rowspan=2 colspan=2>2<td>3<tr><td>4<td>5
      <tr><td>6<td>7<td>8<td>9</table>
      """,
      text: "a | b | c | d\n1 | 2 |  | 3\n4 |  |  | 5\n6 | 7 | 8 | 9")
  }

  @Test(
    "a cell of no rows reaches to the end of its part of the table; of too many no further than there is"
  )
  func endlessSpans() throws {
    try expect(
      """
      <table><tbody><tr><th>a<th>b<tr><td rowspan=0>1<td>2<tr><td>3
      <tbody><tr><td>4<td>5<tr><td rowspan=65000>6<td>7<tr><td>8</table>
      """,
      text: "a | b\n1 | 2\n | 3\n4 | 5\n6 | 7\n | 8")
  }

  @Test("spans that are no numbers are one")
  func wrongSpans() throws {
    try expect(
      "<table><tr><th>a<th>b<tr><td colspan=x>1<td rowspan=-2>2<tr><td colspan=0>3<td>4</table>",
      text: "a | b\n1 | 2\n3 | 4")
  }

  @Test("several blocks in a cell stay in it, an inner table among them")
  func blocksInCells() throws {
    try expect(
      """
      <table><thead><tr><th>Day<th>Times<th>Note</thead><tr><td>Mon<td><ul><li>08:00<li>17:30</ul><td>
      <tr><td>Tue<td><table><tr><td>am<td>09:00</table></td><td><p><b>Spring tide</b></p><p>No bikes</p>
      <tr><td>Wed<td>10:00<br>11:00<td>late</table>
      """,
      text:
        "Day | Times | Note\nMon | 08:00 17:30\nTue | am 09:00 | Spring tide No bikes\nWed | 10:00 11:00 | late",
      markdown: """
        | Day | Times | Note |
        | --- | --- | --- |
        | Mon | 08:00<br>17:30 |
        | Tue | am<br>09:00 | **Spring tide**<br>No bikes |
        | Wed | 10:00<br>11:00 | late |
        """)
  }

  @Test("rows whose start tags are missing are rows")
  func missingRows() throws {
    try expect(
      "<table><thead><th>a<th>b</thead><tr><td>1<td>2<tr><td>3<td>4</table>",
      text: "a | b\n1 | 2\n3 | 4")
  }

  @Test("a table that never ends, and one that ends twice")
  func brokenEnds() throws {
    try expect("<table><tr><th>a<th>b<tr><td>1<td>2", text: "a | b\n1 | 2")
    try expect(
      "<table><tr><th>a<th>b<tr><td>1<td>2</table></table><p>End.", text: "a | b\n1 | 2\nEnd.")
  }

  private let prose = """
    The mill stood idle for forty years before the brothers Anselm and Piet bought it, and the wheel had \
    rotted through to the hub.
    """

  @Test(
    "cells of a table that lays out the page are blocks of their own: a menu and the text beside it"
  )
  func layoutByTexts() throws {
    let html = """
      <table><tr><td><a href=1>Spring</a><br><a href=2>Autumn</a></td><td><b>The mill</b><br><br>\(prose)
      <br><br>\(prose)</td></tr></table>
      """
    let page = try #require(try htmlDocument(html).document.page)
    #expect(page.blockTexts == ["Spring\nAutumn", "The mill", prose, prose])
    #expect(page.blocks[0].links == 2)
    #expect(page.blocks[0].linkBytes == 12)
    #expect(page.blocks[1].links == 0)
    #expect(page.blocks.allSatisfy { page.elements[Int($0.element)].tag == .td })
    for (index, block) in page.blocks.enumerated().prefix(2) {
      #expect(page.elements[Int(block.element)].blocks.contains(Int32(index)))
    }
  }

  @Test("a table for presentation, one around tables, and one around headings lay out the page")
  func layoutByParts() throws {
    try expect(
      "<table role=presentation><tr><td>One<td>Two<tr><td>Three<td>Four</table>",
      text: "One\nTwo\nThree\nFour")
    try expect(
      "<table><tr><td>Menu<td>News</tr><tr><td><h2>Bridge</h2><td>Text</table>",
      text: "Menu\nNews\nBridge\nText")
    try expect(
      "<table><tr><td>Menu<td>Start</tr><tr><td><table><tr><td>a<td>1<tr><td>b<td>2</table></table>",
      text: "Menu\nStart\na | 1\nb | 2")
  }

  @Test("pictures and links stay where they are when a layout's cells become blocks")
  func layoutMarkup() throws {
    #expect(
      try htmlText(
        "<table role=presentation><tr><td><a href=http://a.example/>One</a><td><img alt=Gull src=/g.png> "
          + "Two <img alt=Tern src=/t.png></table>", .markdown, links: true, images: true)
        == "[One](http://a.example/)\n\n![Gull](/g.png) Two ![Tern](/t.png)")
  }

  @Test("a small table without headers holds data")
  func plainData() throws {
    try expect(
      "<table><tr><td>Weight<td>2 kg<tr><td>Length<td>3 m</table>",
      text: "Weight | 2 kg\nLength | 3 m")
  }
}
