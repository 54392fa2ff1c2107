"""The program that the model is for: its features, and what it makes of pages with a model."""
import itertools
import json
import os
import subprocess
import tempfile

from pages import read_features, records


class Program:
    """The path of a winnow, and a folder for what it writes."""

    def __init__(self, path, folder):
        self.path, self.folder = path, folder

    def features(self, pages, model=None):
        """Names of the features, and what the program knows of each page: those that models give only with
        the bytes of one."""
        path = os.path.join(self.folder, "features")
        options = []
        if model is not None:
            options = ["--model", os.path.join(self.folder, "first.model")]
            with open(options[1], "wb") as stream:
                stream.write(model)
        subprocess.run([self.path, "features", pages, "-o", path, *options], check=True)
        return read_features(path)

    def texts(self, pages, model):
        """The text that is kept of each page with a model, by id."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            names = ("definition.json", "main-content.model", "out.ndjson", "rejects.ndjson")
            definition, file, out, rejects = (os.path.join(folder, name) for name in names)
            with open(file, "wb") as stream:
                stream.write(model)
            with open(definition, "w") as stream:
                json.dump({
                    "input": {"use": "ndjson", "paths": [os.path.abspath(pages)]},
                    "stages": [{"use": "html"}, {"use": "boilerplate", "model": file}],
                    "output": {"use": "ndjson", "path": out},
                    "rejects": {"use": "ndjson", "path": rejects},
                }, stream)
            subprocess.run([self.path, "run", definition, "-q"], check=True)
            return {record["id"]: record["text"] for record in records(out)}

    def split(self, pages, groups):
        """Writes the pages of some files into one of each group: what groups says of their id. Returns the
        paths by group."""
        folder = tempfile.mkdtemp(dir=self.folder)
        paths = {
            group: os.path.join(folder, f"{number}.ndjson")
            for number, group in enumerate(sorted(set(groups.values())))
        }
        files = {group: open(path, "w") for group, path in paths.items()}
        for record in itertools.chain.from_iterable(map(records, pages)):
            if record["id"] in groups:
                files[groups[record["id"]]].write(json.dumps(record) + "\n")
        for file in files.values():
            file.close()
        return paths
