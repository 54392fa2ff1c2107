import Bytes
import Pipeline
import Testing

@testable import HTMLStage

@Suite("html: linked data in every shape")
struct LinkedDataShapesTests {
  private func stated(_ scripts: String...) throws -> [String?] {
    let html =
      scripts.map { "<script type=\"application/ld+json\">\($0)</script>" }.joined()
      + "<p>The council of Netherby voted on Tuesday."
    let metadata = try htmlDocument(html).document.metadata
    return ["title", "author", "date"].map { metadata[$0]?.string }
  }

  private let all: [String?] = ["Bridge news", "Ada Roe", "2024-03-05"]

  @Test(
    "a value, a list of one, and an object around it say the same",
    arguments: [
      #"{"@type":"NewsArticle","headline":["Bridge news"],"author":["Ada Roe"],"datePublished":["2024-03-05"]}"#,
      #"{"@type":"NewsArticle","headline":{"@value":"Bridge news","@language":"en"},"author":{"@list":[{"name":{"@value":"Ada Roe"}}]},"datePublished":{"@type":"Date","@value":"2024-03-05"}}"#,
      #"{"@type":["NewsArticle"],"headline":"Bridge news","author":{"0":{"name":"Ada Roe"}},"datePublished":1709640000}"#,
      #"{"@type":"http://schema.org/NewsArticle","schema:headline":"Bridge news","http://schema.org/author":{"schema:name":"Ada Roe"},"https://schema.org/datePublished":"2024-03-05"}"#,
      #"[[{"@type":"NewsArticle","headline":"Bridge news","author":[[{"name":"Ada Roe"}]],"datePublished":"2024-03-05"}]]"#,
      #"{"@graph":{"@type":"NewsArticle","headline":"Bridge news","author":{"givenName":"Ada","familyName":"Roe"},"dateCreated":"2024-03-05"}}"#,
    ])
  func shapes(_ script: String) throws { #expect(try stated(script) == all) }

  @Test(
    "one bad value does not cost the others",
    arguments: [
      #"{"@type":"NewsArticle","headline":["","Bridge news"],"author":["https://x.example/ada",null,"Ada Roe"],"datePublished":["soon","2024-03-05"]}"#,
      #"{"@type":"NewsArticle","headline":null,"name":"Bridge news","author":[{"url":"x"},{"name":"Ada Roe"}],"datePublished":{},"dateCreated":"2024-03-05"}"#,
    ])
  func badValues(_ script: String) throws { #expect(try stated(script) == all) }

  @Test(
    "one mistake of grammar does not cost the others",
    arguments: [
      #"{"@type":"NewsArticle","headline":"Bridge news","author":{"name":"Ada Roe"},"datePublished":"2024-03-05","x":"He said "yes", and left"}"#,
      #"{"@type":"NewsArticle","headline":"Bridge news","author":[{"name":"Ada Roe"}],"datePublished":"2024-03-05","articleBo"#,
      #"{"@type":"NewsArticle","headline":"Bridge news","author":{"name":"Ada Roe"},"datePublished":"2024-03-05","articleBody":"The cou"#,
      "{'@type':'NewsArticle','headline':'Bridge news','author':{'name':'Ada Roe'},'datePublished':'2024-03-05'}",
      #"{"@type":"NewsArticle",headline:"Bridge news",author:{name:"Ada Roe"},"datePublished":"2024-03-05",x:undefined,"v":01,}"#,
      "{\"@type\":\"NewsArticle\"\n\"headline\":\"Bridge news\"\n\"author\":{\"name\":\"Ada Roe\"}\n\"datePublished\":\"2024-03-05\"}",
      #"{"@type":"NewsArticle","headline":"Bridge news",,"author":[{"name":"Ada Roe"},,],"datePublished":"2024-03-05"}}}"#,
      #"{"@type":"NewsArticle","headline":"Bridge news","author":{"name":"Ada Roe"],"datePublished":"2024-03-05"}"#,
      #"{"@type":"NewsArticle","headline":"Bridge news","x":"\ud83d","author":{"name":"Ada Roe"},"datePublished":"2024-03-05"}"#,
    ])
  func mistakes(_ script: String) throws { #expect(try stated(script) == all) }

  @Test("several authors, some by reference to another script")
  func references() throws {
    #expect(
      try stated(
        #"{"@type":"NewsArticle","headline":"Bridge news","author":[{"name":"Ada Roe"},{"@id":"urn:b"}]}"#,
        #"{"@type":"Person","@id":"urn:b","name":["Bo Lind"]}"#)[1] == "Ada Roe, Bo Lind")
  }

  @Test("brackets without number end, and so does a text of nothing else")
  func hostile() throws {
    let open = String(repeating: "[{\"a\":", count: 100_000)
    #expect(try stated(open) == [nil, nil, nil])
    #expect(try stated(String(repeating: "\" ", count: 100_000)) == [nil, nil, nil])
  }
}
