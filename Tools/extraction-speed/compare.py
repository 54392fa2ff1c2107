#!/usr/bin/env python3
"""Compares the processor time of winnow's main content extraction with resiliparse's, side by side.

usage: compare.py PAGES.ndjson [--winnow PATH] [--rounds N]

PAGES.ndjson has one page a line, with "id", "url" and "html". Both sides get the same pages, in turn,
on one thread, N times; medians count. resiliparse is charged with
`extract_plain_text(html, main_content=True)` alone, neither with JSON nor with writing; beside it stand
the stages `html` and `boilerplate`, which also find the metadata, as winnow's report has them, and all
that winnow's process does: start, JSON, decoding, the stages and writing the records.

Needs what requirements.txt lists, and the release build of winnow (`make build`).
"""
import argparse, json, os, pathlib, resource, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def winnow_seconds(program, definition, report):
    """Processor time of the two stages, and of the whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "run", definition, "-j", "1", "-q", "--report", report], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(report) as file:
        stages = [stage["cpu_seconds"] for stage in json.load(file)["stages"] if stage["use"]]
    return sum(stages), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def resiliparse_seconds(pages):
    from resiliparse.extract.html2text import extract_plain_text

    start = time.process_time()
    for html in pages:
        extract_plain_text(html, main_content=True)
    return time.process_time() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("--winnow", default=str(ROOT / ".build/release/winnow"))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with open(options.pages, encoding="utf-8") as file:
        pages = [json.loads(line)["html"] for line in file]
    stages, whole, theirs = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        definition = os.path.join(folder, "extraction.json")
        with open(definition, "w") as file:
            json.dump({
                "input": {"use": "ndjson", "paths": [os.path.abspath(options.pages)]},
                "stages": [{"use": "html"}, {"use": "boilerplate"}],
                "output": {"use": "ndjson", "path": os.path.join(folder, "out.ndjson")},
            }, file)
        for _ in range(options.rounds):
            both = winnow_seconds(options.winnow, definition, os.path.join(folder, "report.json"))
            stages.append(both[0])
            whole.append(both[1])
            theirs.append(resiliparse_seconds(pages))
    rows = ("html + boilerplate", stages), ("winnow, all of it", whole), ("resiliparse", theirs)
    for name, seconds in rows:
        median = statistics.median(seconds)
        print(f"{name:18} {median:7.2f} CPU s  {len(pages) / median:6.0f} pages/s  "
              f"({min(seconds):.2f}–{max(seconds):.2f})")
    for name, seconds in rows[:2]:
        ratio = statistics.median(theirs) / statistics.median(seconds)
        print(f"resiliparse takes {ratio:.2f} × the processor time of {name}")


if __name__ == "__main__":
    sys.exit(main())
