import Pipeline
import Testing

@Suite struct HostNameTests {
  @Test(
    "a host is what stands between scheme and path, in small letters",
    arguments: [
      ("https://example.org/a", "example.org"),
      ("https://www.Example.ORG", "example.org"),
      ("http://example.org:8080/a:b@c", "example.org"),
      ("https://user:secret@example.org?q=//x", "example.org"),
      ("https://a@b@example.org#top", "example.org"),
      ("https://example.org.", "example.org"),
      ("https://WWW.example.org", "example.org"),
      ("https://www.example.org\\path", "example.org"),
      ("https://wwwexample.org/", "wwwexample.org"),
      ("https://news.example.org/", "news.example.org"),
      ("https://[2001:db8::1]:443/", "[2001:db8::1]"),
      ("https://[2001:db8::1", "[2001:db8::1"),
      ("https://bücher.example/", "bücher.example"),
      ("https://", ""), ("https://:80/", ""), ("https://.", ""), ("https://@", ""), ("://", ""),
      ("/relative/path", ""), ("mailto:a@example.org", ""), ("example.org/a", ""), ("", ""),
      ("https://www.", "www"),
    ])
  func examples(url: String, host: String) {
    var name = Array("before ".utf8)
    HostName.append(of: url, to: &name)
    #expect(String(decoding: name, as: UTF8.self) == "before " + host)
  }
}
