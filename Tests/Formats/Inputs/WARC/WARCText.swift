import Bytes

/// WARC files as tests write them.
enum WARCText {
  /// One record, with the two line ends behind it.
  /// - Parameters:
  ///   - length: As the header has it; that of the block if nil.
  ///   - more: Further header lines, each with its end.
  static func record(
    _ type: String, _ block: [UInt8], id: String = "<urn:uuid:r1>",
    uri: String? = "http://harbour.example/", media: String? = "application/http; msgtype=response",
    length: String? = nil, more: String = "", version: String = "1.0"
  ) -> [UInt8] {
    var header = "WARC/\(version)\r\nWARC-Type: \(type)\r\nWARC-Record-ID: \(id)\r\n"
    header += "WARC-Date: 2026-11-20T02:00:00Z\r\n"
    if let uri { header += "WARC-Target-URI: \(uri)\r\n" }
    if let media { header += "Content-Type: \(media)\r\n" }
    header += more + "Content-Length: \(length ?? String(block.count))\r\n\r\n"
    return Array(header.utf8) + block + Array("\r\n\r\n".utf8)
  }

  /// A response over HTTP.
  static func response(
    _ body: [UInt8], id: String = "<urn:uuid:r1>", status: String = "HTTP/1.1 200 OK",
    headers: String = "Content-Type: text/html\r\n", more: String = ""
  ) -> [UInt8] {
    record("response", Array("\(status)\r\n\(headers)\r\n".utf8) + body, id: id, more: more)
  }

  static func response(
    _ body: String, id: String = "<urn:uuid:r1>", status: String = "HTTP/1.1 200 OK",
    headers: String = "Content-Type: text/html\r\n", more: String = ""
  ) -> [UInt8] {
    response(Array(body.utf8), id: id, status: status, headers: headers, more: more)
  }

  /// Each of the stretches a gzip member or zstd frame.
  static func compressed(_ parts: [[UInt8]], _ compression: Compression = .gzip) -> [UInt8] {
    guard
      let compressor = FrameCompressor(compression, level: compression.defaultLevel)
    else { return [] }
    return parts.flatMap { compressor.frame($0[...]) ?? [] }
  }

  /// Text that does not compress to nothing.
  static func prose(_ words: Int, seed: UInt64) -> String {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    let list = ["river", "stone", "market", "window", "letter", "garden", "engine", "harvest"]
    return (0..<words).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return list[Int(state >> 40) % list.count] + String(state >> 50)
    }.joined(separator: " ")
  }
}
