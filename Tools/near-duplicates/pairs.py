"""Sets of shingles, and the exact Jaccard similarities of all pairs of them."""
import numba
import numpy as np


class Sets:
    """What `winnow-bench shingles` wrote: the hashes of set i are `hashes[starts[i]:starts[i + 1]]`, ascending."""

    def __init__(self, path):
        data = np.fromfile(path, np.uint8)
        sizes, parts, place = [], [], 0
        while place < len(data):
            size = int(data[place:place + 4].view("<u4")[0])
            sizes.append(size)
            parts.append(data[place + 4:place + 4 + 8 * size])
            place += 4 + 8 * size
        self.sizes = np.array(sizes, np.int64)
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)])
        self.hashes = np.concatenate(parts).view("<u8")

    def __len__(self):
        return len(self.sizes)

    def __getitem__(self, index):
        return self.hashes[self.starts[index]:self.starts[index + 1]]

    def similarity(self, first, second):
        shared = len(np.intersect1d(self[first], self[second], assume_unique=True))
        return shared / max(1, int(self.sizes[first] + self.sizes[second]) - shared)


def similar_pairs(sets, least):
    """All pairs that are at least so similar: the earlier, the later, the similarity.

    Counts what each set shares with each earlier one, shingle by shingle, and leaves out nothing.
    """
    numbers, occurrences = np.unique(sets.hashes, return_inverse=True, return_counts=True)[1:]
    return count_shared(numbers, sets.starts, np.concatenate([[0], np.cumsum(occurrences)]), least)


@numba.njit(cache=True)
def count_shared(shingles, starts, list_starts, least):
    lists = np.empty(len(shingles), np.int32)
    filled = list_starts[:-1].copy()
    count = len(starts) - 1
    shared = np.zeros(count, np.int32)
    first, second, similarity = [0], [0], [0.0]
    for later in range(count):
        size = starts[later + 1] - starts[later]
        for place in range(starts[later], starts[later + 1]):
            shingle = shingles[place]
            for index in range(list_starts[shingle], filled[shingle]):
                shared[lists[index]] += 1
            lists[filled[shingle]] = later
            filled[shingle] += 1
        for earlier in range(later):
            if shared[earlier] > 0:
                union = size + starts[earlier + 1] - starts[earlier] - shared[earlier]
                if shared[earlier] >= least * union:
                    first.append(earlier)
                    second.append(later)
                    similarity.append(shared[earlier] / union)
                shared[earlier] = 0
    return np.array(first[1:]), np.array(second[1:]), np.array(similarity[1:])
