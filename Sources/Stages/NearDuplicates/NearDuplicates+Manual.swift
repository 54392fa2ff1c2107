public import Pipeline

extension NearDuplicates {
  public static let manual = Manual(
    name: "near_duplicates",
    summary: "Drops documents that repeat an earlier one, exactly or nearly.",
    discussion: discussion,
    example: #"{ "use": "near_duplicates", "shingle_words": 5, "threshold": 0.8 }"#,
    effects: [.needsText],
    reasons: [.exactDuplicate, .nearDuplicate, .unchanged, .rescraped])

  private static let discussion = """
    **What is similar.** Texts are compared by their words. Case, accents, punctuation and white space make \
    no difference. A text is seen as the set of its shingles: all runs of `shingle_words` consecutive words. \
    The similarity of two texts is the Jaccard similarity of these sets: the number of shingles that both \
    have, divided by the number that at least one of them has. With shingles of 5 words, one word changed in \
    100 leaves a similarity of about 0.90, one in 50 about 0.82, one in 20 about 0.6.

    In scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) each letter with its marks \
    counts as a word. A text with fewer words than a shingle is compared by its letters, in runs of \
    `shingle_words` letters with one space between words: "Opening hours 2024" and "Opening hours 2025" are \
    0.87 similar. A text with neither letters nor digits repeats only texts of the same bytes, and an empty \
    one nothing.

    **What happens to a repeat.** It is rejected: as `exact_duplicate` when all its words are the same in the \
    same order, otherwise as `near_duplicate`. The reject names the earlier document (`duplicate_of`, and with \
    a state directory the run that kept it, `duplicate_of_run`), the `similarity`, and the kind of `match`, \
    exact or near. Documents are compared only with kept ones, so that a chain of small changes is not \
    followed.

    With `"action": "annotate"` every copy is kept. The same is written to its annotations under the stage's \
    label, and `cluster`: the id of the first document of the cluster. Then copies are compared with, too, \
    and a chain of small changes is one cluster.

    **Which copy stays.** `keep` says which: `first`, the first in the input; `longest`, the one with the most \
    words; `greatest` or `least`, the one with that value in the metadata field `keep_by`, as in \
    `"keep": "greatest", "keep_by": "date"` for the newest. Documents are written as they come, and what is \
    written is not taken back. So a better copy that comes later is kept, too. Its annotations say \
    `supersedes` (the id of the earlier copy, with `supersedes_run` and `similarity`), and later documents \
    are compared with it alone. Copies that are no better are rejected. With `first` no copy is ever written. \
    With the others you take out the earlier copies when all is done, where LABEL is the stage's label:

        jq -r '.annotations.LABEL.supersedes // empty' clean.ndjson > superseded.txt
        jq -nc --rawfile ids superseded.txt '($ids / "\\n" | INDEX(.)) as $gone \
    | inputs | select($gone[.id] == null)' clean.ndjson

    **Pages that come again.** A page is known by its id or its URL (the metadata's `url` without its \
    fragment). An id that only repeats a file's name and a line number does not count; others must be unique \
    in the input. A page that was there before with the same words is rejected as `unchanged`. With other \
    words it is no repeat of its earlier version, however alike they are; `rescraped` says what happens to \
    it. `update`, the default, keeps it in place of the earlier version, and its annotations say `update_of` \
    (the id of that version, with `update_of_run` and `similarity`). `keep` keeps it beside the earlier \
    version, `drop` rejects it as `rescraped`, and with `ignore` ids and URLs make no difference. If it is \
    like another page, it is a repeat of that one.

    **How candidates are found.** The signature of a text is cut into `bands` of `rows` values. Two documents \
    are compared when at least one band is equal; pairs of similarity s have that in common with probability \
    1 − (1 − s^rows)^bands. Unless you set them, there are as many rows as let \
    \(whole(Bands.catchAtThreshold)) % of the pairs at the threshold be compared, and as few bands as keep \
    pairs half as similar below \(whole(Bands.catchAtHalf)) %. At the threshold \(standard.threshold) these \
    are \(standard.bands.count) bands of \(standard.bands.rows) rows. At most \
    \(DuplicateIndex<MemoryStore>.maximumCandidates) candidates are compared, those with the most bands in \
    common; of the documents with one band in common, the latest \(PostingTable.maximumPostings) are candidates.

    **How they are compared.** A comparison decides, never the signature alone. It is exact if one of the two \
    texts has at most \(Fingerprint.maximumWhole) different shingles. For longer texts it is an estimate by \
    \(MinHash.size) bits, with a standard error of √((1 − s²) / \(MinHash.size)): \
    \(thousandth(Decision.standardError(at: 0.8))) at 0.8. An estimate must reach the threshold and 1.2 times \
    its standard error there, \(thousandth(standard.bound)) at a threshold of \(standard.threshold), because \
    to drop what is no repeat is worse than to keep one repeat too many. Half of the pairs with a similarity \
    of \(thousandth(standard.effectiveThreshold)), the effective threshold, are found, and of others these \
    shares:

    | similarity | compared | found |
    |---:|---:|---:|
    \(standard.table)

    The report has these figures for your settings.

    **What it costs.** Without a state directory the index is held in memory for one run. Each kept document \
    takes 160 bytes, 9 to 10 for each band and for its digest, its id and its URL, and its id: below 300 in \
    all without `keep` and `bands`. With a state directory the index is kept there and holds the documents of \
    all runs. It takes no memory but what `run.state_memory` allows, and some 400 bytes on disk for each kept \
    document. An index stays usable only with the same `shingle_words`, `bands` and `rows`; `threshold` may \
    change if `bands` and `rows` are given as they were.
    """

  private static let standard = Decision(
    threshold: Settings().threshold, bands: Bands(threshold: Settings().threshold))

  private static func whole(_ share: Double) -> Int { Int((share * 100).rounded()) }

  private static func thousandth(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
}
