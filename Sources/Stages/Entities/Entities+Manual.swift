public import Pipeline

extension Entities {
  public static let manual = Manual(
    name: "entities",
    summary: "Marks names from a list, e-mail addresses, URLs, dates and sums of money.",
    discussion: """
      The annotations get a list of mentions under the stage's label, in the order of the text; the list \
      is empty when there are none: \
      `{"start":0,"end":5,"label":"ORG","text":"Daesh","id":"isil"}`. `start` and `end` are positions in \
      `text`; the mention ends before `end`. `id` is null for patterns, whose labels are `EMAIL`, `URL`, \
      `DATE` and `MONEY`. Mentions never overlap: the longer one is kept, and of two equally long ones the \
      name. The stage looks for at most \(maximumMentions) names and as many patterns in a text. If there \
      are more, the annotation `LABEL_cut` gives the position at which it stopped.

      **The gazetteer** is the list of names: newline-delimited JSON, one thing per line. An entry has an \
      `id`, a `label` and a `name`, and may have `aliases`. The name is found as the aliases are:

          {"id":"isil","label":"ORG","name":"Islamic State","aliases":["Daesh","ISIS","ISIL"]}

      An id may stand on several lines if the label is the same. If several ids have the same alias, the \
      first in the file gets it. Mistakes are reported all at once, with line and column.

      At each word the longest alias counts. These differences do not matter: case, accents and full-width \
      forms (`Médecins`, `MEDECINS`); which kind of apostrophe, hyphen or space is written; whether it is a \
      hyphen or a space (`Al-Jazeera`, `Al Jazeera`); whether there is an apostrophe (`al-Sha'abi`, \
      `al-Shaabi`), unless it begins the end of an English contraction or possessive, so that `she'll` is \
      not `Shell`; vowel points of Arabic and Hebrew. Mentions begin and end with words: `Iraq` is found in \
      `Iraq's`, `l'Iraq` and `Iraq-based`, but not in `Iraqi`. In scripts without spaces between words a \
      mention can begin and end at any letter, and in Korean it can end at any syllable. A mention does not \
      cross the end of a line or a tab.

      An alias of at most \(Gazetteer.maximumInitials) letters, all capitals, is found only where the text \
      has capitals too. So `who`, `us` and `it` are words, and `WHO`, `US` and `IT` are names. An alias has \
      at most \(AliasTable.maximumKey) bytes.

      **Patterns.** URLs begin with `http://`, `https://`, `ftp://` or `www.`. Punctuation after a URL \
      belongs to the sentence, and a closing bracket belongs to the URL only if it was opened there. Dates \
      have a day and a month that exist: `2026-11-20` (a time may follow), `20.11.2026`, `20/11/2026`, \
      `20 November 2026`, `Nov. 20`, `2026年11月20日`. Months are known in English, German, French, Spanish, \
      Italian, Portuguese, Dutch, Polish and Russian. Money is a number with a currency before or after \
      it, as a symbol, a code or a word, and with multipliers: `$1,200.50`, `€5 million`, `12 EUR`, \
      `1.200,50 €`, `5 Mrd. Euro`, `500万円`. Numbers are those with the digits 0 to 9.
      """,
    example: """
      { "use": "entities", "gazetteer": "gazetteer.ndjson", "patterns": ["date", "money"] }
      """,
    effects: [.locatesText, .needsText])
}
