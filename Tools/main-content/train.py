#!/usr/bin/env python3
"""Trains the model of main content.

usage: train.py [--winnow PROGRAM] [--cross-validate | --hold-out] [--leave-out] [--collections FILE] FOLDER OUT.model

FOLDER holds the files that collections.json names: pages with id, url and html, and truths with the same ids
and main_content (the reviewed text), or snippets that the text must have (with) and must not (without). The
same pages, program and versions of the libraries give the same file, byte for byte.
With --cross-validate MODEL.md is written beside it: its figures are those of the text that the program
writes, of pages whose registered domain neither the trees nor the linear models behind them have seen.
With --hold-out they are those of one fold, at a third of the work. With --leave-out it also has those of each collection without which the model was trained.
"""
import argparse
import collections
import functools
import hashlib
import json
import os
import sys
import tempfile

# Sums are the same on any number of cores when one makes them.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from card import card
from forest import FIRST, SECOND, Forest
from collection import read_collections
from labels import is_spare, is_title, label, label_by_snippets
from linear import MIDDLE, NameModel, WordModel
from modelfile import encode
from pages import records
from program import Program
from scoring import figures
from variants import VARIANTS, original, variant_number, write_variants

FOLDS = 5
# What a variant of a page counts in training.
VARIANT_WEIGHT = 0.5
# Which variants each of the second forests does without.
WITHOUT = range(VARIANTS) if VARIANTS > 1 else [None]
# Long blocks count more than short ones, but not by as much as they are longer.
WEIGHT_EXPONENT = 0.7
# The share of the pages from which the trees learn to do without words: the linear model knows none of
# other languages.
WORDLESS_SHARE = 0.2
# Levels up to a figure within which a block is taken for its caption.
FARTHEST_FIGURE = 3
# The share of the blocks that trees are trained with: those that weigh much, and by chance some of the others,
# which weigh as much as all of them then.
SAMPLED_SHARE = 0.4
# The expected F1 below which a page has no main content.
LEAST_MEASURE = 0.25


class Corpus:
    """Blocks of all pages and their variants in a row, with labels, weights and folds."""

    def __init__(self, names, pages, truth, sources):
        self.names, self.pages, self.truth, self.collections = names, pages, truth, sources
        self.number_of_folds, self.sampled_share = FOLDS, SAMPLED_SHARE
        reviews = [truth[original(page.id)] for page in pages]
        sizes = [len(page.texts) for page in pages]
        self.owner = np.repeat(np.arange(len(pages)), sizes)
        self.starts = np.concatenate([[0], np.cumsum(sizes)])
        self.features = np.concatenate([page.features for page in pages])
        self.variants = np.array([variant_number(page.id) for page in pages])
        self.is_variant = self.variants >= 0
        numbers = {collection.name: number for number, collection in enumerate(sources)}
        self.collection_of_page = np.array([numbers[review["collection"]] for review in reviews])
        self.label(reviews)
        self.domains = [review["domain"] for review in reviews]
        sites = {name: number for number, name in enumerate(sorted(set(self.domains)))}
        self.sites = np.array([sites[name] for name in self.domains])[self.owner]
        self.fold_of_domain = self.fold_numbers()
        self.folds = np.array([self.fold_of_domain[name] for name in self.domains])[self.owner]
        self.sources = self.collection_of_page[self.owner]
        self.fold_of_page = {page.id: self.fold_of_domain[name] for page, name in zip(pages, self.domains)}
        self.wordless = {
            number for number, page in enumerate(pages)
            if int.from_bytes(hashlib.sha256(page.id.encode()).digest()[:4]) < WORDLESS_SHARE * 2**32
        }

    def label(self, reviews):
        """What each block is, how many words it has, and what it counts: nothing, if nobody has said what it
        is."""
        labels, lengths, known = [], [], []
        for page, review, number in zip(self.pages, reviews, self.collection_of_page):
            if review["main_content"] is None:
                shares, counts, is_known = label_by_snippets(page, review["with"], review["without"])
            else:
                shares, counts = label(page, review["main_content"])
                is_known = ~is_spare(page, shares)
                leaves_out = self.collections[number].leaves_out
                if "title" in leaves_out:
                    is_known &= ~is_title(page, review["title"])
                if "captions" in leaves_out:
                    is_known &= page.features[:, self.column("figureAbove")] > FARTHEST_FIGURE
            labels.append(shares)
            lengths.append(counts)
            known.append(is_known)
        self.labels, self.lengths = np.concatenate(labels), np.concatenate(lengths)
        is_known = np.concatenate(known)
        weights = np.maximum(self.lengths, 0.3) ** WEIGHT_EXPONENT
        by_snippets = np.array([review["main_content"] is None for review in reviews])
        counted = np.where(by_snippets[self.owner] & ~is_known, 0, weights)
        totals = np.bincount(self.owner, counted, len(self.pages))
        weights = np.where(is_known, weights, 0) / np.maximum(totals, 1e-9)[self.owner]
        sources = [self.collections[number] for number in self.collection_of_page]
        of_page = np.array([
            source.weight * source.weight_of_type.get(review["page_type"], 1)
            for source, review in zip(sources, reviews)
        ])
        of_page = of_page * np.where(self.is_variant, VARIANT_WEIGHT, 1)
        weights *= of_page[self.owner]
        self.weights = weights * (len(weights) / weights.sum())
        self.sample()

    def sample(self):
        """Chooses the blocks that trees are trained with, and what they weigh."""
        wanted = SAMPLED_SHARE * len(self.weights)
        least = self.weights.max()
        while np.minimum(self.weights / least, 1).sum() < wanted and least > 1e-6:
            least *= 0.95
        chances = np.minimum(self.weights / least, 1)
        self.is_sampled = np.random.default_rng(1).random(len(chances)) < chances
        self.sample_weights = np.where(self.is_sampled, self.weights / np.maximum(chances, 1e-12), 0)

    def fold_numbers(self):
        """Of each domain: of all of its pages. Folds have equally many reviewed pages."""
        reviewed = zip(self.domains, self.is_variant)
        counts = collections.Counter(name for name, is_variant in reviewed if not is_variant)
        sizes = {name: counts[name] for name in self.domains}
        order = sorted(
            sizes, key=lambda name: (-sizes[name], hashlib.sha256(name.encode()).digest())
        )
        loads, fold = [0] * FOLDS, {}
        for name in order:
            fold[name] = loads.index(min(loads))
            loads[fold[name]] += sizes[name]
        return fold

    def fold_of(self, truth):
        """The fold of a page that may not be trained with."""
        return self.fold_of_domain.get(truth["domain"], 0)

    def column(self, name):
        return self.names.index(name)


class Trainer:
    """Trains the parts of a model without some folds. What one part sees of another comes from one that did not
    see the same blocks. What is left out is seen by none: folds, by their numbers, and collections, by the
    numbers behind those."""

    def __init__(self, corpus, program, pages):
        self.corpus, self.program = corpus, program
        self.paths = program.split(pages, {
            page.id: (corpus.fold_of_page[page.id], number not in corpus.wordless)
            for number, page in enumerate(corpus.pages)
        })
        self.models = [NameModel(corpus.pages, corpus.sites)]
        self.models.append(WordModel(corpus.pages, corpus.sites))
        self.first_opinion = corpus.column("firstScore")
        self.page_numbers = {page.id: number for number, page in enumerate(corpus.pages)}
        self.is_wordless = np.isin(corpus.owner, list(corpus.wordless))
        self.linear = functools.cache(self.linear)

    def is_seen(self, left_out):
        """The blocks that something may be learnt from."""
        corpus, left_out = self.corpus, list(left_out)
        is_left_out = np.isin(corpus.folds, left_out) | np.isin(corpus.sources + FOLDS, left_out)
        return ~is_left_out & (corpus.weights > 0)

    def linear(self, left_out):
        """The linear models."""
        corpus = self.corpus
        rows = np.flatnonzero(self.is_seen(left_out))
        print("linear models without folds", sorted(left_out), flush=True)
        return [model.train(rows, corpus.labels, corpus.weights) for model in self.models]

    def fill(self, matrix, left_out, rows):
        """Writes the linear models' features of some rows."""
        for model, table in zip(self.models, self.linear(left_out)):
            scores = model.scores(table, rows)
            for offset, name in enumerate(model.columns):
                matrix[rows, self.corpus.column(name)] = scores[:, offset]

    def fill_neighbours(self, matrix):
        """Writes the features that are other blocks' scores."""
        score = matrix[:, self.corpus.column("wordScore")]
        is_first = np.diff(self.corpus.owner, prepend=-1) != 0
        is_last = np.diff(self.corpus.owner, append=-1) != 0
        matrix[:, self.corpus.column("previousWordScore")] = np.where(
            is_first, MIDDLE, np.roll(score, 1)
        )
        matrix[:, self.corpus.column("nextWordScore")] = np.where(
            is_last, MIDDLE, np.roll(score, -1)
        )

    def silence(self, matrix):
        """Takes away what the words say on some pages, as on those in a language that the training has not
        met."""
        for name in ("wordScore", "previousWordScore", "nextWordScore"):
            matrix[self.is_wordless, self.corpus.column(name)] = MIDDLE

    def matrix(self, left_out):
        """All features but those that the first trees give: the scores of a fold's blocks are from linear models
        that have not seen it."""
        matrix = self.corpus.features.copy()
        for fold in range(FOLDS):
            if fold not in left_out:
                self.fill(matrix, left_out | {fold}, np.flatnonzero(self.corpus.folds == fold))
        self.fill_neighbours(matrix)
        self.silence(matrix)
        return matrix

    def forest(self, kind, matrix, left_out, without=None):
        """Trees that see neither the folds left out nor the variants of one number."""
        corpus = self.corpus
        rows = self.is_seen(left_out) & (corpus.variants != without)[corpus.owner] & corpus.is_sampled
        return Forest.train(kind, matrix[rows], corpus.labels[rows], corpus.sample_weights[rows])

    def forests(self, left_out):
        """The first trees, and those that know what the first ones say: where there are several variants the mean
        of forests, each without those of one number."""
        matrix = self.matrix(left_out)
        first = self.first(matrix, left_out)
        for fold in sorted(set(range(FOLDS)) - left_out):
            # These trees have seen no block of the fold; the linear models behind their other blocks have.
            self.fill_opinions(matrix, fold, left_out | {fold}, self.first(matrix, left_out | {fold}))
        print("second trees without folds", sorted(left_out), flush=True)
        return first, Forest.mean([
            self.forest(SECOND, matrix, left_out, without=number) for number in WITHOUT
        ])

    def first(self, matrix, left_out):
        """The first trees, of a matrix of features."""
        print("first trees without folds", sorted(left_out), flush=True)
        return self.forest(FIRST, matrix[:, :self.first_opinion], left_out)

    def fill_opinions(self, matrix, fold, left_out, first):
        """Writes the features that the first trees give of a fold's pages: the program itself adds them up."""
        for knows_words, model in zip((True, False), self.encoded(left_out, first, first)):
            if (fold, knows_words) not in self.paths:
                continue
            _, pages = self.program.features(self.paths[fold, knows_words], model)
            for page in pages:
                number = self.page_numbers[page.id]
                rows = slice(*self.corpus.starts[number:number + 2])
                matrix[rows, self.first_opinion:] = page.features[:, self.first_opinion:]

    def encoded(self, left_out, *forests):
        """A model, and the same without a word that it knows."""
        names, words = self.linear(left_out)
        return [
            encode(self.corpus.names, names, known, forests, LEAST_MEASURE)
            for known in (words, words.silenced())
        ]

    def train(self, left_out=frozenset()):
        return self.encoded(left_out, *self.forests(left_out))


def cross_validate(trainer, pages, truth, folds=range(FOLDS)):
    """The figures of the program's own output, of each page with a model that has seen no page of its domain:
    with all features, and without what the words say."""
    corpus, program = trainer.corpus, trainer.program
    texts = [{}, {}]
    groups = {id: corpus.fold_of(review) for id, review in truth.items()}
    groups = {id: fold for id, fold in groups.items() if fold in folds}
    for fold, path in program.split([pages], groups).items():
        for number, model in enumerate(trainer.train(frozenset({fold}))):
            texts[number] |= program.texts(path, model)
    measured = {id: review for id, review in truth.items() if id in groups}
    return [figures(measured, found) for found in texts]


def leave_out(trainer, pages, truth):
    """The figures of each collection with a model that has seen no page of it."""
    texts = {}
    numbers = {collection.name: number for number, collection in enumerate(trainer.corpus.collections)}
    groups = {id: numbers[review["collection"]] for id, review in truth.items()}
    for number, path in trainer.program.split([pages], groups).items():
        texts |= trainer.program.texts(path, trainer.train(frozenset({FOLDS + number}))[0])
    return figures(truth, texts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("out")
    parser.add_argument("--winnow", default=".build/release/winnow")
    parser.add_argument(
        "--collections", default=os.path.join(os.path.dirname(__file__), "collections.json")
    )
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--hold-out", action="store_true")
    parser.add_argument("--leave-out", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trainer, pages, truth = prepare(arguments, folder)
        model, _ = trainer.train()
        with open(arguments.out, "wb") as file:
            file.write(model)
        if arguments.cross_validate or arguments.hold_out:
            folds = range(FOLDS if arguments.cross_validate else 1)
            results = cross_validate(trainer, pages, truth, folds)
            without = leave_out(trainer, pages, truth) if arguments.leave_out else None
            print(*results, without, sep="\n", flush=True)
            with open(os.path.join(os.path.dirname(arguments.out), "MODEL.md"), "w") as file:
                file.write(card(trainer.corpus, model, *results, without, len(folds)))


def prepare(arguments, folder):
    """What is to be trained with, the file of all pages, and the truths."""
    program = Program(arguments.winnow, folder)
    pages, path, variants = (os.path.join(folder, name) for name in ("all", "pages", "variants"))
    truth = {}
    sources = read_collections(arguments.collections, arguments.folder)
    with open(pages, "w") as all_pages, open(path, "w") as file:
        for collection in sources:
            read, found = collection.read()
            truth |= found
            few = collection.of_few_sites(found)
            for record in read:
                line = json.dumps(record) + "\n"
                all_pages.write(line)
                if record["id"] in few:
                    file.write(line)
    print(len(truth), "pages read", flush=True)
    write_variants(records(path), variants)
    names, found = program.features(path)
    found += program.features(variants)[1]
    print("features read", flush=True)
    corpus = Corpus(names, found, truth, sources)
    print(len(corpus.pages), "pages,", len(corpus.labels), "blocks", flush=True)
    return Trainer(corpus, program, [path, variants]), pages, truth


if __name__ == "__main__":
    sys.exit(main())
