#!/usr/bin/env python3
"""Fails where the folders of one target need each other in a circle, or a stage imports another.

    Tools/floors/floors.py [Sources]      checks a tree; the default is the project's
    Tools/floors/floors.py --self-test    checks that a planted circle is found

A folder needs another one when a file in it names a type that only the other one declares. Comments and
strings do not count, nor do names that several folders of the target declare, nor those that the file itself
declares. Where a stage's own name qualifies another (`HTML.Settings`), what counts is where that other one is
declared. Each folder is a floor of its own; the files beside the folders are one, too.
"""

import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

DECLARATION = re.compile(
    r"^(?P<indent> *)(?:@\w+(?:\([^)]*\))? +)*(?:(?:public|package|internal|fileprivate|private|final|indirect"
    r"|nonisolated|borrowing) +)*(?P<kind>struct|class|enum|protocol|actor|typealias) +(?P<name>\w+)",
    re.MULTILINE,
)
PRIVATE = re.compile(r"\b(?:file)?private\b")
QUALIFIED = re.compile(r"(?<![\w.])([A-Z]\w*)\.([A-Z]\w*)")
EXTENSION = re.compile(r"^(?:(?:public|package|private|fileprivate) +)?extension +([A-Z]\w*) *\{", re.MULTILINE)
WORD = re.compile(r"(?<![\w.])[A-Z]\w*")
IMPORT = re.compile(r"^(?:@\w+ +)?(?:(?:public|package|internal) +)?import +(?:\w+ +)?(\w+)", re.MULTILINE)


def code(text: str) -> str:
    """The text without comments and strings; what an interpolation holds is lost, too."""
    text = re.sub(r'(#*)"""(?:.|\n)*?"""\1', '""', text)
    text = re.sub(r"/\*(?:.|\n)*?\*/", "", text)
    lines = []
    for line in text.split("\n"):
        line = re.sub(r'(#+)".*?"\1', '""', line)
        line = re.sub(r'"(?:\\.|[^"\\])*"', '""', line)
        lines.append(line.split("//")[0])
    return "\n".join(lines)


def declared(text: str) -> set[str]:
    """The types that a file declares at its outermost level, for others to see."""
    return {
        found["name"]
        for found in DECLARATION.finditer(text)
        if not found["indent"] and not PRIVATE.search(found.group())
    }


def nested(text: str, owner: str) -> set[str]:
    """The types that a file declares inside `owner`, qualified by it."""
    outer = None
    names = set()
    for line in text.split("\n"):
        if line[:1] not in ("", " ", "}"):
            words = re.findall(r"\w+", line.split("{")[0].split(":")[0])
            outer = words[-1] if words else None
        found = DECLARATION.match(line)
        if found and len(found["indent"]) == 2 and outer == owner and not PRIVATE.search(found.group()):
            names.add(f"{owner}.{found['name']}")
    return names


def needs(target: Path) -> dict[str, dict[str, list[str]]]:
    """For each folder of a target the other ones that it needs, and an example of why."""
    texts = {file: code(file.read_text()) for file in sorted(target.rglob("*.swift"))}
    homes: dict[str, set[str]] = defaultdict(set)
    for file, text in texts.items():
        for name in declared(text) | nested(text, target.name):
            homes[name].add(folder(file, target))
    edges: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file, text in texts.items():
        here = folder(file, target)
        own = {found["name"] for found in DECLARATION.finditer(text)}
        for name in sorted(names(text, target.name) - own):
            there = homes.get(name, set())
            if len(there) == 1 and here not in there:
                edges[here][next(iter(there))].append(f"{file.name} names {name}")
    return edges


def names(text: str, owner: str) -> set[str]:
    """The types that a file names."""
    for outer, inner in QUALIFIED.findall(text):
        if outer == owner:
            text = text.replace(f"{outer}.{inner}", f"{outer}_{inner} ")
    text = EXTENSION.sub(lambda found: "" if found[1] == owner else found[0], text)
    return {word.replace(f"{owner}_", f"{owner}.") for word in WORD.findall(text)}


def folder(file: Path, target: Path) -> str:
    return file.parent.relative_to(target).as_posix()


def circles(edges: dict[str, dict[str, list[str]]]) -> list[list[str]]:
    """The strongly connected components with more than one folder."""
    reach: dict[str, set[str]] = {}
    for start in edges:
        seen, ahead = set(), list(edges[start])
        while ahead:
            next_one = ahead.pop()
            if next_one not in seen:
                seen.add(next_one)
                ahead.extend(edges.get(next_one, {}))
        reach[start] = seen
    found = {
        tuple(sorted(b for b in reach if b in reach[a] and a in reach[b]))
        for a in reach
        if a in reach[a]
    }
    return [list(circle) for circle in sorted(found)]


def targets(sources: Path) -> list[Path]:
    """Each folder under Sources is a target, and each one under Sources/Stages."""
    top = [path for path in sorted(sources.iterdir()) if path.is_dir() and path.name != "Stages"]
    stages = sources / "Stages"
    return top + (sorted(p for p in stages.iterdir() if p.is_dir()) if stages.is_dir() else [])


def complaints(sources: Path) -> list[str]:
    said = []
    for target in targets(sources):
        edges = needs(target)
        for circle in circles(edges):
            said.append(f"{target}: a circle among the folders {', '.join(circle)}:")
            for a in circle:
                for b in circle:
                    if a != b and edges[a].get(b):
                        said.append(f"  {a} needs {b}: {'; '.join(edges[a][b][:6])}")
    stages = sources / "Stages"
    for file in sorted(stages.rglob("*.swift")) if stages.is_dir() else []:
        own = file.relative_to(stages).parts[0] + "Stage"
        for name in IMPORT.findall(code(file.read_text())):
            if name.endswith("Stage") and name != own:
                said.append(f"{file}: a stage does not import another, but this file imports {name}.")
    return said


def self_test() -> None:
    """A circle, an import of another stage and a clean house, in a folder of their own."""
    with tempfile.TemporaryDirectory() as scratch:
        sources = Path(scratch)
        files = {
            "House/Up/Roof.swift": "package struct Roof {\n  var floor: Floor\n}\n",
            "House/Down/Floor.swift": "struct Floor {}\n",
            "Stages/HTML/HTML.swift": "import Bytes\nstruct HTML {}\n",
        }
        for name, text in files.items():
            (sources / name).parent.mkdir(parents=True, exist_ok=True)
            (sources / name).write_text(text)
        assert complaints(sources) == [], complaints(sources)
        (sources / "House/Down/Floor.swift").write_text(
            "/// Not under a Roof.\nstruct Floor {\n  let text = \"Roof\"\n}\n")
        assert complaints(sources) == [], complaints(sources)
        (sources / "House/Down/Floor.swift").write_text("struct Floor {\n  unowned let roof: [Roof]\n}\n")
        assert "Down needs Up: Floor.swift names Roof" in "\n".join(complaints(sources))
        (sources / "Stages/HTML/HTML.swift").write_text("package import LanguageStage\n")
        assert "this file imports LanguageStage" in complaints(sources)[-1]


def main() -> int:
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return 0
    sources = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parents[2] / "Sources"
    said = complaints(sources)
    print("\n".join(said) if said else "No circle among folders; no stage imports another.")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
