"""The collections of pages that a model is trained with, whatever form they come in."""
import collections
import hashlib
import json
import os
import re
import subprocess
import tarfile

from pages import records, registered_domain

# What is no character: half surrogates; and what libxml2 does not take.
HALF_SURROGATE = re.compile("[\ud800-\udfff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:-]+)")
# How far into a page it says what its characters are.
HEAD = 2048


class Collection:
    """Pages and their truths. A truth has `main_content`, the reviewed text, or only snippets that the text
    must have (`with`) and must not (`without`)."""

    def __init__(self, settings, folder):
        self.name, self.about = settings["name"], settings["about"]
        self.licence = settings["licence"]
        # What a page counts, and what a page of a type counts beside another one.
        self.weight, self.weight_of_type = settings.get("weight", 1), settings.get("weight_of_type", {})
        # What its reviewers leave out though others count it: titles, captions.
        self.leaves_out = settings.get("leaves_out", [])
        self.most_of_a_site = settings.get("most_of_a_site")
        self.paths = [os.path.join(folder, settings[key]) for key in ("pages", "truth") if key in settings]

    def read(self):
        """The records of all pages that have a truth, and the truths by id. Ids begin with the collection's
        name: other ones may have the same."""
        pages, truths = self.archive() if len(self.paths) == 1 else map(records, self.paths)
        found = {}
        for truth in truths:
            truth = {"page_type": "page", "title": None, "main_content": None} | truth
            truth |= {"id": f"{self.name}/{truth['id']}", "collection": self.name}
            truth["domain"] = registered_domain(truth.get("url") or f"//{truth.get('site', '')}") or truth["id"]
            found[truth["id"]] = truth
        kept = []
        for page in pages:
            page = {"id": f"{self.name}/{page['id']}", "url": page["url"], "html": page["html"]}
            page["html"] = HALF_SURROGATE.sub("\ufffd", page["html"])
            if page["id"] in found:
                kept.append(page)
        return kept, found

    def archive(self):
        """The pages and truths of a tar archive or a folder: pages/*.html as they were found, truth.ndjson."""
        path = self.paths[0]
        if os.path.isdir(path):
            with open(os.path.join(path, "truth.ndjson"), "rb") as file:
                truths = [json.loads(line) for line in file]
            files = {}
            for truth in truths:
                with open(os.path.join(path, "pages", truth["id"]), "rb") as file:
                    files[truth["id"]] = file.read()
        else:
            files = {}
            stream = subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE).stdout
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                for member in archive:
                    if member.isfile():
                        files[os.path.basename(member.name)] = archive.extractfile(member).read()
            truths = [json.loads(line) for line in files.pop("truth.ndjson").splitlines()]
        pages = [
            {"id": truth["id"], "url": truth["url"], "html": decoded(files[truth["id"]])}
            for truth in truths if truth["id"] in files
        ]
        return pages, truths

    def of_few_sites(self, truths):
        """The ids that are trained with: of no site more than so many, the same ones each time."""
        if self.most_of_a_site is None:
            return set(truths)
        taken, kept = collections.Counter(), set()
        for id in sorted(truths, key=lambda id: hashlib.sha256(id.encode()).digest()):
            domain = truths[id]["domain"]
            taken[domain] += 1
            if taken[domain] <= self.most_of_a_site:
                kept.add(id)
        return kept


def decoded(page):
    """A page's characters: what it declares, if it is that; else UTF-8 or Windows-1252."""
    declared = DECLARED.search(page[:HEAD])
    for charset in filter(None, ("utf-8", declared and declared[1].decode())):
        try:
            return page.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return page.decode("cp1252", errors="replace")


def read_collections(path, folder):
    """The collections that a file names, their files in a folder."""
    with open(path, encoding="utf-8") as file:
        return [Collection(settings, folder) for settings in json.load(file)]
