import Bytes

/// The names of months as dates have them, in the languages of most pages (Unicode CLDR, the formats
/// `MMMM` and `MMM`): in the genitive where a language puts them into it, and as
/// they stand alone, which is how templates often have them.
///
/// A name counts only beside a day and a year, so that words such as "may" and "mars" do no harm. Names
/// that mean different months in two languages are left out, such as "listopada" in Croatian.
enum MonthNames {
  /// The month whose name or abbreviation stands at `index`, and where it ends.
  static func month(at index: Int, in bytes: [UInt8]) -> (month: Int, end: Int)? {
    guard index < bytes.count, isWordPart(bytes[index]),
      index == 0 || !isWordPart(bytes[index - 1])
    else { return nil }
    var end = index
    while end < bytes.count, end - index < maximumLength, isWordPart(bytes[end]) { end += 1 }
    let word = Folding.folded(String(decoding: bytes[index..<end], as: UTF8.self))
    return months[word].map { ($0, end) }
  }

  private static func isWordPart(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte >= 0x80 }

  /// Longest name in bytes; Cyrillic, Greek and Arabic letters take two.
  private static let maximumLength = 24

  /// Numbers of months by the folded names: without accents, in small letters.
  private static let months: [[UInt8]: Int] = {
    var months: [[UInt8]: Int] = [:]
    for (index, list) in names.enumerated() {
      for name in list.split(separator: " ") { months[Folding.folded(String(name))] = index + 1 }
    }
    return months
  }()

  private static let names = [
    "january jan januar januari janvier janv enero ene gennaio gen janeiro stycznia sty "
      + "января янв січня ιανουαρίου ιαν ledna januára ianuarie ian január ocak oca jänner "
      + "tammikuuta يناير gener ιανουάριος январь січень styczeń leden siječnja януари जनवरी "
      + "ינואר",
    "february feb februar februari février févr fév febrero febbraio fevereiro fev lutego lut "
      + "февраля фев февр лютого φεβρουαρίου φεβ února februára februarie február şubat feber "
      + "helmikuuta فبراير febrer φεβρουάριος февраль лютий luty únor veljače февруари फ़रवरी "
      + "פברואר",
    "march mar märz mrz maart mrt mars marzo março marca марта березня μαρτίου μαρ března "
      + "martie március márc mart maaliskuuta مارس març μάρτιος март березень marzec březen "
      + "ožujka marts maret मार्च מרץ",
    "april apr avril avr abril abr aprile kwietnia kwi апреля апр квітня απριλίου απρ dubna "
      + "apríla aprilie április ápr nisan nis huhtikuuta أبريل ابريل απρίλιος апрель квітень "
      + "kwiecień duben travnja април अप्रैल אפריל",
    "may mai mei mayo maggio mag maio maja мая травня μαΐου μαϊ května mája május máj mayıs "
      + "maj toukokuuta مايو maig μάιος май травень květen svibnja मई מאי",
    "june jun juni juin junio giugno giu junho czerwca cze июня июн червня ιουνίου ιουν "
      + "června júna iunie június jún haziran kesäkuuta يونيو juny ιούνιος июнь червень czerwiec "
      + "červen lipnja юни जून יוני",
    "july jul juli juillet juil julio luglio lug julho lipca июля июл липня ιουλίου ιουλ "
      + "července júla iulie július júl temmuz heinäkuuta يوليو juliol ιούλιος июль липень lipiec "
      + "červenec srpnja юли जुलाई יולי",
    "august aug augustus août agosto ago sierpnia sie августа авг серпня αυγούστου αυγ srpna "
      + "augusta augusztus ağustos augusti agustus elokuuta أغسطس agost αύγουστος август серпень "
      + "sierpień srpen kolovoza avgusta अगस्त אוגוסט",
    "september sep sept septembre septiembre settembre set setembro września wrz сентября сен "
      + "сент вересня σεπτεμβρίου σεπ září septembra septembrie szeptember szept eylül eyl "
      + "syyskuuta سبتمبر setembre σεπτέμβριος сентябрь вересень wrzesień rujna септември सितंबर "
      + "ספטמבר",
    "october oct oktober okt octobre octubre ottobre ott outubro out października paź октября "
      + "окт жовтня οκτωβρίου οκτ října októbra octombrie október ekim eki lokakuuta أكتوبر "
      + "οκτώβριος октябрь жовтень październik říjen oktobra октомври अक्टूबर אוקטובר",
    "november nov novembre noviembre novembro listopada lis ноября ноя нояб νοεμβρίου νοε "
      + "novembra noiembrie kasım kas marraskuuta نوفمبر νοέμβριος ноябрь листопад listopad "
      + "studenoga ноември नवंबर נובמבר",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia gru "
      + "декабря дек грудня δεκεμβρίου δεκ prosince decembra decembrie aralık ara desember des "
      + "joulukuuta ديسمبر desembre δεκέμβριος декабрь грудень grudzień prosinec prosinca "
      + "декември दिसंबर דצמבר",
  ]
}
