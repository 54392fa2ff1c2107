"""Linear models over hashed tokens, whose answers are features of the trees."""
import copy

import numpy as np
import scipy.optimize
import scipy.sparse as sparse

# Steps of a score for one unit of log odds, and the score of nothing known.
SCALE, MIDDLE = 16, 128
# Tokens on fewer domains say more about a site than about its kind.
FEWEST_DOMAINS = {"names": 3, "words": 4}
# Strength of the penalty on squared weights.
PENALTY = {"names": 12.0, "words": 6.0}
ITERATIONS = 50
# log₂ of the places in the tables.
BITS = 15


class Tokens:
    """The tokens of all blocks, as a sparse matrix of blocks × known tokens."""

    def __init__(self, pages, kind, fewest, domains):
        self.counts = np.concatenate([page.counts[kind] for page in pages]).astype(np.int64)
        flat = np.concatenate([page.tokens[kind] for page in pages])
        rows = np.repeat(np.arange(len(self.counts), dtype=np.int32), self.counts)
        known, columns = np.unique(flat, return_inverse=True)
        sites = int(domains.max()) + 1
        pairs = np.unique(columns.astype(np.int64) * sites + domains[rows])
        spread = np.bincount(pairs // sites, minlength=len(known))
        kept = spread >= fewest
        place = np.cumsum(kept) - 1
        mask = kept[columns]
        self.matrix = sparse.csr_matrix(
            (np.ones(int(mask.sum()), np.float32), (rows[mask], place[columns[mask]])),
            shape=(len(self.counts), int(kept.sum())),
        )
        self.hashes, self.spread = known[kept], spread[kept]


def fit(matrix, labels, weights, penalty):
    """Weights of a logistic regression with fractional labels; the intercept is the last."""
    # What is multiplied by whole vectors of doubles again and again is not converted each time.
    matrix = matrix.astype(np.float64)
    transposed = matrix.T.tocsr()

    def loss(beta):
        logits = matrix @ beta[:-1] + beta[-1]
        value = weights @ (np.logaddexp(0, logits) - labels * logits)
        error = weights * (1 / (1 + np.exp(-logits)) - labels)
        slope = np.append(transposed @ error + penalty * beta[:-1], error.sum())
        return value + 0.5 * penalty * beta[:-1] @ beta[:-1], slope

    start = np.zeros(matrix.shape[1] + 1)
    options = {"maxiter": ITERATIONS, "maxcor": 8}
    return scipy.optimize.minimize(
        loss, start, jac=True, method="L-BFGS-B", options=options
    ).x


class Table:
    """A model as the program holds it: at most one token in each place, whole weights."""

    def __init__(self, tokens, beta):
        beta = beta[:-1]
        self.step = np.float32(np.quantile(np.abs(beta), 0.9995) * SCALE / 127)
        whole = np.clip(np.round(beta * SCALE / self.step), -127, 127)
        places = (tokens.hashes & ((1 << BITS) - 1)).astype(np.int64)
        # Of two tokens with one place the one stays that matters more.
        order = np.lexsort((tokens.hashes, np.abs(whole) * np.sqrt(tokens.spread)))
        winner = np.full(1 << BITS, -1)
        winner[places[order]] = order
        kept = winner[winner >= 0]
        self.whole = np.zeros(len(beta), np.float32)
        self.whole[kept] = whole[kept]
        self.fingerprints = np.zeros(1 << BITS, np.uint8)
        self.weights = np.zeros(1 << BITS, np.int8)
        self.fingerprints[places[kept]] = (tokens.hashes[kept] >> 24).astype(np.uint8)
        self.weights[places[kept]] = whole[kept].astype(np.int8)

    def silenced(self):
        """The same table without any weight: what every token says is nothing."""
        other = copy.copy(self)
        other.weights = np.zeros_like(self.weights)
        return other

    def score(self, sums, counts):
        """The feature that the program computes from a sum of weights."""
        steps = sums * self.step / np.sqrt(np.maximum(counts, 1).astype(np.float32))
        return np.clip(MIDDLE + np.round(steps), 0, 255).astype(np.uint8)


def normalised(matrix, counts):
    """Rows divided by the root of their numbers of tokens, unknown ones included."""
    return (sparse.diags(1 / np.sqrt(np.maximum(counts, 1))) @ matrix).astype(np.float32).tocsr()


class Rows:
    """The different rows of a matrix: siblings often have the same names, and menus the same words."""

    def __init__(self, matrix):
        # A sum of random numbers tells rows apart.
        keys = matrix @ np.random.default_rng(1).random(matrix.shape[1])
        _, first, self.row = np.unique(keys, return_index=True, return_inverse=True)
        self.matrix = matrix[first]

    def fit(self, rows, labels, weights, penalty):
        """The fit to some rows of the whole matrix."""
        count = self.matrix.shape[0]
        weight = np.bincount(self.row[rows], weights[rows], count)
        label = np.bincount(self.row[rows], weights[rows] * labels[rows], count)
        used = np.flatnonzero(weight)
        return fit(self.matrix[used], label[used] / weight[used], weight[used], penalty)


class NameModel:
    """Tags and names of the elements around a block."""

    columns = ("nameScore", "nearNameScore", "farNameScore")

    def __init__(self, pages, domains):
        near = Tokens(pages, "near", FEWEST_DOMAINS["names"], domains)
        far = Tokens(pages, "far", FEWEST_DOMAINS["names"], domains)
        self.near, self.far = near, far
        self.hashes = np.concatenate([near.hashes, far.hashes])
        self.spread = np.concatenate([near.spread, far.spread])
        both = sparse.hstack([near.matrix, far.matrix]).tocsr()
        self.rows = Rows(normalised(both, near.counts + far.counts))

    def train(self, rows, labels, weights):
        return Table(self, self.rows.fit(rows, labels, weights, PENALTY["names"]))

    def scores(self, table, rows):
        split = self.near.matrix.shape[1]
        near = self.near.matrix[rows] @ table.whole[:split]
        far = self.far.matrix[rows] @ table.whole[split:]
        near_counts, far_counts = self.near.counts[rows], self.far.counts[rows]
        return np.stack(
            [
                table.score(near + far, near_counts + far_counts),
                table.score(near, near_counts), table.score(far, far_counts),
            ],
            1,
        )


class WordModel:
    """The words of a block and of the heading above it."""

    columns = ("wordScore",)

    def __init__(self, pages, domains):
        self.tokens = Tokens(pages, "words", FEWEST_DOMAINS["words"], domains)
        self.hashes, self.spread = self.tokens.hashes, self.tokens.spread
        self.rows = Rows(normalised(self.tokens.matrix, self.tokens.counts))

    def train(self, rows, labels, weights):
        return Table(self, self.rows.fit(rows, labels, weights, PENALTY["words"]))

    def scores(self, table, rows):
        sums = self.tokens.matrix[rows] @ table.whole
        return table.score(sums, self.tokens.counts[rows])[:, None]
