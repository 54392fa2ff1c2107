#!/usr/bin/env python3
"""Kills runs with a state at random moments, and compares what they leave with what a run leaves that
is not killed.

usage: kill.py PAGES.ndjson [--winnow PATH] [--kills N] [--seed N] [--keep]

PAGES.ndjson has one page a line, with "id", "url" and "html"; some hundred pages are enough. The
pipeline is html, boilerplate, near_duplicates and repeated_blocks, with a checkpoint about every
fortieth of the input. There are three variants, each killed N times (default 200): plain output from a
file, zstd from standard input, gzip from a file on one thread.

A night is a run that is killed with SIGKILL and started again with the same command until it is done.
Every second night begins with the state of an earlier run over half of the pages. Three kills of four
come after a random time; the others when the run has come to its end and gives the files their names.
After each night output, rejects and the exported index must be those of the run that was not killed,
byte for byte (the moments at which runs started aside). The first difference ends the program with exit
code 1 and leaves everything where it says.

Needs the release build of winnow, and nothing but Python.
"""
import argparse, json, pathlib, random, shutil, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
STAGES = ["html", "boilerplate", "near_duplicates", "repeated_blocks"]
CHECKPOINTS = 40

VARIANTS = [
    ("plain", "ndjson", ["-j", "2"], False),
    ("zstd", "ndjson.zst", ["-j", "2"], True),
    ("gzip", "ndjson.gz", ["-j", "1"], False),
]


class Place:
    """A folder with a definition and the commands to run in it."""

    def __init__(self, folder, winnow, pages, ending, jobs, is_piped):
        self.folder, self.winnow, self.pages = folder, winnow, pages
        self.jobs, self.is_piped = jobs, is_piped
        self.files = [f"out.{ending}", f"rejects.{ending}"]
        definition = {
            "input": {"use": "ndjson", "paths": ["-" if is_piped else str(pages)]},
            "stages": [{"use": stage} for stage in STAGES],
            "output": {"use": "ndjson", "path": self.files[0]},
            "rejects": {"use": "ndjson", "path": self.files[1]},
            "run": {
                "batch": "64 KiB",
                "state": "state",
                "state_memory": "16 MiB",
                "checkpoint_bytes": f"{pages.stat().st_size // CHECKPOINTS // 1024 + 1} KiB",
            },
        }
        (folder / "pipeline.json").write_text(json.dumps(definition))

    def start(self):
        source = open(self.pages, "rb") if self.is_piped else subprocess.DEVNULL
        command = [self.winnow, "run", "pipeline.json", "-q", *self.jobs]
        return subprocess.Popen(command, cwd=self.folder, stdin=source, stderr=subprocess.PIPE)

    def finish(self, process):
        errors = process.communicate()[1].decode()
        if process.returncode != 0:
            sys.exit(f"exit code {process.returncode} in {self.folder}:\n{errors}")

    def is_done(self):
        """Whether a run that was killed had come to its end: the same command would begin the next."""
        if not (self.folder / self.files[0]).exists():
            return False
        stats = subprocess.run(
            [self.winnow, "index", "stats", "pipeline.json", "--json"],
            cwd=self.folder, check=True, capture_output=True).stdout
        return json.loads(stats)["runs"][-1]["finished"]

    def clear(self, state=None):
        for path in self.folder.iterdir():
            if path.name == "state":
                shutil.rmtree(path)
            elif path.name != "pipeline.json":
                path.unlink()
        if state:
            shutil.copytree(state, self.folder / "state")

    def result(self):
        """Output, rejects and the index, without the lines that tell when runs started."""
        export = subprocess.run(
            [self.winnow, "index", "export", "pipeline.json"],
            cwd=self.folder, check=True, capture_output=True).stdout
        entries = [line for line in export.splitlines() if not line.startswith(b'{"run"')]
        left = [path.name for path in self.folder.glob("*.partial")]
        return [(self.folder / file).read_bytes() for file in self.files] + [entries, left]


def kill(process, place, moments, seconds):
    """Kills a run, unless it ends before. Returns whether it was killed."""
    if moments.random() < 0.75:
        # Short enough for several kills on the way, long enough for a step ahead.
        time.sleep(moments.random() * seconds * 0.4)
    else:
        rejects = place.folder / place.files[1]
        while not rejects.exists() and process.poll() is None:
            time.sleep(0.0005)
        time.sleep(moments.random() * 0.01)
    process.kill()
    process.wait()
    return process.returncode != 0


def nights(place, states, expected, kills, moments, seconds):
    count = night = behind = 0
    most = 0
    while count < kills:
        place.clear(states[night % 2])
        own = 0
        while True:
            process = place.start()
            if count + own < kills and kill(process, place, moments, seconds):
                if process.returncode != -9:
                    sys.exit(f"{place.folder}: {process.communicate()[1].decode()}")
                own += 1
                behind += (place.folder / place.files[1]).exists()
                process.stderr.close()
                if place.is_done():
                    break
            else:
                place.finish(process)
                break
        count += own
        most = max(most, own)
        if place.result() != expected[night % 2]:
            sys.exit(f"night {night + 1} differs after {own} kills: {place.folder}")
        night += 1
    return night, most, behind


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("pages", type=pathlib.Path)
    parser.add_argument("--winnow", default=str(ROOT / ".build/release/winnow"))
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="winnow-kill-"))
    print(f"seed {options.seed}, in {folder}")
    lines = options.pages.read_bytes().splitlines(keepends=True)
    half = folder / "half.ndjson"
    half.write_bytes(b"".join(lines[: len(lines) // 2]))
    for name, ending, jobs, is_piped in VARIANTS:
        moments = random.Random(f"{options.seed} {name}")
        (folder / name).mkdir()
        (folder / f"{name}-before").mkdir()
        before = Place(folder / f"{name}-before", options.winnow, half, ending, jobs, is_piped)
        before.finish(before.start())
        states = [None, before.folder / "state"]
        place = Place(
            folder / name, options.winnow, options.pages.resolve(), ending, jobs, is_piped)
        expected = []
        for state in states:
            place.clear(state)
            started = time.monotonic()
            place.finish(place.start())
            seconds = time.monotonic() - started
            expected.append(place.result())
        night, most, behind = nights(
            place, states, expected, options.kills, moments, seconds)
        print(
            f"{name}: {options.kills} kills in {night} nights, up to {most} in one, {behind} behind the "
            f"last record; all as without ({seconds:.1f} s, "
            f"{len(expected[0][0]):,} and {len(expected[0][1]):,} bytes)", flush=True)
    if not options.keep:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
