public import Pipeline

extension Boilerplate {
  /// Which error is the lesser one.
  public enum Favor: String, SettingChoice {
    case precision, balanced, recall

    /// How many times as much recall weighs as precision, for classifiers that give probabilities.
    var beta: Double {
      switch self {
      case .precision: 0.5
      case .balanced: 1
      case .recall: 2
      }
    }

    /// The least score of a block that is kept, for rules. The steps to either side move about one block in ten
    /// of an article.
    var threshold: Float {
      switch self {
      case .precision: 0.65
      case .balanced: 0.5
      case .recall: 0.3
      }
    }
  }
}
