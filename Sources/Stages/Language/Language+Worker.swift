import Bytes
public import Pipeline

extension Language {
  /// Detects and decides.
  public struct Worker: StageWorker {
    private let label: String
    private let keep: [LanguageRange]
    private let drop: [LanguageRange]
    private let minimumScore: Double
    private var detector = LanguageDetector()

    init(label: String, keep: [LanguageRange], drop: [LanguageRange], minimumScore: Double) {
      self.label = label
      self.keep = keep
      self.drop = drop
      self.minimumScore = minimumScore
    }

    public mutating func process(_ document: inout Document) -> Verdict {
      let answer = detector.detect(document.text)
      let language = JSONValue(answer.language)
      let score = answer.score.map(JSONValue.double) ?? .null
      document.state("language", language, label: label)
      document.state("language_score", score, label: label)
      document.state("language_script", JSONValue(answer.script?.rawValue), label: label)
      return switch reason(answer) {
      case nil: .keep
      case let reason?: .drop(reason, ["language": language, "score": score])
      }
    }

    private func reason(_ answer: LanguageDetector.Answer) -> DropReason? {
      if answer.score ?? 0 < minimumScore { return .languageUncertain }
      if drop.contains(where: { $0.contains(answer) }) { return .languageDropped }
      if !keep.isEmpty, !keep.contains(where: { $0.contains(answer) }) { return .languageNotKept }
      return nil
    }
  }
}
