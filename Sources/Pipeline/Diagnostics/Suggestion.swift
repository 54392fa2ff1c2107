/// Finds what somebody probably meant.
public enum Suggestion {
  /// `; did you mean threshold?`, or all names when none is near: `; there are: threshold, shingle`.
  public static func text(for word: String, among names: [String]) -> String {
    near(word, among: names) ?? "; " + list(names)
  }

  /// `; did you mean threshold?`; nil when no name is near.
  public static func near(_ word: String, among names: [String]) -> String? {
    if word.isEmpty { return nil }
    let limit = max(1, word.utf8.count / 3)
    let best =
      names
      .map { (name: $0, distance: distance(Array(word.utf8), Array($0.utf8))) }
      .filter { $0.distance <= limit || $0.name.hasPrefix(word) || word.hasPrefix($0.name) }
      .min { $0.distance < $1.distance }
    return best.map { "; did you mean \($0.name)?" }
  }

  /// `there are: threshold, shingle`
  public static func list(_ names: [String]) -> String {
    names.isEmpty ? "there are none" : "there are: " + names.joined(separator: ", ")
  }

  /// Damerau-Levenshtein distance in its restricted form ("optimal string alignment"): insertions,
  /// deletions, substitutions and swaps of neighbours.
  /// - Complexity: O(`first.count` × `second.count`); names are short.
  static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var rows = [Array(0...second.count)]
    for i in 0..<first.count {
      var row = [i + 1]
      for j in 0..<second.count {
        var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (first[i] == second[j] ? 0 : 1))
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
          cost = min(cost, rows[i - 1][j - 1] + 1)
        }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[first.count][second.count]
  }
}
