public import Pipeline

extension Revisits {
  public static let manual = Manual(
    name: "revisits",
    summary: "Drops pages that come again with the same bytes.",
    discussion: """
      Put this stage first. It rejects a page that was there before with the same bytes, as `revisit`, before \
      any other stage works on it. The reject names the earlier page (`duplicate_of`) and, with a state \
      directory, the run that it was in (`duplicate_of_run`). The stage only reads the page's bytes once, a \
      small part of what the other stages cost.

      A page is known by its URL (the metadata's `url` without its fragment) or, if it has none, by its id. \
      An id that only repeats a file's name and a line number does not count. A page with neither URL nor id \
      passes. Texts are treated like pages.

      If only the scripts or the advertisements of a page have changed, its bytes are others, and the page \
      passes. `near_duplicates` then recognises it by its words.

      What became of the earlier page makes no difference: a page that a later stage rejected is not looked \
      at again either. If you change the later stages (`--accept-changes`) and want all pages to pass them, \
      start a new state directory, or leave this stage out for one run.

      With a state directory the pages are remembered there, and take no memory. Without one they are \
      remembered in memory for one run: about 200 bytes for each.
      """,
    example: #"{ "use": "revisits" }"#,
    reasons: [.revisit])
}
