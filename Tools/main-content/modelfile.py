"""The model file, as MainContentModel+File.swift reads it."""
import struct

import numpy as np

from forest import UNIT
from linear import BITS

MAGIC, VERSION = b"winnowMC", 2
# The forest's sums from -8 to 8 in log odds, in so many steps.
ENTRIES, RANGE = 1024, 8
MASK = (1 << 64) - 1


def hash64(data):
    """The hash of Sources/Bytes/Hash64.swift, seed 0."""
    def mix(first, second):
        product = (first ^ 0x589C27CB5D1F1F6D) * (second ^ 0x1D8E4E27C47D124F)
        turned = (second << 29 | second >> 35) & MASK
        return (product >> 64) ^ (product & MASK) ^ turned

    state = 0x9E3779B97F4A7C15
    whole = len(data) // 8 * 8
    for (word,) in struct.iter_unpack("<Q", data[:whole]):
        state = mix(word ^ 0xA0761D6478BD642F, state)
    tail = int.from_bytes(data[whole:], "little")
    state = mix(tail ^ 0xE7037ED1A0B428DB, state)
    return mix(len(data) ^ 0x8EBC6AF09C88C6E3, state)


def table():
    middle = (np.arange(ENTRIES) + 0.5) * (2 * RANGE / ENTRIES) - RANGE
    return np.round(65535 / (1 + np.exp(-middle))).astype("<u2")


def encode(feature_names, names, words, forests, least_measure):
    """The bytes of a model file."""
    body = b""
    for model in (names, words):
        body += struct.pack("<If", BITS, model.step)
        body += model.fingerprints.tobytes() + model.weights.tobytes()
    for forest in forests:
        body += struct.pack("<IIi", *forest.features.shape, forest.bias)
        body += forest.features.tobytes() + forest.limits.tobytes()
        body += forest.leaves.astype("<i2").tobytes()
    body += struct.pack("<Iii", ENTRIES, -RANGE * UNIT, 2 * RANGE * UNIT // ENTRIES)
    body += table().tobytes() + struct.pack("<I", round(least_measure * 1000))
    digest = hash64(" ".join(feature_names).encode())
    return MAGIC + struct.pack("<IQQ", VERSION, digest, hash64(body)) + body
