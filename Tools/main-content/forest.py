"""The trees: oblivious ones, in which all nodes of a level ask the same question."""
import json
import os
import tempfile

import catboost
import numpy as np

DEPTH = 6
# A few large steps for the first trees, many small ones for each of the forests whose mean counts.
FIRST = {"iterations": 100, "learning_rate": 0.25}
SECOND = {"iterations": 300, "learning_rate": 0.12}
SETTINGS = {
    "loss_function": "CrossEntropy", "depth": DEPTH, "l2_leaf_reg": 10, "random_seed": 1, "thread_count": 2, "border_count": 64,
    "bootstrap_type": "Bernoulli", "subsample": 0.5, "sampling_frequency": "PerTree", "rsm": 0.3,
    "boosting_type": "Plain",
    "leaf_estimation_iterations": 1, "score_function": "L2", "verbose": 0,
    "allow_writing_files": False,
}
# Leaves are whole numbers of 1/4096 in log odds.
UNIT = 4096


class Forest:
    """Trees with whole leaves over features that are bytes, as the program has them."""

    def __init__(self, features, limits, leaves, bias):
        self.features, self.limits, self.leaves, self.bias = features, limits, leaves, bias

    @staticmethod
    def train(kind, matrix, labels, weights):
        model = catboost.CatBoost(SETTINGS | kind)
        model.fit(catboost.Pool(matrix.astype(np.float32), labels, weight=weights))
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "forest.json")
            model.save_model(path, format="json")
            with open(path) as file:
                return Forest.converted(json.load(file))

    @staticmethod
    def mean(forests):
        """All trees of some forests, each with its part of the answer."""
        def all_of(name):
            return np.concatenate([getattr(forest, name) for forest in forests])

        leaves = np.round(all_of("leaves") / len(forests)).astype(np.int16)
        bias = round(sum(forest.bias for forest in forests) / len(forests))
        return Forest(all_of("features"), all_of("limits"), leaves, bias)

    @staticmethod
    def converted(model):
        scale, (bias,) = model["scale_and_bias"]
        assert scale == 1
        trees = model["oblivious_trees"]
        features = np.zeros((len(trees), DEPTH), np.uint8)
        # No byte is above 255: a level that a tree does not have is always answered with no.
        limits = np.full((len(trees), DEPTH), 255, np.uint8)
        leaves = np.zeros((len(trees), 1 << DEPTH), np.int16)
        for number, tree in enumerate(trees):
            for level, split in enumerate(tree["splits"] or []):
                features[number, level] = split["float_feature_index"]
                limits[number, level] = int(np.floor(split["border"]))
            values = np.round(np.array(tree["leaf_values"]) * UNIT)
            assert np.abs(values).max() < 32768
            leaves[number, :len(values)] = values
        return Forest(features, limits, leaves, int(round(bias * UNIT)))
