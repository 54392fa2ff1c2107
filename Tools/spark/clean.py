#!/usr/bin/env python3
"""usage: spark-submit clean.py MAP.json REDUCE.json PAGES PARTS [PARTITIONS]

PAGES are records as NDJSON, with ids. Each partition goes through `winnow run` with MAP.json, whose stages look at one
record alone (html, boilerplate, language, ...), in order, to a file in the folder PARTS; rejects of partition 3 are in
PARTS.rejects-3.ndjson. REDUCE.json has the stages that compare records (near_duplicates, ...); it reads these files and
writes to its own output. The bytes are those of one run with all stages.
"""
import subprocess, sys, threading
from pyspark import SparkContext
from pyspark.accumulators import AddingAccumulatorParam

def feed(pipe, lines):
    try:
        with pipe: pipe.writelines(line + b"\n" for line in lines)
    except BrokenPipeError: pass  # Why it reads no more is among its messages.

def clean(number, lines, definition, parts):
    rejects = f"{parts}.rejects-{number}.ndjson"
    command = ["winnow", "run", definition, "-", "--format", "ndjson", "-j", "1", "-o", "-", "--rejects", rejects]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    messages = []
    threads = [threading.Thread(target=lambda: messages.append(program.stderr.read().decode(errors="replace"))),
               threading.Thread(target=feed, args=(program.stdin, lines))]
    for thread in threads: thread.start()
    yield from (line.rstrip(b"\n") for line in program.stdout)
    for thread in threads: thread.join()
    if program.wait() != 0: raise RuntimeError(f"winnow, partition {number}: {messages[0]}")
    said.add([f"partition {number}: {messages[0]}"])

def main(map_definition, reduce_definition, pages, parts, partitions="2"):
    lines = context.textFile(pages, int(partitions), use_unicode=False)
    lines.mapPartitionsWithIndex(lambda *part: clean(*part, map_definition, parts)).saveAsTextFile(parts)
    sys.stderr.writelines(said.value)
    return subprocess.run(["winnow", "run", reduce_definition, f"{parts}/part-*", "--format", "ndjson"]).returncode

if __name__ == "__main__":
    context = SparkContext(appName="winnow")
    said = context.accumulator([], AddingAccumulatorParam([]))
    sys.exit(main(*sys.argv[1:]))
