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


def figures(truth, texts):
    """Means over all pages: F1 by page type and of all, and the shares found of what a person said must
    stand in the text and must not. A page without an answer counts as an empty one."""
    types = collections.defaultdict(list)
    shares = {"with": [], "without": []}
    for id, page in truth.items():
        text = texts.get(id, "")
        types[page["page_type"]].append(word_f1(text, page["main_content"]))
        for kind, values in shares.items():
            if page.get(kind):
                values.append(share_found(page[kind], text))
    means = {kind: float(np.mean(values)) for kind, values in sorted(types.items())}
    means["all pages"] = float(np.mean([value for values in types.values() for value in values]))
    means.update((kind, float(np.mean(values))) for kind, values in shares.items() if values)
    return means
