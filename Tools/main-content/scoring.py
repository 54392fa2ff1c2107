"""How good an extracted text is against the reviewed one."""
import collections

import numpy as np

from pages import words


def word_f1(text, reviewed):
    """The F1 of the words as bags; a page that has no main content wants an empty answer."""
    found, wanted = words(text), words(reviewed)
    if not wanted:
        return 0.0 if found else 1.0
    shared = sum((collections.Counter(found) & collections.Counter(wanted)).values())
    return 2 * shared / (len(found) + len(wanted))


def share_found(snippets, text):
    """The share of snippets that stand in a text, letter by letter but for case."""
    lower = text.lower()
    return float(np.mean([snippet.lower() in lower for snippet in snippets]))


def snippet_measure(pairs):
    """The F1 of the snippets found in some texts: those that must stand there are what is to be found."""
    hits = misses = faults = 0
    for truth, text in pairs:
        lower = text.lower()
        found = sum(snippet.lower() in lower for snippet in truth["with"])
        hits += found
        misses += len(truth["with"]) - found
        faults += sum(snippet.lower() in lower for snippet in truth["without"])
    return 2 * hits / max(2 * hits + misses + faults, 1)


def groups_of(truth):
    """The rows of the model card in which a page counts."""
    groups = [(truth["collection"], "all pages")]
    if truth["page_type"] != "page":
        groups.append((truth["collection"], truth["page_type"]))
    if truth.get("language"):
        groups.append((truth["collection"], truth["language"]))
    return groups


def figures(truths, texts):
    """For each collection and each type and language in it: how many pages, and the mean F1, or where there are
    snippets alone their F1; and the shares found of what a person said must stand in the text and must
    not. A page without an answer counts as an empty one."""
    rows, shares, snippets = (collections.defaultdict(list) for _ in range(3))
    for id, truth in truths.items():
        text = texts.get(id, "")
        if truth["main_content"] is None:
            snippets[truth["collection"], "all pages"].append((truth, text))
            continue
        for group in groups_of(truth):
            rows[group].append(word_f1(text, truth["main_content"]))
        for kind in ("with", "without"):
            if truth.get(kind):
                shares[truth["collection"], kind].append(share_found(truth[kind], text))
    found = {group: (len(values), float(np.mean(values))) for group, values in rows.items()}
    found |= {group: (len(pairs), snippet_measure(pairs)) for group, pairs in snippets.items()}
    found |= {group: (len(values), float(np.mean(values))) for group, values in shares.items()}
    return found
