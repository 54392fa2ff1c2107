import Bytes
import Pipeline
import TestSupport
import Testing

@testable import LanguageStage

@Suite("language: what the detector sees")
struct LanguageSampleTests {
  private func language(_ text: String) -> String? {
    var detector = LanguageDetector()
    return detector.detect(UTF8Text(text)).language
  }

  @Test(
    "letters and their accents written apart are the same text",
    arguments: [
      (
        "vi",
        "Ho\u{302}\u{323}i đo\u{302}\u{300}ng tha\u{300}nh pho\u{302}\u{301} ho\u{302}m qua đa\u{303} tho\u{302}ng qua nga\u{302}n sa\u{301}ch na\u{306}m to\u{31B}\u{301}i"
      ),
      (
        "cs",
        "Me\u{30C}stska\u{301} rada vc\u{30C}era schva\u{301}lila rozpoc\u{30C}et na pr\u{30C}i\u{301}s\u{30C}ti\u{301} rok a opozice z\u{30C}a\u{301}dala vi\u{301}ce pene\u{30C}z"
      ),
      (
        "fr",
        "Le conseil municipal a adopte\u{301} hier le budget de l'anne\u{301}e prochaine, et l'opposition demande plus d'e\u{301}coles"
      ),
    ])
  func decomposed(_ code: String, _ text: String) { #expect(language(text) == code) }

  @Test(
    "vowel points do not hide a language",
    arguments: [
      ("he", "הַיֶּלֶד הָלַךְ לַשּׁוּק וְקָנָה תַּפּוּחִים אֲדֻמִּים וַעֲנָבִים מְתוּקִים. אַחַר כָּךְ הוּא חָזַר הַבַּיְתָה"),
      ("ar", "كَتَبَ الوَلَدُ رِسَالَةً طَوِيلَةً إِلَى صَدِيقِهِ فِي المَدِينَةِ البَعِيدَةِ وَأَخْبَرَهُ عَنْ رِحْلَتِهِ"),
      (
        "ar",
        "كتــــب الولــــد رسالــــة طويلــــة إلــــى صديقــــه فــــي المدينــــة البعيــــدة"
      ),
    ])
  func vowelPoints(_ code: String, _ text: String) { #expect(language(text) == code) }

  @Test(
    "neighbours are not mistaken for one another",
    arguments: [
      (
        "eo",
        "La urba konsilio hieraŭ akceptis la buĝeton por la venonta jaro, kaj la opozicio postulis pli da mono por la lernejoj."
      ),
      (
        "fo",
        "Býráðið samtykti í gjár fíggjarætlanina fyri næsta ár, og andstøðan kravdi meiri pening til skúlarnar."
      ),
      (
        "oc",
        "Lo conselh municipal adoptèt ièr lo budgèt per l'an que ven, e l'oposicion demandèt mai de sòus per las escòlas."
      ),
      (
        "la",
        "Senatus heri rationes in annum proximum probavit, et adversarii plus pecuniae pro scholis postulaverunt."
      ),
      ("zu", "Ngikhuluma isiZulu futhi ngihlala eGoli nomndeni wami omkhulu, siyajabula kakhulu"),
      ("mi", "Ko te reo Maori te reo rangatira o Aotearoa, he taonga tuku iho no nga tupuna"),
      ("am", "በአማርኛ የተጻፈ ጽሑፍ ነው እና ሰዎች ይናገራሉ ዛሬ"),
    ])
  func neighbours(_ code: String, _ text: String) { #expect(language(text) == code) }

  @Test(
    "addresses and code are in no language",
    arguments: [
      "https://example.org/a/b?c=d http://example.net/x www.example.com",
      "let first_value=compute() other_value=first_value", "ada@example.org, bo@example.net",
    ])
  func noLanguage(_ text: String) { #expect(language(text) == nil) }

  @Test("addresses in a text do not count")
  func addressesBetween() {
    #expect(
      language(
        "Der Stadtrat hat gestern den Haushalt beschlossen https://example.org/the/council/has/agreed/on/the/budget/for/the/next/year und die Opposition forderte mehr Geld."
      ) == "de")
  }
}
