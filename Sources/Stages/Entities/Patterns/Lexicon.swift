import Bytes

/// The words that dates and sums of money are made of, in the languages of Europe and East Asia.
struct Lexicon: Sendable {
  enum Word: Sendable {
    /// A month from 1, as it follows or precedes a day. Those that are written with a capital, and
    /// may be other words without one, count with the capital only.
    case month(Int, needsCapital: Bool)
    /// A currency that stands before or after a number.
    case currency
    /// A currency that stands after a number.
    case currencyName
    /// `million` and the like.
    case multiplier
    /// A letter or two for a multiplier, directly after the number.
    case multiplierSign
  }

  static let standard = Lexicon()

  private var table = AliasTable()
  private var words: [Word] = []

  private init() {
    for (names, needsCapital) in [(Lexicon.smallMonths, false), (Lexicon.capitalMonths, true)] {
      for (month, names) in names.enumerated() {
        add(names, .month(month + 1, needsCapital: needsCapital))
      }
    }
    add(Lexicon.currencies, .currency)
    add(Lexicon.currencyNames, .currencyName)
    add(Lexicon.multipliers, .multiplier)
    add(Lexicon.multiplierSigns, .multiplierSign)
  }

  private mutating func add(_ names: String, _ word: Word) {
    for name in names.split(separator: ",") {
      guard let key = try? AliasTable.Key(String(name)) else { continue }
      table.add(key, value: UInt32(words.count), capitalsOnly: false)
    }
    words.append(word)
  }

  /// The longest word that begins at an offset and ends where words end.
  func word(in text: Span<UInt8>, at offset: Int) -> (word: Word, end: Int)? {
    // Most numbers stand beside words that are none of these.
    var index = offset
    guard table.mayBegin(in: text, wordAt: &index) else { return nil }
    var reader = NameReader(text)
    return table.longestMatch(in: text, at: offset, &reader).map {
      (words[Int($0.value)], $0.end)
    }
  }

  /// The word that begins at an offset and is all that stands before `end`, whatever follows there.
  func word(
    in text: Span<UInt8>, at offset: Int, endingAt end: Int
  ) -> (word: Word, end: Int)? {
    let found = word(in: text.extracting(..<end), at: offset)
    return found?.end == end ? found : nil
  }

  /// English and German.
  private static let capitalMonths = [
    "January,Jan,Januar,Jänner", "February,Feb,Februar,Feber", "March,Mar,März,Mär",
    "April,Apr", "May,Mai", "June,Jun,Juni", "July,Jul,Juli", "August,Aug",
    "September,Sept,Sep", "October,Oct,Oktober,Okt", "November,Nov", "December,Dec,Dezember,Dez",
  ]

  /// French, Spanish, Italian, Portuguese, Dutch; Polish and Russian in the genitive. All in small
  /// letters, but capitals are understood too: of a name that English or German share, either form.
  private static let smallMonths = [
    "janvier,janv,enero,gennaio,janeiro,januari,stycznia,января",
    "février,févr,febrero,febbraio,fevereiro,februari,lutego,февраля",
    "mars,marzo,março,maart,mrt,marca,марта",
    "avril,avr,abril,aprile,april,kwietnia,апреля",
    "mai,mayo,maggio,maio,mei,maja,мая",
    "juin,junio,giugno,junho,juni,czerwca,июня",
    "juillet,juil,julio,luglio,julho,juli,lipca,июля",
    "août,agosto,augustus,sierpnia,августа",
    "septembre,septiembre,setiembre,settembre,setembro,september,sept,września,сентября",
    "octobre,octubre,ottobre,outubro,oktober,oct,okt,października,октября",
    "novembre,noviembre,novembro,november,nov,listopada,ноября",
    "décembre,déc,diciembre,dicembre,dezembro,december,dec,grudnia,декабря",
  ]

  /// Codes of ISO 4217 for the currencies that are written about, and abbreviations.
  private static let currencies = """
    USD,EUR,GBP,JPY,CNY,RMB,CHF,RUB,PLN,SEK,NOK,DKK,ISK,CZK,HUF,RON,BGN,TRY,UAH,ILS,SAR,AED,QAR,\
    KWD,IQD,IRR,EGP,INR,PKR,BDT,LKR,IDR,MYR,SGD,PHP,THB,VND,KRW,HKD,TWD,AUD,NZD,CAD,MXN,BRL,CLP,\
    ZAR,NGN,KES,GHS,Rs,kr
    """

  private static let currencyNames = """
    euro,euros,dollar,dollars,Dollars,dollari,dólares,dólar,US dollars,US dollar,\
    Australian dollars,Canadian dollars,yen,yuan,renminbi,rupees,rupee,rubles,roubles,ruble,\
    rouble,Rubel,francs,Franken,pounds sterling,dirhams,rials,liras,zł,zl,złotych,złote,zlotys,Kč,\
    lei,kronor,kroner,руб,рублей,рубля,рубль,доллар,доллара,долларов,евро,грн,гривен,円,元,人民币,美元,\
    欧元,日元,英镑,ドル,ユーロ,원,달러,유로
    """

  private static let multipliers = """
    thousand,million,millions,billion,billions,trillion,trillions,mn,bn,tn,mln,mld,mio,mrd,tsd,\
    lakh,crore,tausend,Millionen,Milliarde,Milliarden,Billionen,millón,millones,mil millones,mil,\
    milliard,milliards,milioni,milione,miliardi,miliardo,milhão,milhões,bilhão,bilhões,miljoen,\
    miljard,duizend,mille,tys,milion,miliony,milionów,miliard,miliardy,miliardów,тыс,млн,млрд,\
    тысяч,миллион,миллиона,миллионов,миллиард,миллиарда,миллиардов,万,亿,億,兆,千,百万,千万,만,억,조
    """

  private static let multiplierSigns = "k,m,b,Md,M"
}
