import Testing

@testable import HTMLStage

@Suite("html: addresses of pages")
struct AddressPartsTests {
  @Test(
    "host, path, and whether it is the front page",
    arguments: [
      ("https://www.shore.example:8080/a/b.html?x#y", "www.shore.example", "/a/b.html", false),
      ("http://shore.example", "shore.example", "", true),
      ("https://shore.example/", "shore.example", "/", true),
      ("https://shore.example/?page=2", "shore.example", "/", true),
      ("https://shore.example?page=2", "shore.example", "", true),
      ("https://shore.example/#/news/1", "shore.example", "/", false),
      ("https://shore.example#news", "shore.example", "", false),
      ("https://ufer.example/grüße", "ufer.example", "/grüße", false),
    ])
  func parts(address: String, host: String, path: String, isFrontPage: Bool) throws {
    let parts = try #require(AddressParts(address))
    #expect(parts.host == host)
    #expect(parts.path == path)
    #expect(parts.isFrontPage == isFrontPage)
  }

  @Test("what names no scheme has no parts", arguments: ["", "shore.example/a", "mailto:a@b"])
  func noAddress(text: String) {
    #expect(AddressParts(text) == nil)
  }
}
