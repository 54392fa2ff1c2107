public import Pipeline

extension Entities {
  /// The entities that are recognised by their form.
  public enum Pattern: String, SettingChoice {
    case email, url, date, money

    var label: String { rawValue.uppercased() }
  }
}
