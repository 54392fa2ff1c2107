import Bytes
public import Pipeline

/// Gives texts one form: of letters that can be written in several ways, of white space, and without what is not
/// seen.
public struct Normalize: Stage {
  public struct Settings: ComponentSettings {
    var unicode = UnicodeForm.nfc
    var whiteSpace = WhiteSpace.lines
    var invisible = Invisible.remove

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "unicode", \.unicode,
        "The normalization form of Unicode that letters get. \"nfc\" joins letters and their accents. \"nfkc\" "
          + "also replaces what is kept for compatibility, as the ligature of f and i by two letters, and ² by 2. "
          + "\"keep\" changes nothing."),
      Field(
        "white_space", \.whiteSpace,
        "\"lines\" makes one space of several, removes those at the ends of lines, and leaves at most one empty "
          + "line; \"one_line\" makes one line of the text; \"keep\" changes nothing. Both remove spaces at the "
          + "beginning of lines, which mean something in Markdown and code."),
      Field(
        "invisible", \.invisible,
        "\"remove\" takes away what is not seen: control characters, soft hyphens, spaces without width, byte "
          + "order marks, and the marks that set the direction of writing. Joiners stay, since Persian, the "
          + "languages of India and emoji need them."),
    ]
  }

  public static let manual = Manual(
    name: "normalize",
    summary: "Gives texts one form of Unicode and of white space.",
    discussion: """
      Pages write é as one character or as two, and the space between two words in a dozen ways. Programs that \
      compare texts, count words or train tokenizers take these for different texts. `near_duplicates` and \
      `entities` do not: they compare folded texts anyway. Line ends of every kind become line feeds unless \
      white space is kept. The stage belongs after those that choose blocks of the page: it changes the text \
      alone. A document whose text is as it should be stays as it is.
      """,
    example: #"{ "use": "normalize", "unicode": "nfkc", "white_space": "one_line" }"#,
    effects: [.needsText, .rewritesText],
    reasons: [.cannotNormalize])

  private let settings: Settings

  public init(settings: Settings, context: Context) { self.settings = settings }

  public func makeWorker() -> sending Worker { Worker(settings) }

  /// Normalizes one text after another.
  public struct Worker: StageWorker {
    private let settings: Settings
    /// Memory for the text that is made.
    private var made: [UInt8] = []

    init(_ settings: Settings) { self.settings = settings }

    public mutating func process(_ document: inout Document) -> Verdict {
      let spacing = Spacing(settings)
      // What is removed may part a letter from its accent, so it goes first.
      spacing.write(document.text.bytes.span, into: &made)
      switch settings.unicode.normal(made) {
      case .same: break
      case .changed(let normal):
        // Some compatible forms are spaces.
        spacing.write(normal.span, into: &made)
      case .refused: return .drop(.cannotNormalize)
      }
      if !made.span.equals(document.text.bytes.span) {
        // Copied: the memory is used again for the next text.
        document.text = UTF8Text(wellFormed: Array(made))
        // Its blocks are those of another text.
        document.page = nil
      }
      if made.capacity > Worker.keptMemory { made = [] }
      return .keep
    }

    private static let keptMemory = 4 << 20
  }
}

/// What becomes of spaces and line ends.
enum WhiteSpace: String, SettingChoice {
  case lines
  case oneLine = "one_line"
  case keep
}

/// What becomes of characters that are not seen.
enum Invisible: String, SettingChoice {
  case remove, keep
}

extension DropReason {
  static let cannotNormalize = DropReason(
    "cannot_normalize",
    "In this form the text would be more than three times as long, or a megabyte of it has no space."
  )
}
