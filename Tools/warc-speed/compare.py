#!/usr/bin/env python3
"""Compares the processor time of reading a .warc.gz with fastwarc's, side by side.

usage: compare.py CRAWL.warc.gz [--winnow PATH] [--rounds N]

Both read the same file in turn, on one thread, N times; medians count. winnow runs without stages and
writes nothing: it inflates, cuts and parses the records, undoes chunks and codings, and makes documents.
fastwarc goes through all records; once it undoes the codings of payloads and reads them, once it reads them
as they are, and once it skips them.

Needs what requirements.txt lists, and the release build of winnow (`make build`).
"""
import argparse, json, os, pathlib, resource, statistics, subprocess, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def winnow(program, crawl, folder):
    """Processor time of the process, and what it read."""
    definition, report = os.path.join(folder, "read.json"), os.path.join(folder, "report.json")
    with open(definition, "w") as file:
        json.dump({
            "input": {"use": "warc", "paths": [os.path.abspath(crawl)]},
            "stages": [],
            "output": {"use": "ndjson", "path": os.path.join(folder, "out.ndjson")},
        }, file)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "run", definition, "-j", "1", "-q", "--report", report], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(report) as file:
        counts = json.load(file)
    read = counts["counts"]["in"] + sum(counts.get("passed_over", {}).values())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, read


def fastwarc(crawl, **options):
    from fastwarc.warc import ArchiveIterator

    start, count = time.process_time(), 0
    with open(crawl, "rb") as file:
        for record in ArchiveIterator(file, **options):
            if options["parse_http"]:
                record.reader.read()
            count += 1
    return time.process_time() - start, count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("crawl")
    parser.add_argument("--winnow", default=str(ROOT / ".build/release/winnow"))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rows, counts = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(options.rounds):
            for name, measure in (
                ("winnow", lambda: winnow(options.winnow, options.crawl, folder)),
                ("fastwarc, decoding", lambda: fastwarc(options.crawl, parse_http=True, auto_decode="all")),
                ("fastwarc, reading", lambda: fastwarc(options.crawl, parse_http=True)),
                ("fastwarc, skipping", lambda: fastwarc(options.crawl, parse_http=False)),
            ):
                seconds, counts[name] = measure()
                rows.setdefault(name, []).append(seconds)
    size = os.path.getsize(options.crawl)
    print(f"{'':20}{'records':>9}{'seconds':>9}{'records/s':>11}{'MB/s':>7}")
    for name, seconds in rows.items():
        median = statistics.median(seconds)
        print(f"{name:20}{counts[name]:9}{median:9.3f}{counts[name] / median:11.0f}{size / median / 1e6:7.0f}")


if __name__ == "__main__":
    main()
