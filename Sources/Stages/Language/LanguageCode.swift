import Bytes
import Pipeline

/// The languages that CLD2 knows and what they are called.
///
/// The list is of those that the library's full tables (libcld2_full, V2.0 of 2014-10-16) recognise
/// in its own test texts. Codes are those of ISO 639-1 and, where there is none, of ISO 639-3, as
/// BCP 47 has them.
enum LanguageCode {
  struct Entry: Sendable {
    let code: String
    /// ISO 639-3 or 639-2, and others that people use for it.
    let others: [String]
    let name: String

    init(_ code: String, _ others: String, _ name: String) {
      self.code = code
      self.others = others.split(separator: " ").map(String.init)
      self.name = name
    }
  }

  static let all: [Entry] = [
    Entry("aa", "aar", "Afar"),
    Entry("ab", "abk", "Abkhazian"),
    Entry("af", "afr", "Afrikaans"),
    Entry("ak", "aka", "Akan"),
    Entry("am", "amh", "Amharic"),
    Entry("ar", "ara", "Arabic"),
    Entry("as", "asm", "Assamese"),
    Entry("ay", "aym", "Aymara"),
    Entry("az", "aze", "Azerbaijani"),
    Entry("ba", "bak", "Bashkir"),
    Entry("be", "bel", "Belarusian"),
    Entry("bg", "bul", "Bulgarian"),
    Entry("bho", "bh bih", "Bhojpuri"),
    Entry("bi", "bis", "Bislama"),
    Entry("bn", "ben", "Bengali"),
    Entry("bo", "bod tib", "Tibetan"),
    Entry("br", "bre", "Breton"),
    Entry("bs", "bos", "Bosnian"),
    Entry("ca", "cat", "Catalan"),
    Entry("ceb", "", "Cebuano"),
    Entry("chr", "", "Cherokee"),
    Entry("co", "cos", "Corsican"),
    Entry("crs", "", "Seselwa"),
    Entry("cs", "ces cze cz", "Czech"),
    Entry("cy", "cym wel", "Welsh"),
    Entry("da", "dan dk", "Danish"),
    Entry("de", "deu ger", "German"),
    Entry("dv", "div", "Dhivehi"),
    Entry("dz", "dzo", "Dzongkha"),
    Entry("el", "ell gre gr", "Greek"),
    Entry("en", "eng", "English"),
    Entry("eo", "epo", "Esperanto"),
    Entry("es", "spa", "Spanish"),
    Entry("et", "est", "Estonian"),
    Entry("eu", "eus baq", "Basque"),
    Entry("fa", "fas per", "Persian"),
    Entry("fi", "fin", "Finnish"),
    Entry("fj", "fij", "Fijian"),
    Entry("fo", "fao", "Faroese"),
    Entry("fr", "fra fre", "French"),
    Entry("fy", "fry", "Western Frisian"),
    Entry("ga", "gle", "Irish"),
    Entry("gd", "gla", "Scottish Gaelic"),
    Entry("gl", "glg", "Galician"),
    Entry("gn", "grn", "Guarani"),
    Entry("gu", "guj", "Gujarati"),
    Entry("gv", "glv", "Manx"),
    Entry("ha", "hau", "Hausa"),
    Entry("haw", "", "Hawaiian"),
    Entry("he", "heb iw", "Hebrew"),
    Entry("hi", "hin", "Hindi"),
    Entry("hmn", "", "Hmong"),
    Entry("hr", "hrv", "Croatian"),
    Entry("ht", "hat", "Haitian Creole"),
    Entry("hu", "hun", "Hungarian"),
    Entry("hy", "hye arm", "Armenian"),
    Entry("ia", "ina", "Interlingua"),
    Entry("id", "ind in", "Indonesian"),
    Entry("ie", "ile", "Interlingue"),
    Entry("ig", "ibo", "Igbo"),
    Entry("ik", "ipk", "Inupiaq"),
    Entry("is", "isl ice", "Icelandic"),
    Entry("it", "ita", "Italian"),
    Entry("iu", "iku", "Inuktitut"),
    Entry("ja", "jpn jp", "Japanese"),
    Entry("jv", "jav jw", "Javanese"),
    Entry("ka", "kat geo", "Georgian"),
    Entry("kha", "", "Khasi"),
    Entry("kk", "kaz", "Kazakh"),
    Entry("kl", "kal", "Kalaallisut"),
    Entry("km", "khm", "Khmer"),
    Entry("kn", "kan", "Kannada"),
    Entry("ko", "kor kr", "Korean"),
    Entry("ks", "kas", "Kashmiri"),
    Entry("ku", "kur", "Kurdish"),
    Entry("ky", "kir", "Kyrgyz"),
    Entry("la", "lat", "Latin"),
    Entry("lb", "ltz", "Luxembourgish"),
    Entry("lg", "lug", "Ganda"),
    Entry("lif", "", "Limbu"),
    Entry("ln", "lin", "Lingala"),
    Entry("lo", "lao", "Lao"),
    Entry("lt", "lit", "Lithuanian"),
    Entry("lv", "lav", "Latvian"),
    Entry("mfe", "", "Morisyen"),
    Entry("mg", "mlg", "Malagasy"),
    Entry("mi", "mri mao", "Maori"),
    Entry("mk", "mkd mac", "Macedonian"),
    Entry("ml", "mal", "Malayalam"),
    Entry("mn", "mon", "Mongolian"),
    Entry("mr", "mar", "Marathi"),
    Entry("ms", "msa may", "Malay"),
    Entry("mt", "mlt", "Maltese"),
    Entry("my", "mya bur", "Burmese"),
    Entry("na", "nau", "Nauru"),
    Entry("ne", "nep", "Nepali"),
    Entry("nl", "nld dut", "Dutch"),
    Entry("no", "nor nb nob nn nno", "Norwegian"),
    Entry("nso", "", "Pedi"),
    Entry("ny", "nya", "Nyanja"),
    Entry("oc", "oci", "Occitan"),
    Entry("om", "orm", "Oromo"),
    Entry("or", "ori", "Oriya"),
    Entry("pa", "pan", "Punjabi"),
    Entry("pl", "pol", "Polish"),
    Entry("ps", "pus", "Pashto"),
    Entry("pt", "por", "Portuguese"),
    Entry("qu", "que", "Quechua"),
    Entry("rm", "roh", "Romansh"),
    Entry("rn", "run", "Rundi"),
    Entry("ro", "ron rum mo mol", "Romanian"),
    Entry("ru", "rus", "Russian"),
    Entry("rw", "kin", "Kinyarwanda"),
    Entry("sa", "san", "Sanskrit"),
    Entry("sco", "", "Scots"),
    Entry("sd", "snd", "Sindhi"),
    Entry("sg", "sag", "Sango"),
    Entry("si", "sin", "Sinhala"),
    Entry("sk", "slk slo", "Slovak"),
    Entry("sl", "slv", "Slovenian"),
    Entry("sm", "smo", "Samoan"),
    Entry("sn", "sna", "Shona"),
    Entry("so", "som", "Somali"),
    Entry("sq", "sqi alb", "Albanian"),
    Entry("sr", "srp", "Serbian"),
    Entry("ss", "ssw", "Swati"),
    Entry("st", "sot", "Sesotho"),
    Entry("su", "sun", "Sundanese"),
    Entry("sv", "swe", "Swedish"),
    Entry("sw", "swa", "Swahili"),
    Entry("syr", "", "Syriac"),
    Entry("ta", "tam", "Tamil"),
    Entry("te", "tel", "Telugu"),
    Entry("tg", "tgk", "Tajik"),
    Entry("th", "tha", "Thai"),
    Entry("ti", "tir", "Tigrinya"),
    Entry("tk", "tuk", "Turkmen"),
    Entry("tl", "tgl fil", "Tagalog"),
    Entry("tn", "tsn", "Tswana"),
    Entry("to", "ton", "Tonga"),
    Entry("tr", "tur", "Turkish"),
    Entry("ts", "tso", "Tsonga"),
    Entry("tt", "tat", "Tatar"),
    Entry("ug", "uig", "Uyghur"),
    Entry("uk", "ukr ua", "Ukrainian"),
    Entry("ur", "urd", "Urdu"),
    Entry("uz", "uzb", "Uzbek"),
    Entry("ve", "ven", "Venda"),
    Entry("vi", "vie", "Vietnamese"),
    Entry("vo", "vol", "Volapük"),
    Entry("war", "", "Waray"),
    Entry("wo", "wol", "Wolof"),
    Entry("xh", "xho", "Xhosa"),
    Entry("yi", "yid ji", "Yiddish"),
    Entry("yo", "yor", "Yoruba"),
    Entry("za", "zha", "Zhuang"),
    Entry("zh", "zho chi cn", "Chinese"),
    Entry("zu", "zul", "Zulu"),
  ]

  /// The code for a language that CLD2 names its own way: `iw` was withdrawn for `he` in 1989, `jw`
  /// was a misprint for `jv`, `bh` stands for several languages of which its texts are Bhojpuri.
  /// Nil for what is no language: `un` for unknown, `xx-Goth` for a script without a language,
  /// `zzp` for Pig Latin.
  static func standard(forCLD2 code: String) -> String? {
    switch code {
    case "iw": return "he"
    case "jw": return "jv"
    case "bh": return "bho"
    // The two forms of written Norwegian are one language here.
    case "nn", "nb": return "no"
    default:
      let language = String(code.prefix { $0 != "-" })
      let isNone = ["un", "xx", "xxx"].contains(language) || language.hasPrefix("zz")
      return isNone ? nil : language
    }
  }

  /// The script of a text, as far as its language tells more than its letters: the two forms of
  /// Chinese, and Japanese or Korean written in ideographs.
  static func script(of language: String, cld2 code: String, letters: Script) -> Script {
    guard letters == .han else { return letters }
    switch language {
    case "zh": return code == "zh-Hant" ? .traditionalHan : .simplifiedHan
    case "ja": return .japanese
    case "ko": return .korean
    default: return letters
    }
  }

  /// The code that somebody probably meant: in other letters, with a region, by another standard's
  /// code or by the language's name.
  static func suggestion(for word: String) -> String? {
    let word = word.lowercased()
    func entry(_ word: Substring) -> Entry? {
      all.first {
        $0.code == word || $0.others.contains(String(word)) || $0.name.lowercased() == word
      }
    }
    let language = word.prefix { $0 != "-" && $0 != "_" }
    return (entry(word[...]) ?? entry(language))?.code
  }
}

/// One element of the settings `keep` and `drop`: a language, or a language in one script.
struct LanguageRange: Equatable {
  let language: String
  let script: Script?

  /// - Throws: `Complaint` about the setting `key` when nothing that is detected could ever match.
  init(_ text: String, key: String) throws(Complaint) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard let language = parts.first, LanguageCode.all.contains(where: { $0.code == language })
    else {
      throw Complaint(
        key,
        "holds \"\(text)\", which is no language that can be detected\(LanguageRange.hint(text))")
    }
    self.language = language
    switch parts.count {
    case 1: script = nil
    case 2 where Script(rawValue: parts[1]) != nil: script = Script(rawValue: parts[1])
    default:
      throw Complaint(
        key, "holds \"\(text)\", but only a script can follow a language, as in \"zh-Hant\"")
    }
  }

  /// Whether a text of this language in this script is meant.
  func contains(_ answer: LanguageDetector.Answer) -> Bool {
    language == answer.language && (script == nil || script == answer.script)
  }

  private static func hint(_ text: String) -> String {
    if let suggestion = LanguageCode.suggestion(for: text) {
      return "; did you mean \(suggestion)?"
    }
    return "; the codes are " + LanguageCode.all.map(\.code).joined(separator: ", ")
  }
}
