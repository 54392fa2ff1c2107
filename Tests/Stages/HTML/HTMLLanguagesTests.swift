import Bytes
import Pipeline
import Testing

@testable import HTMLStage

/// The forms of days and names that pages of many languages show, and nothing but these.
@Suite("html: days and authors in many languages")
struct HTMLLanguagesTests {
  /// The day of publication and the author that a page gets from one line below its title.
  private func read(_ line: String, language: String) throws -> (day: String?, author: String?) {
    let html = "<html lang=\(language)><h1>1234 · 5678</h1><p>\(line)</p><p>Text."
    let document = try processedByBothReaders(
      Document(
        id: "page", html: RawHTML(bytes: Array(html.utf8)), origin: Origin(file: "page.html"))
    ).document
    return (document.metadata["date"]?.string, document.metadata["author"]?.string)
  }

  @Test(
    "the third of May 2021",
    arguments: [
      ("de", "Veröffentlicht am 3. Mai 2021, 10:04 Uhr"), ("de", "03.05.2021"),
      ("de", "Mo., 3.5.2021"), ("fr", "Publié le 3 mai 2021 à 10h04"), ("fr", "le 03/05/2021"),
      ("es", "3 de mayo de 2021"), ("es", "3 mayo, 2021"), ("es", "Mayo 3, 2021"),
      ("es", "03/05/2021 - 10:04h"), ("it", "3 maggio 2021"), ("pt", "3 de maio de 2021"),
      ("pt-BR", "03/05/2021 às 10h04"), ("ca", "3 de maig de 2021"), ("nl", "3 mei 2021"),
      ("pl", "3 maja 2021"), ("pl", "3 maj 2021"), ("pl", "03.05.2021, 10:04"),
      ("cs", "3. května 2021"), ("sk", "3. mája 2021"), ("hu", "2021. május 3."),
      ("ro", "3 mai 2021"), ("hr", "3. svibnja 2021."), ("ru", "3 мая 2021, 10:04"),
      ("ru", "3 май 2021"), ("uk", "3 травня 2021"), ("bg", "3 май 2021 г."),
      ("el", "3 Μαΐου 2021"), ("el", "3 Μάιος 2021"), ("el", "Δευτέρα, 03 Μαΐ 2021"),
      ("el", "03/05/2021"), ("tr", "3 Mayıs 2021"), ("sv", "3 maj 2021"), ("da", "3. maj 2021"),
      ("nb", "3. mai 2021"), ("fi", "3. toukokuuta 2021"), ("fi", "3.5.2021"),
      ("ar", "3 مايو 2021"), ("he", "3 מאי 2021"), ("hi", "3 मई 2021"),
      ("zh", "2021年5月3日"), ("zh", "2021年05月03日 10:04"), ("zh", "2021-05-03 10:04:00"),
      ("ja", "2021年5月3日（月）"), ("ja", "2021/05/03 10:04"), ("ja", "2021.05.03"),
      ("ko", "2021년 5월 3일"), ("ko", "입력 2021.05.03 10:04"),
    ])
  func day(language: String, line: String) throws {
    #expect(try read(line, language: language).day == "2021-05-03")
  }

  @Test(
    "names in the lines that introduce them",
    arguments: [
      ("de", "Von Änne Müller", "Änne Müller"), ("de", "Autorin: Änne Müller", "Änne Müller"),
      ("fr", "Par Zoé Lefèvre", "Zoé Lefèvre"),
      ("fr", "Par Zoé Lefèvre, le 3 mai 2021", "Zoé Lefèvre"),
      ("es", "Por Íñigo Peña", "Íñigo Peña"), ("es", "Autor: Íñigo Peña", "Íñigo Peña"),
      ("it", "di Nadia Però", "Nadia Però"), ("pt", "Por João Melo", "João Melo"),
      ("nl", "Door Jan de Wit", "Jan de Wit"), ("pl", "Autor: Łucja Żak", "Łucja Żak"),
      ("pl", "Autorka: Łucja Żak", "Łucja Żak"), ("cs", "Napsal Jiří Dvořák", "Jiří Dvořák"),
      ("hu", "Írta: Őry Éva", "Őry Éva"), ("ru", "Автор: Анна Белова", "Анна Белова"),
      ("el", "Γράφει η Άννα Δήμου", "Άννα Δήμου"), ("el", "Συντάκτης: Άννα Δήμου", "Άννα Δήμου"),
      ("tr", "Yazan: Ayşe Öz", "Ayşe Öz"), ("fi", "Teksti: Aino Mäki", "Aino Mäki"),
      ("ar", "بقلم: ليلى حسن", "ليلى حسن"), ("zh", "作者：王小明", "王小明"),
      ("zh", "记者 王小明", "王小明"), ("zh-TW", "記者王小明／台北報導", "王小明"),
      ("zh-TW", "文｜王小明", "王小明"), ("zh", "文/王小明", "王小明"),
      ("ja", "執筆：山田花子", "山田花子"), ("ja", "取材・文＝山田花子", "山田花子"),
      ("ko", "홍길동 기자", "홍길동"), ("ko", "글쓴이: 홍길동", "홍길동"),
    ])
  func author(language: String, line: String, name: String) throws {
    #expect(try read(line, language: language).author == name)
  }

  @Test(
    "lines that begin alike and name nobody",
    arguments: [
      ("de", "Von morgens bis abends geöffnet"), ("fr", "Par jour, par mois ou par an"),
      ("es", "Por ejemplo"), ("it", "Di più"), ("zh-TW", "記者會"), ("zh", "作者简介"),
      ("zh", "文章来源"), ("ja", "文化"), ("ko", "기자"), ("pl", "Tekst ustawy"),
    ])
  func nobody(language: String, line: String) throws {
    #expect(try read(line, language: language).author == nil)
  }
}
