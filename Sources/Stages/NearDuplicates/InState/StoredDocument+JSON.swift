import Bytes
import SharedByStages

/// Documents as `winnow index export` writes them. Hashes and bits are hexadecimal, since few programs
/// read whole numbers of 64 bits right.
extension StoredDocument {
  var json: JSONObject {
    var json: JSONObject = [
      "id": .string(id), "run": .int(Int64(run)), "digest": .string(Hexadecimal.text(of: [digest])),
      "bands": .string(Hexadecimal.text(of: bandKeys)),
      "shingles": sketch.count.map { .int(Int64($0)) } ?? .null,
      "sketch": .string(Hexadecimal.text(of: sketch.words)),
      "known_by_id": .bool(identity.id != nil),
    ]
    json["url"] = identity.url.map { .string(Hexadecimal.text(of: [$0])) }
    json["rank"] = rank == .none ? nil : .string(Hexadecimal.text(of: rank.bytes))
    json["cluster"] = cluster.map { .string($0) }
    return json
  }

  /// - Throws: `NoExport` when it is no such document, or has not `bandCount` bands.
  init(_ json: JSONObject, bandCount: Int, label: String) throws(NoExport) {
    func part<Part>(_ name: String, _ read: (JSONValue) -> Part?) throws(NoExport) -> Part {
      guard let part = json[name].flatMap(read) else { throw NoExport(label: label, part: name) }
      return part
    }
    func optional<Part>(
      _ name: String, _ read: (JSONValue) -> Part?
    ) throws(NoExport) -> Part? {
      json[name].map(\.isNull) ?? true ? nil : try part(name, read)
    }
    let id = try part("id") { $0.string.flatMap { $0.isEmpty ? nil : $0 } }
    let digest: [UInt64] = try part("digest") { Hexadecimal.numbers($0, count: 1) }
    let bands: [UInt32] = try part("bands") {
      $0.string == "" ? [] : Hexadecimal.numbers($0, count: bandCount)
    }
    let words: [UInt64] = try part("sketch") { Hexadecimal.numbers($0, count: Sketch.wordCount) }
    let count = try optional("shingles") { value in
      value.int.flatMap { 0...Fingerprint.maximumWhole ~= $0 ? $0 : nil }
    }
    let url: [UInt64]? = try optional("url") { Hexadecimal.numbers($0, count: 1) }
    let rank: [UInt8] = try optional("rank") { Hexadecimal.numbers($0, count: nil) } ?? []
    let isKnownByID = json["known_by_id"] == true
    self.init(
      id: id,
      run: try part("run") { value in value.int.flatMap { 0...Int(UInt32.max) ~= $0 ? $0 : nil } },
      digest: digest[0], bandKeys: bands, sketch: Sketch(words: words, count: count),
      identity: PageIdentity(id: isKnownByID ? PageIdentity.hash(id: id) : nil, url: url?[0]),
      rank: Rank(bytes: rank), cluster: try optional("cluster", \.string))
  }
}

extension IndexFormat {
  var json: JSONObject {
    [
      "fingerprint_version": .int(Int64(fingerprint)), "shingle_words": .int(Int64(shingleWords)),
      "bands": .int(Int64(bands.count)), "rows": .int(Int64(bands.rows)),
    ]
  }

  /// - Returns: Nil for what is no format.
  init?(_ json: JSONObject) {
    guard let fingerprint = json["fingerprint_version"]?.int,
      let shingleWords = json["shingle_words"]?.int, let count = json["bands"]?.int,
      let rows = json["rows"]?.int
    else { return nil }
    self.init(
      fingerprint: fingerprint, shingleWords: shingleWords, bands: Bands(count: count, rows: rows))
  }
}
