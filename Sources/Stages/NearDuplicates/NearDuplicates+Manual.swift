extension NearDuplicates {
  static let discussion = """
    Texts are compared by their words, after folding: upper and lower case, accents, punctuation \
    and white space make no difference. A text is the set of its shingles, all runs of \
    `shingle_words` consecutive words. The similarity of two texts is the Jaccard similarity of \
    these sets: the number of shingles that they share, divided by the number that at least one \
    of them has. With shingles of 5 words, one word changed in 100 leaves a similarity of about \
    0.90, one in 50 about 0.82, one in 20 about 0.6.

    A repeat is rejected as `exact_duplicate` when all of its words are the same in the same order, \
    else as `near_duplicate`. The reject names the earlier document (`duplicate_of`; with a state \
    directory also the number of its run, `duplicate_of_run`), the `similarity` and the kind of \
    `match`, exact or near. Only kept documents are compared with: a chain of small changes is not \
    followed.

    With `"action": "annotate"` every copy is kept, and the same is written to its annotations under \
    the stage's label, with the `cluster` beside it: the id of the cluster's first document. Copies \
    are compared with, too, so that a chain of small changes is one cluster.

    No text is lost for being short: one with fewer words than a shingle is compared by its \
    letters, in runs of `shingle_words` letters, one space between words. So "Opening hours 2024" and \
    "Opening hours 2025" are 0.87 similar. In scripts without spaces (Chinese, Japanese, Thai, Lao, \
    Khmer, Burmese) each letter with its marks counts as a word. A text with neither letters nor \
    digits repeats only texts of the same bytes, and an empty one nothing.

    Which copy stays: `keep` is `first`, the first in input order; `longest`, the one with the most \
    words; `greatest` or `least`, the one with that value of the metadata field `keep_by`, as in \
    `"keep": "greatest", "keep_by": "date"` for the newest. Documents are written as they come, and \
    what is written is not taken back. A better copy that comes later is therefore kept, too, with \
    `supersedes` (the id of the earlier one, with `supersedes_run` and `similarity`) in its annotations, \
    and takes its place: later documents are compared with it alone. Copies that are no better are \
    rejected. So `first` never writes a copy, and all others leave the earlier ones to be taken out \
    when all is done, in a stream as in a file; where LABEL is the stage's label:

        jq -r '.annotations.LABEL.supersedes // empty' clean.ndjson > superseded.txt
        jq -nc --rawfile ids superseded.txt '($ids / "\\n" | INDEX(.)) as $gone \
    | inputs | select($gone[.id] == null)' clean.ndjson

    A page that was there before, by its id or its URL (the metadata's `url` without its fragment): \
    with the same words it is rejected as `unchanged`. With other words it is no repeat of its earlier \
    version, however alike they are. It is kept by default and takes the earlier version's place, with \
    `update_of` (the id of the earlier version, with `update_of_run` and `similarity`) in its \
    annotations. `rescraped` changes that: `keep` keeps it without putting it in the other's place, \
    `drop` rejects it as `rescraped`, and with `ignore` ids and URLs make no difference. If it is like \
    another page it is a repeat of that. Ids that are only a file's name and a line number do not \
    count; others must be unique in the input.

    Candidates come from signatures cut into `bands` of `rows` values: two documents are \
    compared when at least one band is equal, which happens to pairs of similarity s with \
    probability 1 − (1 − s^rows)^bands. Without settings there are as many rows as let \
    \(whole(Bands.catchAtThreshold)) % of the pairs at the threshold be compared, and as few bands as \
    keep pairs half as similar below \(whole(Bands.catchAtHalf)) %. At the threshold \
    \(standard.threshold) these are \(standard.bands.count) bands of \(standard.bands.rows) rows.

    A comparison decides, never the signature alone. It is exact where one of the two texts has at \
    most \(Fingerprint.maximumWhole) different shingles. For longer ones it is an estimate by \
    \(MinHash.size) bits, with a standard error of √((1 − s²) / \(MinHash.size)): \
    \(thousandth(Decision.standardError(at: 0.8))) at 0.8. An estimate must reach the threshold and \
    1.2 times its standard error there, \(thousandth(standard.bound)) at a threshold of \
    \(standard.threshold): to drop what is no repeat is worse than to keep one repeat too many. \
    Half of the pairs with a similarity of \(thousandth(standard.effectiveThreshold)), the effective \
    threshold, are found, and of others these shares:

    | similarity | compared | found |
    |---:|---:|---:|
    \(standard.table)

    The report has these figures for the definition's settings. At most \
    \(DuplicateIndex<MemoryStore>.maximumCandidates) candidates are compared, those with the most bands \
    in common; of documents with the same band the latest \(PostingTable.maximumPostings) are candidates.

    Without state the index is held in memory, for one run: 160 bytes for each kept document, 9 to 10 \
    for each band and for its digest, its id and its URL, and its id; below 300 in all without `keep` \
    and `bands`. With a state directory it is kept there, holds the documents of all runs and takes no \
    memory but what `run.state_memory` allows. It takes some 400 bytes on disk for each kept document. \
    An index can be gone on with only with the same `shingle_words`, `bands` and `rows`; `threshold` may \
    change when `bands` and `rows` are given as they were.
    """

  private static let standard = Decision(
    threshold: Settings().threshold, bands: Bands(threshold: Settings().threshold))

  private static func whole(_ share: Double) -> Int { Int((share * 100).rounded()) }

  private static func thousandth(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
}
