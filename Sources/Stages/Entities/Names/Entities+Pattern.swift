public import Pipeline

extension Entities {
  /// What can be told by its form.
  public enum Pattern: String, SettingChoice {
    case email, url, date, money

    var label: String { rawValue.uppercased() }
  }
}
