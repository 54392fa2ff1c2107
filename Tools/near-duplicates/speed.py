#!/usr/bin/env python3
"""Compares the processor time of winnow's fingerprints with that of datasketch's and rensa's signatures.

usage: speed.py TEXTS.ndjson [--rounds N] [--shingle-words K]

All get the same texts in memory, in turn, on one thread, N times; medians count. winnow starts from UTF-8
and is charged with all that near_duplicates does for a text before its ledger: folding, words, shingles,
signature of 1152 values, hashes of the whole text and of its URL. The others are charged with cutting
the text into words and shingles (lower case, runs of letters and digits, joined by spaces), the way their
documentation shows, and with their signature of 128 values; the signature alone is shown, too. For rensa
the fastest of its forms counts.

Needs what requirements.txt lists, and the release build of winnow-bench.
"""
import argparse, json, os, pathlib, re, statistics, subprocess, sys, time

# One thread also where rensa would take more.
os.environ["RAYON_NUM_THREADS"] = "1"

import datasketch
import rensa

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORD = re.compile(r"\w+")
VALUES = 128


def shingles(text, width):
    words = WORD.findall(text.lower())
    return [" ".join(words[start:start + width]) for start in range(max(1, len(words) - width + 1))]


def with_datasketch(sets):
    for shingles in sets:
        datasketch.MinHash(num_perm=VALUES).update_batch([shingle.encode() for shingle in shingles])


def with_rensa(kind):
    def sign(sets):
        for shingles in sets:
            signature = kind(num_perm=VALUES, seed=42)
            signature.update(shingles)
            signature.digest()
    return sign


def with_rensa_rho(sets):
    rensa.RMinHash.digest_matrix_from_token_sets_rho(sets, VALUES, 42)


def winnow_seconds(program, path, width):
    line = subprocess.run(
        [program, "signatures", path, "--shingle-words", str(width), "--rounds", "1"],
        check=True, capture_output=True).stdout
    return json.loads(line)["seconds"][0]


def seconds(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("texts")
    parser.add_argument("--winnow-bench", default=str(ROOT / ".build/release/winnow-bench"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--shingle-words", type=int, default=5)
    options = parser.parse_args()
    with open(options.texts, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    size = sum(len(text.encode()) for text in texts)
    width = options.shingle_words
    signers = {
        "datasketch MinHash.update_batch": with_datasketch,
        "rensa RMinHash": with_rensa(rensa.RMinHash),
        "rensa CMinHash": with_rensa(rensa.CMinHash),
        "rensa RMinHash, rho, all in one call": with_rensa_rho,
    }
    ours, cutting = [], []
    signing = {name: [] for name in signers}
    for _ in range(options.rounds):
        ours.append(winnow_seconds(options.winnow_bench, options.texts, width))
        sets = []
        cutting.append(seconds(lambda: sets.extend(shingles(text, width) for text in texts)))
        for name, sign in signers.items():
            signing[name].append(seconds(lambda: sign(sets)))
    ours, cutting = statistics.median(ours), statistics.median(cutting)
    signing = {name: statistics.median(rounds) for name, rounds in signing.items()}
    print(f"{len(texts)} texts, {size / 1e6:.1f} MB, shingles of {width} words, {options.rounds} rounds, one thread\n")
    print("| | CPU s | of it the signature | texts/s | MB/s | time of winnow's |\n|---|---:|---:|---:|---:|---:|")
    print(f"| winnow | {ours:.3f} | | {len(texts) / ours:,.0f} | {size / 1e6 / ours:.1f} | 1 |")
    for name, sign in signing.items():
        whole = cutting + sign
        print(f"| {name} | {whole:.3f} | {sign:.3f} | {len(texts) / whole:,.0f} | {size / 1e6 / whole:.1f} "
              f"| {whole / ours:.1f} |")
    datasketch_ratio = (cutting + signing["datasketch MinHash.update_batch"]) / ours
    rensa_ratio = (cutting + min(sign for name, sign in signing.items() if name.startswith("rensa"))) / ours
    return 0 if datasketch_ratio >= 5 and rensa_ratio >= 2 else 1


if __name__ == "__main__":
    sys.exit(main())
