"""The model card."""
import collections
import hashlib
import platform

import catboost
import lxml
import numpy
import scipy

import forest
import linear
import variants


COMMAND = """\
.venv/bin/python Tools/main-content/train.py --cross-validate pages.ndjson truth.ndjson \\
  Sources/CMainContentModel/main-content.model"""


def card(corpus, model, all_features, without_words):
    """Markdown that says what a model is, of what, and how good."""
    first = corpus.column("firstScore")
    reviewed = ~corpus.is_variant
    blocks = int(reviewed[corpus.owner].sum())
    kinds = collections.Counter(page["page_type"] for page in corpus.truth.values())
    kinds["all pages"] = len(corpus.truth)
    rows = "\n".join(
        f"| {kind} | {kinds[kind] or ''} | {all_features[kind]:.3f} | {without_words[kind]:.3f} |"
        for kind in all_features
    )
    return f"""# The model of main content

Says of each block of a web page how probably it is main content; part of the stage `boilerplate`.
Written by `Tools/main-content/train.py`, which gives the same file again from the same pages:

```sh
{COMMAND}
```

- **Data**: {len(corpus.truth):,} human-reviewed pages of seven types, the development split of WCXB, the Web
  Content eXtraction Benchmark v1.0 (M. Foley, 2026), licence CC-BY-4.0
  (https://creativecommons.org/licenses/by/4.0/). {blocks:,} blocks of {int(reviewed.sum()):,} pages with
  text; {len(set(corpus.domains)):,} registered domains. The model holds hashes of words and names with a weight
  each, no text.
- **Labels**: the share of a block's words that stand in the reviewed text, by alignment.
- **Variants**: beside each page {variants.VARIANTS} variants of it, without some of its parts and of its rows of siblings.
- **Model**: two logistic regressions over hashed tokens (tags and names of the elements around a block; its
  words and those of the headings above), whose answers are features beside {first - 6} others;
  {forest.FIRST["iterations"]} oblivious trees of depth {forest.DEPTH} over them; over all of these and {len(corpus.names) - first} features that sum
  up what the first ones say of a block and of those around it, the mean of {variants.VARIANTS} times {forest.SECOND["iterations"]} more. Everything
  that is added up is a whole number.
- **Size**: {len(model):,} bytes, SHA-256 `{hashlib.sha256(model).hexdigest()}`.
- **Versions**: Python {platform.python_version()}, CatBoost {catboost.__version__}, lxml {lxml.__version__}, NumPy {numpy.__version__},
  SciPy {scipy.__version__}; seed {forest.SETTINGS["random_seed"]}; tables of 2^{linear.BITS} places.

## Figures

Mean word F1 of the text that the program writes, five-fold cross-validation by registered domain: neither
the trees nor the linear models have seen a page of the domain. A page without an answer counts as an
empty one. `with` and `without` are the shares found of the snippets that a text must have, and that it
must not. Without words the same trees are not told what the words say, as on pages in a language that the
training has not met.

| | pages | all features | without words |
|---|---:|---:|---:|
{rows}

## Limits

Most of the pages are English; what the words say is known of English alone, and the column on the right is
what to expect elsewhere. One reviewer's idea of main content; pages of shops, collections and listings are
where it is doubtful most. Pages that show their text only after their scripts have run are out of reach.
"""
