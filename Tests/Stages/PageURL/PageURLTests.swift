import Bytes
import Pipeline
import TestSupport
import Testing

@testable import PageURLStage

@Suite("url")
struct PageURLTests {
  /// The URL afterwards, or the reason why the document was dropped, with the entry.
  private func result(_ url: String?, _ settings: String) throws -> String {
    var document = Document(id: "1", text: UTF8Text("Text"), origin: Origin(file: "1.txt"))
    document.metadata["url"] = JSONValue(url)
    switch try PageURL.made(from: settings).makeWorker().process(&document) {
    case .keep: return document.metadata["url"]?.string ?? "no URL"
    case .drop(let drop):
      return ([drop.reason.name] + [drop.details["entry"]?.string].compactMap(\.self))
        .joined(separator: " ")
    }
  }

  @Test(
    "the normal form",
    arguments: [
      ("HTTP://WWW.Example.ORG", "http://www.example.org/"),
      ("https://example.org:443/a?b#c", "https://example.org/a?b"),
      ("http://example.org:8080/", "http://example.org:8080/"),
      ("http://example.org:/", "http://example.org/"),
      ("http://me@Example.org./A", "http://me@example.org/A"),
      ("http://a.example/b/./c/../d/..", "http://a.example/b/"),
      ("http://a.example/../..//x", "http://a.example//x"),
      ("http://a.example\\b", "http://a.example/b"),
      ("http://a.example/%7euser/%c3%bc%2F", "http://a.example/~user/%C3%BC%2F"),
      ("http://a.example/100%", "http://a.example/100%"),
      ("http://a.example?", "http://a.example/"),
      ("http://[::1]:80/", "http://[::1]/"),
      ("http://müller.example/ü", "http://müller.example/ü"),
      ("mailto:a@b", "mailto:a@b"), ("/relative", "/relative"), ("http:///x", "http:///x"),
    ])
  func normal(url: String, expected: String) throws {
    #expect(try result(url, "{}") == expected)
    #expect(try result(expected, "{}") == expected)
    #expect(try result(url, #"{"normalize": false}"#) == url)
  }

  @Test("parameters that only track are removed")
  func parameters() throws {
    let settings = #"{"drop_parameters": ["utm_*", "fbclid"]}"#
    #expect(
      try result("http://a.example/?utm_source=x&id=3&fbclid=y", settings)
        == "http://a.example/?id=3")
    #expect(try result("http://a.example/?utm_source=x", settings) == "http://a.example/")
  }

  @Test("the URL that was given stays in the annotations")
  func original() throws {
    var document = Document(id: "1", text: UTF8Text("Text"), origin: Origin(file: "1.txt"))
    document.metadata["url"] = "HTTP://a.example/"
    _ = try PageURL.made().makeWorker().process(&document)
    #expect(document.annotations == ["url": ["original": "HTTP://a.example/"]])
  }

  @Test("hosts with their subdomains, and patterns")
  func lists() throws {
    let settings = #"{"block": ["Ads.example", "*/tag/*"], "allow": ["a.example", "ads.example"]}"#
    #expect(try result("http://a.example/", settings) == "http://a.example/")
    #expect(try result("http://www.a.example/", settings) == "http://www.a.example/")
    #expect(try result("http://ba.example/", settings) == "url_not_allowed")
    #expect(try result("http://x.ads.example/", settings) == "blocked_url ads.example")
    #expect(try result("http://a.example/tag/x", settings) == "blocked_url */tag/*")
    #expect(try result(nil, settings) == "url_not_allowed")
    #expect(try result(nil, #"{"block": ["a.example"]}"#) == "no URL")
  }

  @Test("lists from files")
  func files() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("block.txt", "# spam\r\n\n  spam.example  \r\n*/login*\n")
    let settings = "{\"block_files\": [\"\(path)\"]}"
    #expect(try result("http://spam.example/", settings) == "blocked_url spam.example")
    #expect(try result("http://a.example/login", settings) == "blocked_url */login*")
    #expect(try result("http://a.example/", settings) == "http://a.example/")
  }

  @Test("what cannot be served")
  func complaints() throws {
    func complaint(_ settings: String) -> Complaint? {
      do {
        _ = try PageURL.made(from: settings)
        return nil
      } catch { return error as? Complaint }
    }
    #expect(
      complaint(#"{"block_files": ["/nowhere/list"]}"#)
        == Complaint("block_files", "cannot be read: /nowhere/list: No such file or directory"))
    #expect(
      complaint(#"{"allow": ["a b"]}"#)
        == Complaint("allow", "must hold hosts and patterns; \"a b\" is neither"))
    #expect(
      complaint(#"{"normalize": false, "drop_parameters": ["x"]}"#)
        == Complaint("drop_parameters", "needs \"normalize\": true"))
    let folder = try TemporaryFolder()
    let path = try folder.write("list", "a.example\nb c\n")
    #expect(
      complaint("{\"block_files\": [\"\(path)\"]}")
        == Complaint(
          "block_files", "must hold hosts and patterns; \"b c\" is neither, in line 2 of \(path)"))
  }
}
