import Bytes

/// Measurements of one thing over all rounds, and the answer that it gave every time.
struct Series {
  let name: String
  private(set) var seconds: [Double] = []
  private(set) var answer = 0

  init(name: String) { self.name = name }

  /// - Throws: When the answer is not the one of the rounds before: what gives another answer has done
  ///   other work.
  mutating func add(seconds: Double, answer: Int) throws {
    if !self.seconds.isEmpty, answer != self.answer {
      throw WrongAnswer(name: name, first: self.answer, now: answer)
    }
    self.seconds.append(seconds)
    self.answer = answer
  }

  var median: Double {
    let sorted = seconds.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

/// Two rounds of one measurement disagree.
struct WrongAnswer: Error, CustomStringConvertible {
  let name: String
  let first: Int
  let now: Int

  var description: String {
    "\(name) answered \(now) after \(first): the rounds cannot be compared"
  }
}

/// The measurements as a Markdown table.
struct Table {
  let pages: Corpus
  let sax: Series
  let rows: [Series]

  var text: String {
    let count = pages.documents.count
    let heading = """
      \(count) pages, \(fixed(Double(pages.byteCount) / 1e6, 1)) MB of HTML, one thread, median CPU time

      | | CPU s | pages/s | MB/s | of the SAX parse | answer |
      |---|---:|---:|---:|---:|---:|

      """
    return heading + ([sax] + rows).map(line).joined(separator: "\n")
  }

  private func line(_ series: Series) -> String {
    let seconds = series.median
    return
      "| \(series.name) | \(fixed(seconds, 3)) | \(fixed(Double(pages.documents.count) / seconds, 0)) "
      + "| \(fixed(Double(pages.byteCount) / 1e6 / seconds, 0)) "
      + "| \(fixed(seconds / sax.median, 2)) | \(series.answer) |"
  }
}
