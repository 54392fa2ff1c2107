import Bytes

/// A character set of the WHATWG Encoding Standard.
struct Charset: Hashable, Sendable {
  /// The Standard's name in lower case: what is written to records.
  let name: String
  /// Its name in the C library: the nearest superset, if the Standard's encoding is one.
  let converter: String
  let family: Family

  /// The conclusions that the bytes of a text allow.
  enum Family: Hashable, Sendable {
    /// Ill-formed sequences show that a text is in another one.
    case multibyte
    /// Any bytes are a text in a script; beside its letters there are those of ASCII.
    case script(Script)
  }

  static let utf8 = Charset(name: "utf-8", converter: "UTF-8", family: .multibyte)
  static let windows1252 = Charset(
    name: "windows-1252", converter: "CP1252", family: .script(.latin))
  static let utf16LE = Charset(name: "utf-16le", converter: "UTF-16LE", family: .multibyte)
  /// The Standard's "replacement" encoding: no decoder is made for it, because such pages have been used
  /// for attacks.
  static let replacement = Charset(name: "replacement", converter: "", family: .multibyte)
  static let iso2022JP = Charset(
    name: "iso-2022-jp", converter: "ISO-2022-JP", family: .multibyte)
  static let utf16BE = Charset(name: "utf-16be", converter: "UTF-16BE", family: .multibyte)

  var isUTF16: Bool { self == .utf16LE || self == .utf16BE }

  /// The character set of a label (Encoding Standard, section 4.2), in any case and between any white
  /// space; nil for labels that are none.
  static func labelled(_ label: some Sequence<UInt8>) -> Charset? {
    let trimmed = label.drop { $0.isHTMLSpace }.map(\.asciiLowercased)
    let end = trimmed.lastIndex { !$0.isHTMLSpace } ?? -1
    return byLabel[String(decoding: trimmed[...end], as: UTF8.self)]
  }

  private static let byLabel: [String: Charset] = {
    var charsets: [String: Charset] = [:]
    for (charset, labels) in table {
      for label in labels.split(separator: " ") { charsets[String(label)] = charset }
    }
    return charsets
  }()

  private static func multibyte(_ name: String, _ converter: String) -> Charset {
    Charset(name: name, converter: converter, family: .multibyte)
  }
  private static func latin(_ name: String, _ converter: String) -> Charset {
    Charset(name: name, converter: converter, family: .script(.latin))
  }
  private static func script(_ script: Script, _ name: String, _ converter: String) -> Charset {
    Charset(name: name, converter: converter, family: .script(script))
  }

  /// The Standard's labels, followed by names of uchardet's that are not among them.
  private static let table: [(Charset, String)] = [
    (.utf8, "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"),
    (script(.cyrillic, "ibm866", "IBM866"), "866 cp866 csibm866 ibm866"),
    (
      latin("iso-8859-2", "ISO-8859-2"),
      "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"
    ),
    (
      latin("iso-8859-3", "ISO-8859-3"),
      "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"
    ),
    (
      latin("iso-8859-4", "ISO-8859-4"),
      "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"
    ),
    (
      script(.cyrillic, "iso-8859-5", "ISO-8859-5"),
      "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 "
        + "iso_8859-5:1988"
    ),
    (
      script(.arabic, "iso-8859-6", "ISO-8859-6"),
      "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
        + "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"
    ),
    (
      script(.greek, "iso-8859-7", "ISO-8859-7"),
      "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
        + "iso_8859-7 iso_8859-7:1987 sun_eu_greek"
    ),
    (
      script(.hebrew, "iso-8859-8", "ISO-8859-8"),
      "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 "
        + "iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical"
    ),
    (
      latin("iso-8859-10", "ISO-8859-10"),
      "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"
    ),
    (latin("iso-8859-13", "ISO-8859-13"), "iso-8859-13 iso8859-13 iso885913"),
    (latin("iso-8859-14", "ISO-8859-14"), "iso-8859-14 iso8859-14 iso885914"),
    (
      latin("iso-8859-15", "ISO-8859-15"),
      "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"
    ),
    (latin("iso-8859-16", "ISO-8859-16"), "iso-8859-16"),
    (script(.cyrillic, "koi8-r", "KOI8-R"), "cskoi8r koi koi8 koi8-r koi8_r"),
    (script(.cyrillic, "koi8-u", "KOI8-U"), "koi8-ru koi8-u"),
    (latin("macintosh", "MACINTOSH"), "csmacintosh mac macintosh x-mac-roman"),
    (
      script(.thai, "windows-874", "CP874"),
      "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"
    ),
    (latin("windows-1250", "CP1250"), "cp1250 windows-1250 x-cp1250"),
    (script(.cyrillic, "windows-1251", "CP1251"), "cp1251 windows-1251 x-cp1251"),
    (
      .windows1252,
      "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 "
        + "iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined"
    ),
    (script(.greek, "windows-1253", "CP1253"), "cp1253 windows-1253 x-cp1253"),
    (
      latin("windows-1254", "CP1254"),
      "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 "
        + "latin5 windows-1254 x-cp1254"
    ),
    (script(.hebrew, "windows-1255", "CP1255"), "cp1255 windows-1255 x-cp1255"),
    (script(.arabic, "windows-1256", "CP1256"), "cp1256 windows-1256 x-cp1256"),
    (latin("windows-1257", "CP1257"), "cp1257 windows-1257 x-cp1257"),
    (latin("windows-1258", "CP1258"), "cp1258 windows-1258 x-cp1258"),
    (
      script(.cyrillic, "x-mac-cyrillic", "MAC-CYRILLIC"),
      "x-mac-cyrillic x-mac-ukrainian mac-cyrillic"
    ),
    (
      multibyte("gb18030", "GB18030"),
      "gb18030 chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"
    ),
    (multibyte("big5", "BIG5-HKSCS"), "big5 big5-hkscs cn-big5 csbig5 x-x-big5"),
    (multibyte("euc-jp", "EUC-JP-MS"), "cseucpkdfmtjapanese euc-jp x-euc-jp"),
    (.iso2022JP, "csiso2022jp iso-2022-jp"),
    (
      multibyte("shift_jis", "CP932"),
      "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"
    ),
    (
      multibyte("euc-kr", "CP949"),
      "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 "
        + "ksc_5601 windows-949 uhc"
    ),
    (
      .replacement,
      "replacement csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr"
    ),
    (.utf16BE, "unicodefffe utf-16be"),
    (
      .utf16LE,
      "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"
    ),
  ]
}
