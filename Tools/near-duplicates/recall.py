#!/usr/bin/env python3
"""Checks what near_duplicates finds against the exact similarities of all pairs of texts.

usage: recall.py TEXTS.ndjson ... [--thresholds T ...] [--shuffle SEED] [--missed FILE]

The texts are the records' "text"; together they are one corpus, in the order given. Every text is
compared with every earlier one by the sets of shingles that winnow itself makes, exactly; then winnow
runs over the corpus with each threshold, once to drop repeats and once to annotate them.

A text is due when its best match, among the earlier texts that were kept, is at least the threshold and
0.05; it must be found, in 99 of 100 cases. A text whose best match is at most the threshold less 0.05
must never be. What lies between may be decided either way. Pairs are counted likewise: a pair is found
when the later text of the two is.

Fails where a bound is not kept. Needs what requirements.txt lists, and the release build of winnow and
winnow-bench.
"""
import argparse, json, os, pathlib, random, subprocess, sys, tempfile

import numpy as np

import naive
from pairs import Sets, similar_pairs

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARGIN = 0.05
RECALL = 0.99


def read_texts(paths):
    texts = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            texts += [text for line in file if (text := json.loads(line)["text"])]
    return texts


def run(program, corpus, threshold, action, folder):
    """Answers, for each text that winnow says is a repeat, of which one and how similar."""
    rejects, output = os.path.join(folder, "rejects.ndjson"), os.path.join(folder, "output.ndjson")
    definition = os.path.join(folder, "definition.json")
    with open(definition, "w") as file:
        json.dump({
            "input": {"use": "ndjson", "paths": [corpus]},
            "stages": [{"use": "near_duplicates", "threshold": threshold, "action": action, "rescraped": "ignore"}],
            "output": {"use": "ndjson", "path": output},
            "rejects": {"use": "ndjson", "path": rejects},
        }, file)
    subprocess.run([program, "run", definition, "-q"], check=True)
    repeats = {}
    with open(rejects if action == "drop" else output, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            found = record["rejected"] if action == "drop" else record.get("annotations", {}).get("near_duplicates")
            if found:
                repeats[int(record["id"])] = (int(found["duplicate_of"]), found["similarity"], found["match"])
    return repeats


def verdict(sets, pairs, repeats, threshold, action):
    """What was due and what was found, of texts and of pairs."""
    first, second, similarity = pairs
    found = np.zeros(len(sets), bool)
    found[list(repeats)] = True
    if action == "drop":
        kept = ~found[first]
        first, second, similarity = first[kept], second[kept], similarity[kept]
    best = np.zeros(len(sets))
    np.maximum.at(best, second, similarity)
    due = best >= threshold + MARGIN
    pairs_due = similarity >= threshold + MARGIN
    # Texts without words have no shingles, and repeat the like of them by their bytes.
    wrong = found & (best <= threshold - MARGIN) & (sets.sizes > 0)
    errors = [estimate - sets.similarity(text, earlier)
              for text, (earlier, estimate, match) in repeats.items() if match == "near"]
    return {
        "found": int(found.sum()), "due": int(due.sum()), "due_found": int((due & found).sum()),
        "pairs_due": int(pairs_due.sum()), "pairs_found": int(found[second[pairs_due]].sum()),
        "wrong": int(wrong.sum()), "missed": [(int(text), float(best[text])) for text in np.flatnonzero(due & ~found)],
        "between": int((found & ~due & ~wrong).sum()),
        "error": float(np.sqrt(np.mean(np.square(errors)))) if errors else 0.0,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--thresholds", type=float, nargs="+", default=[0.7, 0.8, 0.9])
    parser.add_argument("--shuffle", type=int, metavar="SEED", help="put the texts in a random order")
    parser.add_argument("--missed", metavar="FILE", help="write the texts that were due and not found")
    parser.add_argument("--build", default=str(ROOT / ".build/release"))
    options = parser.parse_args()
    texts = read_texts(options.texts)
    if options.shuffle is not None:
        random.Random(options.shuffle).shuffle(texts)
    fails = False
    with tempfile.TemporaryDirectory() as folder:
        corpus = os.path.join(folder, "corpus.ndjson")
        with open(corpus, "w", encoding="utf-8") as file:
            for number, text in enumerate(texts):
                file.write(json.dumps({"id": str(number), "text": text}) + "\n")
        shingles = os.path.join(folder, "shingles")
        subprocess.run([options.build + "/winnow-bench", "shingles", corpus, "-o", shingles], check=True)
        sets = Sets(shingles)
        assert len(sets) == len(texts), "winnow-bench did not read every text"
        pairs = similar_pairs(sets, min(options.thresholds) - MARGIN)
        print(f"{len(texts)} texts, {sum(sets.sizes)} different shingles of texts, {len(pairs[0])} pairs "
              f"at {min(options.thresholds) - MARGIN:.2f} or more")
        checked = naive.check(texts, sets, pairs)
        print(f"shingles of {checked[0]} texts and similarities of {checked[1]} pairs are those of naive.py")
        print("by similarity: " + ", ".join(
            f"{low:.2f}: {np.count_nonzero((pairs[2] >= low) & (pairs[2] < low + 0.05))}"
            for low in np.arange(0.5, 1.0, 0.05)) + f", 1: {np.count_nonzero(pairs[2] == 1)}\n")
        print("| threshold | action | found | due | of them found | pairs due | of them found | wrong "
              "| between | error |\n|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|")
        missed = {}
        for threshold in options.thresholds:
            for action in "drop", "annotate":
                repeats = run(options.build + "/winnow", corpus, threshold, action, folder)
                result = verdict(sets, pairs, repeats, threshold, action)
                recall = result["due_found"] / max(1, result["due"])
                pair_recall = result["pairs_found"] / max(1, result["pairs_due"])
                print(f"| {threshold} | {action} | {result['found']} | {result['due']} | {recall:.4f} "
                      f"| {result['pairs_due']} | {pair_recall:.4f} | {result['wrong']} "
                      f"| {result['between']} | {result['error']:.4f} |", flush=True)
                fails = fails or recall < RECALL or pair_recall < RECALL or result["wrong"] > 0
                missed[f"{threshold} {action}"] = [
                    {"text": text, "best": best, "shingles": int(sets.sizes[text])} for text, best in result["missed"]]
        if options.missed:
            with open(options.missed, "w") as file:
                json.dump(missed, file)
    return 1 if fails else 0


if __name__ == "__main__":
    sys.exit(main())
