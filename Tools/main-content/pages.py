"""Pages as `winnow features` writes them, and their reviewed truth."""
import json
import re
import subprocess
from urllib.parse import urlsplit

import numpy as np

# Thai, Lao, Tibetan, Burmese, Khmer, kana and Han: scripts that put no spaces between words.
UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uaa60-\uaa7f\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
WORD = re.compile(rf"(?=\w)[{UNSPACED}]|[^\W{UNSPACED}]+")


def words(text):
    """The tokens by which extracted and reviewed text are compared: words, and each letter of scripts
    without spaces."""
    return WORD.findall((text or "").lower())


def records(path):
    """The objects of an NDJSON file, which may be compressed."""
    if path.endswith(".zst"):
        stream = subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE).stdout
    else:
        stream = open(path, "rb")
    with stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


class Page:
    """One page: its blocks' features (blocks × features), tokens and texts."""

    def __init__(self, head, features, counts, tokens, text):
        self.id = head["id"]
        self.url = head["url"] or ""
        self.features = features
        # For each kind of token, how many each block has, and all of them.
        self.counts = dict(zip(KINDS, counts))
        self.tokens = dict(zip(KINDS, tokens))
        ends = np.cumsum(counts[3]).tolist()
        self.texts = [
            text[end - size:end].decode() for end, size in zip(ends, counts[3].tolist())
        ]


KINDS = ("near", "far", "words")


def read_features(path):
    """Names of the features, and all pages of a file that `winnow features` wrote."""
    pages = []
    with open(path, "rb") as file:
        names = json.loads(file.readline())["features"]
        while line := file.readline():
            head = json.loads(line)
            blocks = head["blocks"]
            features = np.frombuffer(file.read(blocks * len(names)), np.uint8)
            sizes = [head[kind] for kind in KINDS]
            numbers = np.frombuffer(file.read(4 * (4 * blocks + sum(sizes))), "<u4")
            counts, tokens = numbers[:4 * blocks].reshape(4, blocks), numbers[4 * blocks:]
            pages.append(
                Page(
                    head, features.reshape(len(names), blocks).T, counts,
                    np.split(tokens, np.cumsum(sizes)[:2]), file.read(head["text"]),
                )
            )
    return names, pages


# Public suffixes of two parts begin with one of these: co.uk, com.au, gov.in.
SECOND_LEVEL = {
    "ac", "co", "com", "edu", "gob", "go", "gov", "in", "ne", "net", "or", "org",
}


def registered_domain(url):
    """The domain that somebody registered, to keep a site's pages in one fold."""
    parts = (urlsplit(url).hostname or "").split(".")
    has_two = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in SECOND_LEVEL
    return ".".join(parts[-3 if has_two else -2:])
