"""The model card."""
import hashlib
import platform

import catboost
import numpy
import scipy

import forest
import linear


def card(corpus, model, with_words, without_words):
    """Markdown that says what a model is, of what, and how good."""
    rows = "\n".join(
        f"| {kind} | {with_words[kind]:.3f} | {without_words[kind]:.3f} |" for kind in with_words
    )
    return f"""# The model of main content

Says of each block of a web page how probably it is main content; part of the stage `boilerplate`.
Written by `Tools/main-content/train.py`, which gives the same file again from the same pages.

- **Data**: {len(corpus.truth)} human-reviewed pages of seven types, the development split of WCXB, the Web
  Content eXtraction Benchmark v1.0 (M. Foley, 2026), licence CC-BY-4.0
  (https://creativecommons.org/licenses/by/4.0/). {len(corpus.labels)} blocks of {len(corpus.pages)} pages with
  text; {len(set(corpus.domains))} registered domains. Most pages are English. The model holds hashes of words
  and names with a weight each, no text.
- **Labels**: the share of a block's words that stand in the reviewed text, by alignment.
- **Model**: two logistic regressions over hashed tokens (tags and names of the elements around a block; its
  words), whose answers are features beside {len(corpus.names) - 6} others; {forest.TREES} oblivious trees of depth
  {forest.DEPTH} over them. Everything that is added up is a whole number.
- **Size**: {len(model):,} bytes, SHA-256 `{hashlib.sha256(model).hexdigest()}`.
- **Versions**: Python {platform.python_version()}, CatBoost {catboost.__version__}, NumPy {numpy.__version__}, SciPy
  {scipy.__version__}; seed {forest.SETTINGS["random_seed"]}; tables of 2^{linear.BITS} places.

## Figures

Mean word F1, five-fold cross-validation by registered domain: neither the trees nor the linear models
have seen a page of the domain. A page without any text counts as an empty answer. Without words the same
trees are not told what the words say, as on pages in a language that the training has not met.

| | all features | without words |
|---|---:|---:|
{rows}

## Limits

One reviewer's idea of main content; pages of shops, collections and listings are where it is doubtful most.
Pages that show their text only after their scripts have run are out of reach.
"""
