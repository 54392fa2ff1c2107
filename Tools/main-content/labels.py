"""Which blocks are main content, told by aligning their words with the reviewed text."""
import collections

import numba
import numpy as np

from pages import words

# What it costs to begin a run of common words, where each word of it is worth 1: less at the start of
# a block, so that the runs are whole blocks where that is possible.
START_IN_BLOCK = 2.0
START_OF_BLOCK = 0.6
# In the second pass, for text that the reviewer has in another order.
START_REORDERED = 2.5
# Cells of the table of an alignment; a larger one is made in parts.
MAXIMUM_CELLS = 300_000_000

UP, LEFT, RUN, BEGIN = 0, 1, 2, 4


@numba.njit(cache=True)
def _fill(page, truth, cost, moves):
    columns = len(truth)
    best = np.zeros(columns + 1, np.float32)
    run = np.full(columns + 1, -1e9, np.float32)
    for i in range(len(page)):
        diagonal_best, diagonal_run = best[0], run[0]
        run[0] = -1e9
        for j in range(1, columns + 1):
            up_best, up_run = best[j], run[j]
            move = UP
            value = up_best
            if best[j - 1] > value:
                value = best[j - 1]
                move = LEFT
            if page[i] == truth[j - 1]:
                begun = diagonal_best - cost[i]
                if diagonal_run >= begun:
                    run[j] = diagonal_run + 1
                    begins = 0
                else:
                    run[j] = begun + 1
                    begins = BEGIN
                if run[j] > value:
                    value = run[j]
                    move = RUN
                move |= begins
            else:
                run[j] = -1e9
            best[j] = value
            moves[i, j - 1] = move
            diagonal_best, diagonal_run = up_best, up_run


@numba.njit(cache=True)
def _trace(moves, in_page, in_truth):
    i, j = moves.shape[0] - 1, moves.shape[1] - 1
    in_run = False
    while i >= 0 and j >= 0:
        move = moves[i, j]
        if in_run or move & 3 == RUN:
            in_page[i] = True
            in_truth[j] = True
            in_run = move & BEGIN == 0
            i -= 1
            j -= 1
        elif move & 3 == UP:
            i -= 1
        else:
            j -= 1


def align(page, truth, cost):
    """Marks which tokens of `page` stand in `truth` and the other way round, in one order and in runs."""
    in_page, in_truth = np.zeros(len(page), bool), np.zeros(len(truth), bool)
    if len(page) * len(truth) > MAXIMUM_CELLS:
        rows, columns = len(page) // 2, len(truth) // 2
        for r, c in (
            (slice(0, rows), slice(0, columns)),
            (slice(rows, None), slice(columns, None)),
        ):
            in_page[r], in_truth[c] = align(page[r], truth[c], cost[r])
    elif len(page) and len(truth):
        moves = np.zeros((len(page), len(truth)), np.uint8)
        _fill(page, truth, cost, moves)
        _trace(moves, in_page, in_truth)
    return in_page, in_truth


def label(page, reviewed):
    """The share of each block's words that stand in the reviewed text, and the blocks' numbers of words."""
    known = {}
    truth = np.array([known.setdefault(w, len(known)) for w in words(reviewed)], np.int32)
    blocks = [words(text) for text in page.texts]
    counts = np.array([len(block) for block in blocks])
    tokens = np.array([known.get(w, -1) for block in blocks for w in block], np.int32)
    owner = np.repeat(np.arange(len(blocks)), counts)
    starts = np.ones(len(tokens), bool)
    starts[1:] = owner[1:] != owner[:-1]
    found, used = align(tokens, truth, np.where(starts, START_OF_BLOCK, START_IN_BLOCK).astype(np.float32))
    rest, unused = np.flatnonzero(~found), np.flatnonzero(~used)
    cost = np.where(starts[rest], START_REORDERED, START_REORDERED + 1).astype(np.float32)
    found[rest], _ = align(tokens[rest], truth[unused], cost)
    matched = np.bincount(owner, weights=found, minlength=len(blocks))
    return matched / np.maximum(counts, 1), counts


def label_by_snippets(page, wanted, unwanted):
    """As `label`, where only snippets are known, and which blocks they say something of. A snippet that must
    stand in the text speaks for the longest block that has it; one that must not, against all that do."""
    counts = np.array([len(words(text)) for text in page.texts])
    texts = [" ".join(text.lower().split()) for text in page.texts]
    shares, is_known = np.zeros(len(texts)), np.zeros(len(texts), bool)
    for snippet in unwanted:
        snippet = " ".join(snippet.lower().split())
        for block, text in enumerate(texts):
            if snippet and snippet in text:
                is_known[block] = True
    for snippet in wanted:
        snippet = " ".join(snippet.lower().split())
        holding = [block for block, text in enumerate(texts) if snippet and snippet in text]
        if holding:
            block = max(holding, key=lambda block: (len(texts[block]), -block))
            shares[block], is_known[block] = 1, True
    return shares, counts, is_known


def is_title(page, title):
    """Which blocks are the page's title and nothing else."""
    wanted = words(title)
    return np.array([bool(wanted) and words(text) == wanted for text in page.texts], bool)


# Shorter texts may stand twice for good reasons (RepeatFilter.minimumBytes).
SHORTEST_COPY = 40


def is_spare(page, shares):
    """Whether a block is a copy that the alignment left out for another one: nothing tells which of them a
    reviewer has read, and the program keeps one."""
    copies = collections.defaultdict(list)
    for block, text in enumerate(page.texts):
        if len(text.encode()) >= SHORTEST_COPY:
            copies[" ".join(text.lower().split())].append(block)
    spare = np.zeros(len(shares), bool)
    for blocks in copies.values():
        if max(shares[blocks]) > 0.5:
            spare[blocks] = shares[blocks] < 0.5
    return spare
