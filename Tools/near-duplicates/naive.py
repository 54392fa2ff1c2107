"""Shingles as the manual describes them, for texts of ASCII alone: written without a look at winnow's own."""
import random, re

import numpy as np

WIDTH = 5
SAMPLE = 2000


def shingles(text):
    words = re.findall("[a-z0-9]+", text.lower())
    units = words if len(words) >= WIDTH else " ".join(words)
    return {tuple(units[start:start + WIDTH]) for start in range(max(1, len(units) - WIDTH + 1))} if units else set()


def check(texts, sets, pairs):
    """Compares numbers of shingles and similarities of pairs. Returns how many of each."""
    plain = np.array([text.isascii() for text in texts])
    sample = random.Random(1).sample(list(np.flatnonzero(plain)), min(SAMPLE, plain.sum()))
    for number in sample:
        assert len(shingles(texts[number])) == sets.sizes[number], f"text {number} has other shingles"
    first, second, similarity = pairs
    both = list(np.flatnonzero(plain[first] & plain[second]))
    both = random.Random(2).sample(both, min(SAMPLE, len(both)))
    for index in both:
        ours, theirs = shingles(texts[first[index]]), shingles(texts[second[index]])
        assert abs(len(ours & theirs) / len(ours | theirs) - similarity[index]) < 1e-12, \
            f"texts {first[index]} and {second[index]} are not {similarity[index]} similar"
    return len(sample), len(both)
