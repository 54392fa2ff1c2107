import Bytes
import Pipeline

/// Hosts and patterns that URLs may fit.
struct URLList: Sendable {
  private var hosts: Set<String> = []
  private var patterns: [WildcardPattern] = []

  /// - Parameters:
  ///   - entries: Those of the definition.
  ///   - files: Files with an entry on each line.
  ///   - key: The setting with the entries; that of the files ends in `_files`.
  init(_ entries: [String], _ files: [FilePath], key: String) throws(Complaint) {
    for entry in entries { try add(entry, key) { "" } }
    for file in files {
      let bytes: [UInt8]
      do throws(SystemError) {
        bytes = try FileSystem.contents(of: file.path)
      } catch {
        throw Complaint("\(key)_files", "cannot be read: \(file.path): \(error.cause)")
      }
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        let trimmed = line.drop { $0 <= 0x20 }
        let end = trimmed.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? trimmed.startIndex
        let entry = trimmed[..<end]
        if entry.isEmpty || entry.first == UInt8(ascii: "#") { continue }
        try add(String(decoding: entry, as: UTF8.self), "\(key)_files") {
          ", in line \(index + 1) of \(file.path)"
        }
      }
    }
  }

  private mutating func add(
    _ entry: String, _ key: String, _ place: () -> String
  ) throws(Complaint) {
    if entry.utf8.contains(UInt8(ascii: "*")) || entry.utf8.contains(UInt8(ascii: "/")) {
      patterns.append(WildcardPattern(entry))
      return
    }
    guard !entry.isEmpty, !entry.utf8.contains(where: { $0 <= 0x20 }) else {
      throw Complaint(
        key,
        "must hold hosts and patterns; \(JSONValue.string(entry).jsonText) is neither\(place())")
    }
    hosts.insert(URLNormalizer.lowercased(entry[...]))
  }

  /// The first entry that the URL fits: its host or one above, or else a pattern.
  /// - Complexity: O(length of the URL), times the number of patterns.
  func entry(for url: String) -> String? {
    if !hosts.isEmpty, let parts = URLParts(url) {
      var host = URLNormalizer.lowercased(parts.host)[...]
      while true {
        if hosts.contains(String(host)) { return String(host) }
        guard let dot = host.utf8.firstIndex(of: UInt8(ascii: ".")) else { break }
        host = host[host.utf8.index(after: dot)...]
      }
    }
    return patterns.first { $0.matches(url) }?.source
  }
}
