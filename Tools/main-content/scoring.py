"""How good a choice of blocks is: word F1 against the reviewed text."""
import collections

import numpy as np

from pages import words

# Blocks of at least so many bytes are kept once, as the stage's filter of repeats does.
REPEAT_BYTES = 40


class Scorer:
    def __init__(self, pages, truth):
        self.bags = [[collections.Counter(words(text)) for text in page.texts] for page in pages]
        self.keys = [
            [
                " ".join(text.lower().split()) if len(text.encode()) >= REPEAT_BYTES else None
                for text in page.texts
            ]
            for page in pages
        ]
        self.references = [collections.Counter(words(truth[p.id]["main_content"])) for p in pages]
        self.types = [truth[page.id]["page_type"] for page in pages]
        have = {page.id for page in pages}
        # Pages without any text: the answer is empty.
        self.missing = [
            (record["page_type"], 0.0 if words(record["main_content"]) else 1.0)
            for id, record in truth.items() if id not in have
        ]

    def f1(self, page, chosen):
        seen, bag = set(), collections.Counter()
        for block in chosen:
            key = self.keys[page][block]
            if key is not None:
                if key in seen:
                    continue
                seen.add(key)
            bag.update(self.bags[page][block])
        reference = self.references[page]
        total = sum(bag.values()) + sum(reference.values())
        shared = sum((bag & reference).values())
        return 2 * shared / total if total else 1.0

    def by_type(self, values):
        """Means over the pages of each type, and over all."""
        types = collections.defaultdict(list)
        for kind, value in list(zip(self.types, values)) + self.missing:
            types[kind].append(value)
        means = {kind: float(np.mean(rows)) for kind, rows in sorted(types.items())}
        means["all"] = float(np.mean([value for rows in types.values() for value in rows]))
        return means


def select(probability, lengths, least, beta=1.0):
    """The blocks that the program would keep: BlockSelection.swift."""
    square, total = beta * beta, float(probability @ lengths)
    if total <= 0:
        return np.zeros(0, int)
    threshold, measure = probability[lengths > 0].max(), 0.0
    for _ in range(100):
        kept = probability >= threshold
        found = (1 + square) * float(probability[kept] @ lengths[kept]) / (
            float(lengths[kept].sum()) + square * total
        )
        if found <= measure:
            break
        measure, threshold = found, np.float32(found / (1 + square))
    return np.flatnonzero(probability >= threshold) if measure >= least else np.zeros(0, int)
