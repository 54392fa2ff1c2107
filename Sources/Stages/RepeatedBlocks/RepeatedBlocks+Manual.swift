public import Pipeline

extension RepeatedBlocks {
  public static let manual = Manual(
    name: "repeated_blocks",
    summary: "Drops blocks of text that many documents of a site share.",
    discussion: """
      Disclaimers, "about us", calls to subscribe: a block is dropped from a document when at least \
      `documents` other documents of the same host have it. Documents that come earlier in the input count, \
      and with a state directory those of earlier runs. With `"first_pass": true` the whole input is read \
      once before the run, and all of its documents count, so that the first pages are clean too.

      **Where to put it.** After `language` and `near_duplicates`: a page that is there under four URLs would \
      otherwise repeat itself and lose its own text. And `near_duplicates` compares a page with itself on the \
      night before; its text must not depend on what was counted in between. Before stages that record \
      positions in the text, such as `entities`.

      **What is the same.** Two blocks are the same when their words are. Case, accents, punctuation and white \
      space make no difference. Blocks with fewer than `minimum_words` words always stay, because headings, \
      table cells and short lines of code or verse repeat for good reasons. In scripts without spaces each \
      letter counts as a word. `unit` says what a block is: a paragraph (text between empty lines; a list \
      or a table is one), or a line. Lines find more of what a site repeats within its lists, and more of \
      what repeats for good reasons. The stage looks at no more than \(BlockReader.maximumBlocks) blocks of a \
      document; further ones stay.

      **Whose documents count.** The host is that of the metadata's `url`, or of `canonical_url` where `url` is \
      null, in small letters, without port and `www.`. Subdomains are hosts of their own. Documents with \
      neither are counted together, as if they were of one host. With `"scope": "corpus"` hosts make no \
      difference.

      **What it leaves.** The annotations say, under the stage's label, how many `blocks` were dropped, and how \
      many `bytes`. A document of which nothing is left is rejected with its text as it was. With `"action": \
      "annotate"` all texts stay as they are, and the annotations are the same.

      **How it counts.** A document counts once, however often it is seen: again in the first pass, on the next \
      night, or many times under one URL (or one id, if it has no URL). It is remembered as one of 64 bits. So \
      a block was in at least as many documents as are counted, and sometimes in a few more: 3 are counted \
      after 3.1 on average, 16 after 19, 32 after 45.

      **What it costs.** In the first pass the stages up to this one do their work as in the run itself, and \
      ordered ones among them use an index that knows no earlier runs. So the pass takes about as long as \
      these stages take. It needs inputs that can be read twice, files and folders. If it is interrupted, it \
      starts again. Without a state directory the counts are held in memory: 21 to 43 bytes for each different \
      block, up to `memory`. When that is full, blocks seen in one document are forgotten; if more than half \
      is left, those seen in two, and so on. With a state directory the counts are kept there, and take no \
      memory.
      """,
    example: #"{ "use": "repeated_blocks", "documents": 5, "first_pass": true }"#,
    effects: [.rewritesText, .needsText],
    reasons: [.onlyRepeatedBlocks])
}
