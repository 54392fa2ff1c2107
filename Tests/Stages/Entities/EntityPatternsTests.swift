import Testing

@testable import EntitiesStage

struct EntityPatternsTests {
  // MARK: E-mail

  @Test(
    "addresses are found",
    arguments: [
      ("Write to jo.doe+news@mail.example.org.", ["jo.doe+news@mail.example.org"]),
      ("<a@b.co>, (x_y%z@b-c.museum)", ["a@b.co", "x_y%z@b-c.museum"]),
      ("mailto:info@example.com?subject=Hi", ["info@example.com"]),
      ("well...me@example.com/", ["me@example.com"]),
      ("邮箱info@example.cn是", ["info@example.cn"]),
      ("a@xn--bcher-kva.xn--p1ai", ["a@xn--bcher-kva.xn--p1ai"]),
    ])
  func emails(text: String, expected: [String]) throws {
    #expect(try found(text, .email) == expected)
  }

  @Test(
    "what only looks like an address is none",
    arguments: [
      "@", "a@", "@b.org", "a@b", "a@b.c", "a@.org", "a@-b.org", "a@b-.org", "a.@b.org",
      "a@b.123", "éa@b.org", "a@b.orgé", "a@b.org@c.org", "a @b.org", "@user",
      String(repeating: "a", count: 65) + "@b.org", "a@\(String(repeating: "b", count: 64)).org",
    ])
  func noEmails(text: String) throws {
    #expect(try found(text, .email) == [])
  }

  // MARK: URL

  @Test(
    "URLs are found, without the sentence around them",
    arguments: [
      ("See https://example.org/a.html, then", ["https://example.org/a.html"]),
      ("(http://example.org/wiki/A_(b))!", ["http://example.org/wiki/A_(b)"]),
      ("[HTTP://X.org:8080/?q=1&r=2#top]...", ["HTTP://X.org:8080/?q=1&r=2#top"]),
      ("“www.example.org”; \"ftp://f.org/\"", ["www.example.org", "ftp://f.org/"]),
      ("http://[::1]:80/x <https://y.org>", ["http://[::1]:80/x", "https://y.org"]),
      ("https://de.example.org/wiki/Köln.", ["https://de.example.org/wiki/Köln"]),
      (
        "https://example.cn查看，http://example.cn/中国。",
        ["https://example.cn", "http://example.cn/中国"]
      ),
      ("http://user:pass@x.org/a@b.org", ["http://user:pass@x.org/a@b.org"]),
    ])
  func urls(text: String, expected: [String]) throws {
    #expect(try found(text, .url) == expected)
  }

  @Test(
    "what only looks like a URL is none",
    arguments: [
      "http://", "http:// x", "xhttp://a.org", "http:/a.org", "gopher://a.org", "www.", "www.a",
      "www..a", "awww.b.org", "http://(a)", "http://.", "://a.org", "http://\n",
      "http://a.org/" + String(repeating: "x", count: URLPattern.maximum),
    ])
  func noURLs(text: String) throws {
    #expect(try found(text, .url) == [])
  }

  // MARK: Dates

  @Test(
    "dates are found",
    arguments: [
      "2026-11-20", "2026/11/20", "2026.11.20", "2026-11-20T10:30", "2026-11-20T10:30:15Z",
      "2026-11-20 10:30", "2026-11-20T10:30:15.250+01:00", "2026-11-20T10:30-0500",
      "20.11.2026", "1.2.2026", "20. 11. 2026", "20/11/2026", "11/20/2026", "20-11-2026",
      "20 November 2026", "20 November", "2nd of June, 2026", "20th Nov. 2026", "20-Nov-2026",
      "November 20, 2026", "November 20th, 2026", "Nov. 20, 2026", "Nov 20", "October 17",
      "MAY 5", "29 February", "29 February 2024",
      "20. November 2026", "3. März", "1er janvier 2026", "20 août", "20 de noviembre de 2026",
      "1º de enero", "20 novembre 2026", "20 de março de 2026", "20 maart 2026",
      "20 listopada 2026", "20 ноября 2026", "9 мая",
      "2026年11月20日", "11月20日", "2026년 11월 20일", "20\u{A0}November\u{A0}2026",
    ])
  func dates(date: String) throws {
    #expect(try found("On \(date), and", .date) == [date])
    #expect(try found(date, .date) == [date])
    #expect(try found("(\(date)).", .date) == [date])
  }

  @Test(
    "days that do not exist and numbers of other kinds are no dates",
    arguments: [
      "2026-13-20", "2026-11-31", "2026-02-29", "2026-00-10", "32.1.2026", "20.13.2026",
      "13/13/2026", "31 November", "0 May", "29 February 2026", "30 February", "2026年13月1日",
      "20.11.26", "1.2.3", "192.168.10.2026", "v2026-11-20", "2026-11-205", "12026-11-20",
      "2026-11/20", "5 may", "march 3", "may 5", "20 Novembers", "5 out",
      "20 30 2026", "2026", "COVID-19 May 2026", "November 2026", "10:30", "A4 May", "/2026/11/20/",
      "2026-11-20@x",
      "1 000 2026",
    ])
  func noDates(text: String) throws {
    #expect(try found(text, .date) == [])
  }

  @Test("of a date the longest form is taken")
  func longestDate() throws {
    #expect(
      try found("5 May 6 June 2026, May 7 8 July. On 9 May.", .date)
        == ["5 May", "6 June 2026", "May 7", "8 July", "9 May"])
    #expect(try found("the 17-20 November 2026", .date) == ["20 November 2026"])
    #expect(try found("October 17-19", .date) == ["October 17"])
  }

  // MARK: Money

  @Test(
    "sums of money are found",
    arguments: [
      "$5", "$1,200.50", "$ 1200", "US$3.5bn", "A$20", "$5m", "$2.4 million", "$5 million USD",
      "€5 million", "€1.200,50", "£12,000", "¥500", "₽1 000", "₹2 lakh", "€5 Mio",
      "12 EUR", "12 €", "12€", "1.200,50 €", "1 200 €", "1'200 CHF", "USD 3.5bn", "EUR12",
      "CHF 12.50", "Rs. 500", "500 kr", "5 Mio. €", "5 Mrd. Euro", "3,5 M€", "5 M€",
      "10 millions d’euros", "10 millones de euros", "12 miliardi di euro", "5 million dollars",
      "10 zł", "2,5 mln zł", "100 рублей", "5 млрд руб", "500円", "500万円", "1億2000万円",
      "300亿元", "100달러", "5억 원", "12\u{A0}000\u{202F}€",
    ])
  func money(sum: String) throws {
    #expect(try found("About \(sum), or", .money) == [sum])
    #expect(try found(sum, .money) == [sum])
    #expect(try found("(\(sum)).", .money) == [sum])
  }

  @Test(
    "numbers without a currency are no money",
    arguments: [
      "5", "5 million", "5m", "12 eur", "try 5", "TRYING 5", "$", "€", "$x", "5x €x", "$5x",
      "EURO12A", "XUSD 5", "5 of dollars", "5 All", "1.2.3 of", "RS 6", "KR 5",
    ])
  func noMoney(text: String) throws {
    #expect(try found(text, .money) == [])
  }

  @Test("a symbol belongs to the number that it touches")
  func neighbours() throws {
    #expect(try found("5 $10, €5 $6 and 7€8€", .money) == ["$10", "€5", "$6", "7€", "8€"])
    #expect(try found("$5-$10; $5/month; 2 for $5.", .money) == ["$5", "$10", "$5", "$5"])
  }

  // MARK: Support

  private func found(_ text: String, _ pattern: Entities.Pattern) throws -> [String] {
    let label = pattern.label + " "
    return try EntitiesStageTests.found(text, "", patterns: [pattern]).map {
      $0.hasPrefix(label) ? String($0.dropFirst(label.count)) : $0
    }
  }
}
