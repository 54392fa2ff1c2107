"""The model card."""
import collections
import hashlib
import platform
import textwrap

import catboost
import lxml
import numpy
import scipy

import forest
import linear
import variants


COMMAND = """\
.venv/bin/python Tools/main-content/train.py {options} pages/ \\
  Sources/CMainContentModel/main-content.model"""


def table(all_features, without_words, without_collection):
    """The rows of the figures, collection by collection."""
    lines = []
    for group in all_features:
        (collection, kind), (count, value) = group, all_features[group]
        line = f"| {collection} | {kind} | {count:,} | {value:.3f} | {without_words[group][1]:.3f} |"
        if without_collection is not None:
            line += f" {without_collection[group][1]:.3f} |"
        lines.append(line)
    return "\n".join(lines)


def ordered(found, names):
    """The figures in the order of the collections: all pages first, then types, languages and snippets."""
    last = {"all pages": 0, "with": 2, "without": 3}
    def place(group):
        return names.index(group[0]), last.get(group[1], 1), group[1]
    return {group: found[group] for group in sorted(found, key=place)}


def card(corpus, model, all_features, without_words, without_collection, folds):
    """Markdown that says what a model is, of what, and how good."""
    first = corpus.column("firstScore")
    reviewed = ~corpus.is_variant
    blocks = int(reviewed[corpus.owner].sum())
    names = [collection.name for collection in corpus.collections]
    counts = collections.Counter(review["collection"] for review in corpus.truth.values())
    trained = collections.Counter(corpus.collection_of_page[reviewed].tolist())
    data = "\n".join(
        f"  - *{one.name}*: {counts[one.name]:,} {one.about}; licence {one.licence}. Trained with "
        f"{trained[number]:,}" + (f", at most {one.most_of_a_site} of a site" if one.most_of_a_site else "")
        + (f", each counting {one.weight:g}" if one.weight != 1 else "")
        + "".join(f", a page of type {kind} {weight:g} times that" for kind, weight in one.weight_of_type.items())
        + (f"; {' and '.join(one.leaves_out)} count for nothing" if one.leaves_out else "") + "."
        for number, one in enumerate(corpus.collections)
    )
    second = forest.SECOND["iterations"]
    if variants.VARIANTS > 1:
        second = f"the mean of {variants.VARIANTS} times {second}"
    options = "--cross-validate" if folds == corpus.number_of_folds else "--hold-out"
    measured = (
        f"cross-validated by registered domain over all collections in {folds} parts"
        if folds == corpus.number_of_folds else
        f"of {folds} of {corpus.number_of_folds} parts of the registered domains of all collections, held out"
    )
    left_out = LEFT_OUT if without_collection is not None else NOT_LEFT_OUT
    explained = textwrap.fill(FIGURES.format(measured=measured, left_out=left_out), 118, break_on_hyphens=False)
    columns, line = "", ""
    if without_collection is not None:
        columns, line = " left out |", "---:|"
        options += " --leave-out"
    return f"""# The model of main content

Says of each block of a web page how probably it is main content; part of the stage `boilerplate`.
Written by `Tools/main-content/train.py`, which gives the same file again from the same pages:

```sh
{COMMAND.format(options=options)}
```

- **Data**: {len(corpus.truth):,} pages of {len(names)} collections, trained with {blocks:,} blocks of {int(reviewed.sum()):,} pages with
  text; {len(set(corpus.domains)):,} registered domains. The model holds hashes of words and names with a weight
  each, no text.
{data}
- **Labels**: the share of a block's words that stand in the reviewed text, by alignment. Where snippets
  alone are known, the blocks that hold one; the others count for nothing.
- **Words**: runs of letters and digits; in scripts without spaces each letter.
- **Variants**: of each page as many as {variants.VARIANTS}, without some of its parts and of its rows of siblings.
- **Sample**: trees see about {corpus.sampled_share:.0%} of the blocks: those that weigh much, and by chance some of the light
  ones.
- **Model**: two logistic regressions over hashed tokens (tags and names of the elements around a block; its
  words and those of the headings above), whose answers are features beside {first - 6} others;
  {forest.FIRST["iterations"]} oblivious trees of depth {forest.DEPTH} over them; over all of these and {len(corpus.names) - first} features that sum
  up what the first ones say of a block and of those around it, {second} more. Everything that is
  added up is a whole number.
- **Size**: {len(model):,} bytes, SHA-256 `{hashlib.sha256(model).hexdigest()}`.
- **Versions**: Python {platform.python_version()}, CatBoost {catboost.__version__}, lxml {lxml.__version__}, NumPy {numpy.__version__},
  SciPy {scipy.__version__}; seed {forest.SETTINGS["random_seed"]}; tables of 2^{linear.BITS} places.

## Figures

{explained}

| collection | | pages | all features | without words |{columns}
|---|---|---:|---:|---:|{line}
{table(ordered(all_features, names), without_words, without_collection)}

## Limits

Languages beyond those named above have been measured with the snippets and the news alone. Each collection
has its reviewers' idea of main content: the old news counts titles, the others mostly do not. Pages of shops,
collections and listings are where it is doubtful most. Pages that show their text only after their scripts have run are
out of reach.
"""


FIGURES = """Mean word F1 of the text that the program writes, {measured}: neither the trees nor the linear models have
seen a page of the domain. A page without an answer counts as an empty one. Where there are snippets alone, the F1 of
the snippets that must stand in the text, over all pages. `with` and `without` are the shares found of the snippets that
a text must have, and that it must not. Without words the same trees are not told what the words say, as on pages in a
language that the training has not met. {left_out}"""

LEFT_OUT = """Left out is the collection whose row it is: the model knows the other ones alone, as on pages from
elsewhere."""

NOT_LEFT_OUT = "What leaving a collection out costs is not measured."
