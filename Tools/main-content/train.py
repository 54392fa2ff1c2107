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
import hashlib
import os
import sys
import tempfile

# Sums are the same on any number of cores when one makes them.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from card import card
from forest import Forest
from labels import label
from linear import MIDDLE, NameModel, WordModel
from modelfile import encode
from pages import records, registered_domain
from program import Program
from scoring import figures

FOLDS = 5
# Long blocks count more than short ones, but not by as much as they are longer.
WEIGHT_EXPONENT = 0.7
# The share of the pages from which the trees learn to do without words: the linear model knows none of
# other languages.
WORDLESS_SHARE = 0.2
# The expected F1 below which a page has no main content.
LEAST_MEASURE = 0.25


class Corpus:
    """Blocks of all pages in a row, with labels, weights and folds."""

    def __init__(self, names, pages, truth):
        self.names, self.pages, self.truth = names, pages, truth
        sizes = [len(page.texts) for page in pages]
        self.owner = np.repeat(np.arange(len(pages)), sizes)
        self.starts = np.concatenate([[0], np.cumsum(sizes)])
        self.features = np.concatenate([page.features for page in pages])
        labelled = [label(page, truth[page.id]["main_content"]) for page in pages]
        self.labels = np.concatenate([shares for shares, _ in labelled])
        self.lengths = np.concatenate([counts for _, counts in labelled])
        weights = np.maximum(self.lengths, 0.3) ** WEIGHT_EXPONENT
        weights /= np.bincount(self.owner, weights)[self.owner]
        self.weights = weights * (len(weights) / weights.sum())
        self.domains = [
            registered_domain(truth[page.id]["url"] or "") or page.id for page in pages
        ]
        sites = {name: number for number, name in enumerate(sorted(set(self.domains)))}
        self.sites = np.array([sites[name] for name in self.domains])[self.owner]
        numbers = self.fold_numbers()
        self.folds = numbers[self.owner]
        self.fold_of_page = {page.id: int(fold) for page, fold in zip(pages, numbers)}
        self.wordless = [
            number for number, page in enumerate(pages)
            if int.from_bytes(hashlib.sha256(page.id.encode()).digest()[:4]) < WORDLESS_SHARE * 2**32
        ]

    def fold_numbers(self):
        """Of each page. A domain is in one fold; folds are equally large."""
        sizes = {name: self.domains.count(name) for name in set(self.domains)}
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
    def __init__(self, corpus):
        self.corpus = corpus
        self.models = [NameModel(corpus.pages, corpus.sites)]
        self.models.append(WordModel(corpus.pages, corpus.sites))
        self.tables = {}

    def linear(self, left_out):
        """The linear models trained without some folds."""
        if left_out not in self.tables:
            corpus = self.corpus
            rows = np.flatnonzero(~np.isin(corpus.folds, list(left_out)))
            self.tables[left_out] = [
                model.train(rows, corpus.labels, corpus.weights) for model in self.models
            ]
            print("linear models without folds", sorted(left_out), flush=True)
        return self.tables[left_out]

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

    def silence(self, matrix, rows):
        """Takes away what the words say, as on a page in a language that the training has not met."""
        for name in ("wordScore", "previousWordScore", "nextWordScore"):
            matrix[rows, self.corpus.column(name)] = MIDDLE

    def forest(self, without=None):
        """The trees trained without a fold. What they see of the linear models comes from models that did
        not see the same blocks; the fold left out is seen by neither."""
        corpus = self.corpus
        matrix = corpus.features.copy()
        for fold in range(FOLDS):
            rows = np.flatnonzero(corpus.folds == fold)
            out = frozenset({fold} if without is None else {fold, without})
            self.fill(matrix, out, rows)
        self.fill_neighbours(matrix)
        self.silence(matrix, np.isin(corpus.owner, corpus.wordless))
        rows = corpus.folds != without if without is not None else np.ones(len(matrix), bool)
        forest = Forest.train(matrix[rows], corpus.labels[rows], corpus.weights[rows])
        print("trees without fold", without, flush=True)
        return forest

    def encoded(self, without=None):
        """The model trained without a fold, and the same model without a word that it knows."""
        forest = self.forest(without)
        names, words = self.linear(frozenset() if without is None else frozenset({without}))
        return [
            encode(self.corpus.names, names, known, forest, LEAST_MEASURE)
            for known in (words, words.silenced())
        ]


def cross_validate(trainer, program, pages):
    """The figures of the program's own output, of each page with a model that has seen no page of its domain:
    with all features, and without what the words say."""
    corpus = trainer.corpus
    texts = [{}, {}]
    for fold, path in enumerate(program.split(pages, corpus.fold_of_page, FOLDS)):
        for number, model in enumerate(trainer.encoded(fold)):
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
        names, pages = program.features(arguments.pages)
        corpus = Corpus(names, [page for page in pages if page.id in truth], truth)
        print(len(corpus.pages), "pages,", len(corpus.labels), "blocks", flush=True)
        trainer = Trainer(corpus)
        model, _ = trainer.encoded()
        with open(arguments.out, "wb") as file:
            file.write(model)
        if arguments.cross_validate:
            found = cross_validate(trainer, program, arguments.pages)
            print(*found, sep="\n", flush=True)
            with open(os.path.join(os.path.dirname(arguments.out), "MODEL.md"), "w") as file:
                file.write(card(corpus, model, *found))


if __name__ == "__main__":
    sys.exit(main())
