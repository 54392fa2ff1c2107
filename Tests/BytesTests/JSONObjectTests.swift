import Bytes
import TestSupport
import Testing

@Suite struct JSONObjectTests {
  @Test("a member that is set again keeps its place")
  func setting() {
    var object = JSONObject([("a", 1), ("b", 2), ("a", 3)])
    #expect(object.members.map(\.key) == ["a", "b"])
    #expect(object["a"] == 3)
    object["b"] = nil
    object["none"] = nil
    #expect(object == ["a": 3])
    #expect(object["b"] == nil)
  }

  @Test("null is a value")
  func null() {
    let object: JSONObject = ["a": nil]
    #expect(!object.isEmpty)
    #expect(object["a"] == .null)
  }

  @Test("objects are equal when their members are, in order")
  func equality() {
    #expect((["a": 1, "b": 2] as JSONObject) == ["a": 1, "b": 2])
    #expect((["a": 1, "b": 2] as JSONObject) != ["b": 2, "a": 1])
  }

  @Test("an object does what a plain list of pairs does", arguments: 0..<10 as Range<UInt64>)
  func againstPairs(seed: UInt64) {
    var random = Seed(seed)
    var object = JSONObject()
    var pairs: [(key: String, value: JSONValue)] = []
    for step in 0..<400 {
      let key = "k\(random.below(100))"
      let value: JSONValue? = random.oneIn(4) ? nil : .int(Int64(step))
      object[key] = value
      if let index = pairs.firstIndex(where: { $0.key == key }) {
        if let value { pairs[index].value = value } else { pairs.remove(at: index) }
      } else if let value {
        pairs.append((key, value))
      }
      #expect(object[key] == value)
    }
    #expect(object.members.map(\.key) == pairs.map(\.key))
    #expect(object.members.map(\.value) == pairs.map(\.value))
    #expect(object == JSONObject(pairs.map { ($0.key, $0.value) }))
  }
}
