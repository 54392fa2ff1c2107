#!/usr/bin/env python3
"""Trains the model of main content.

usage: train.py [--winnow PROGRAM] [--cross-validate] PAGES.ndjson TRUTH.ndjson[.zst] OUT.model

PAGES holds records with id, url and html, TRUTH the same ids with main_content (the reviewed text),
page_type, and where it is known snippets that the text must have (with) and must not (without). The same
pages, program and versions of the libraries give the same file, byte for byte.
With --cross-validate MODEL.md is written beside it: its figures are those of the text that the program
writes, of pages whose registered domain neither the trees nor the linear models behind them have seen.
"""
import argparse
import collections
import functools
import hashlib
import os
import sys
import tempfile

# Sums are the same on any number of cores when one makes them.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from card import card
from forest import FIRST, SECOND, Forest
from labels import is_spare, label
from linear import MIDDLE, NameModel, WordModel
from modelfile import encode
from pages import records, registered_domain
from program import Program
from scoring import figures
from variants import VARIANTS, original, variant_number, write_variants

FOLDS = 5
# What a variant of a page counts in training.
VARIANT_WEIGHT = 0.5
# Long blocks count more than short ones, but not by as much as they are longer.
WEIGHT_EXPONENT = 0.7
# The share of the pages from which the trees learn to do without words: the linear model knows none of
# other languages.
WORDLESS_SHARE = 0.2
# The expected F1 below which a page has no main content.
LEAST_MEASURE = 0.25


class Corpus:
    """Blocks of all pages and their variants in a row, with labels, weights and folds."""

    def __init__(self, names, pages, truth):
        self.names, self.pages, self.truth = names, pages, truth
        reviews = [truth[original(page.id)] for page in pages]
        sizes = [len(page.texts) for page in pages]
        self.owner = np.repeat(np.arange(len(pages)), sizes)
        self.starts = np.concatenate([[0], np.cumsum(sizes)])
        self.features = np.concatenate([page.features for page in pages])
        labelled = [
            label(page, review["main_content"]) for page, review in zip(pages, reviews)
        ]
        self.labels = np.concatenate([shares for shares, _ in labelled])
        self.lengths = np.concatenate([counts for _, counts in labelled])
        weights = np.maximum(self.lengths, 0.3) ** WEIGHT_EXPONENT
        weights /= np.bincount(self.owner, weights)[self.owner]
        self.variants = np.array([variant_number(page.id) for page in pages])
        self.is_variant = self.variants >= 0
        weights[self.is_variant[self.owner]] *= VARIANT_WEIGHT
        self.weights = weights * (len(weights) / weights.sum())
        spare = [is_spare(page, shares) for page, (shares, _) in zip(pages, labelled)]
        self.weights[np.concatenate(spare)] = 0
        self.domains = [
            registered_domain(review["url"] or "") or original(page.id)
            for page, review in zip(pages, reviews)
        ]
        sites = {name: number for number, name in enumerate(sorted(set(self.domains)))}
        self.sites = np.array([sites[name] for name in self.domains])[self.owner]
        numbers = self.fold_numbers()
        self.folds = numbers[self.owner]
        self.fold_of_page = {page.id: int(fold) for page, fold in zip(pages, numbers)}
        self.wordless = {
            number for number, page in enumerate(pages)
            if int.from_bytes(hashlib.sha256(page.id.encode()).digest()[:4]) < WORDLESS_SHARE * 2**32
        }

    def fold_numbers(self):
        """Of each page. A domain is in one fold; folds have equally many reviewed pages."""
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
        return np.array([fold[name] for name in self.domains])

    def column(self, name):
        return self.names.index(name)


class Trainer:
    """Trains the parts of a model without some folds. What one part sees of another comes from one that did not
    see the same blocks, and the folds left out are seen by none."""

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
        self.first = functools.cache(self.first)

    def linear(self, left_out):
        """The linear models."""
        corpus = self.corpus
        rows = np.flatnonzero(~np.isin(corpus.folds, list(left_out)))
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
        """All features but those that the first trees give."""
        matrix = self.corpus.features.copy()
        for fold in range(FOLDS):
            self.fill(matrix, left_out | {fold}, np.flatnonzero(self.corpus.folds == fold))
        self.fill_neighbours(matrix)
        self.silence(matrix)
        return matrix

    def forest(self, kind, matrix, left_out, without=None):
        """Trees that see neither the folds left out nor the variants of one number."""
        corpus = self.corpus
        rows = ~np.isin(corpus.folds, list(left_out)) & (corpus.variants != without)[corpus.owner]
        return Forest.train(kind, matrix[rows], corpus.labels[rows], corpus.weights[rows])

    def first(self, left_out):
        """The first trees."""
        print("first trees without folds", sorted(left_out), flush=True)
        return self.forest(FIRST, self.matrix(left_out)[:, :self.first_opinion], left_out)

    def second(self, left_out):
        """The trees that know what the first ones say: the mean of forests, each without the variants of
        one number."""
        matrix = self.matrix(left_out)
        for fold in set(range(FOLDS)) - left_out:
            self.fill_opinions(matrix, fold, left_out | {fold})
        print("second trees without folds", sorted(left_out), flush=True)
        return Forest.mean([
            self.forest(SECOND, matrix, left_out, without=number) for number in range(VARIANTS)
        ])

    def fill_opinions(self, matrix, fold, left_out):
        """Writes the features that the first trees give of a fold's pages: the program itself adds them up."""
        for knows_words, model in zip((True, False), self.encoded(left_out, self.first(left_out))):
            if (fold, knows_words) not in self.paths:
                continue
            _, pages = self.program.features(self.paths[fold, knows_words], model)
            for page in pages:
                number = self.page_numbers[page.id]
                rows = slice(*self.corpus.starts[number:number + 2])
                matrix[rows, self.first_opinion:] = page.features[:, self.first_opinion:]

    def encoded(self, left_out, second):
        """A model, and the same without a word that it knows."""
        names, words = self.linear(left_out)
        forests = (self.first(left_out), second)
        return [
            encode(self.corpus.names, names, known, forests, LEAST_MEASURE)
            for known in (words, words.silenced())
        ]

    def train(self, left_out=frozenset()):
        return self.encoded(left_out, self.second(left_out))


def cross_validate(trainer, pages):
    """The figures of the program's own output, of each page with a model that has seen no page of its domain:
    with all features, and without what the words say."""
    corpus, program = trainer.corpus, trainer.program
    texts = [{}, {}]
    for fold, path in program.split([pages], corpus.fold_of_page).items():
        for number, model in enumerate(trainer.train(frozenset({fold}))):
            texts[number] |= program.texts(path, model)
    return [figures(corpus.truth, found) for found in texts]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pages")
    parser.add_argument("truth")
    parser.add_argument("out")
    parser.add_argument("--winnow", default=".build/release/winnow")
    parser.add_argument("--cross-validate", action="store_true")
    arguments = parser.parse_args()
    truth = {record["id"]: record for record in records(arguments.truth)}
    with tempfile.TemporaryDirectory() as folder:
        program = Program(arguments.winnow, folder)
        paths = [arguments.pages, os.path.join(folder, "variants")]
        write_variants(records(arguments.pages), paths[1])
        names, pages = [], []
        for path in paths:
            names, found = program.features(path)
            pages += [page for page in found if original(page.id) in truth]
        corpus = Corpus(names, pages, truth)
        print(len(corpus.pages), "pages,", len(corpus.labels), "blocks", flush=True)
        trainer = Trainer(corpus, program, paths)
        model, _ = trainer.train()
        with open(arguments.out, "wb") as file:
            file.write(model)
        if arguments.cross_validate:
            found = cross_validate(trainer, arguments.pages)
            print(*found, sep="\n", flush=True)
            with open(os.path.join(os.path.dirname(arguments.out), "MODEL.md"), "w") as file:
                file.write(card(corpus, model, *found))


if __name__ == "__main__":
    sys.exit(main())
