"""Variants of pages: what a site might have shown with less on it. What is left is main content or not as it
was, so that one review teaches more than a single page of each site can: not to count on what else is there."""
import json
import random

import lxml.etree
import lxml.html

from collection import CONTROL, HALF_SURROGATE

# Variants of each page.
VARIANTS = 2
# The chance that a row of siblings loses some, and the chance of a part to be gone.
THINNED, LOST = 0.5, 0.15
# Siblings that are a row, and the share of them that stays.
SHORTEST_ROW, STAYING = 4, (0.3, 0.8)
# The share of the page's words that a part may have.
PART = (0.01, 0.35)
# What stands behind a page's id in that of a variant.
MARK = "#variant-"
TEXTLESS = {"script", "style", "noscript"}


def original(id):
    """The id of the page that a variant is of; of any other page, its own."""
    return id.split(MARK)[0]


def variant_number(id):
    """Which of a page's variants it is, from 0 on; -1 for the page itself."""
    return int(id.split(MARK)[1]) if MARK in id else -1


def write_variants(records, path):
    """Writes the variants of each page, the same ones each time."""
    with open(path, "w") as file:
        for record in records:
            for number in range(VARIANTS):
                id = f"{record['id']}{MARK}{number}"
                html = variant(record["html"], random.Random(id))
                if html is not None:
                    file.write(json.dumps(record | {"id": id, "html": html}) + "\n")


def variant(html, chance):
    """A page without some of its parts; None if it has no body."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    source = CONTROL.sub(" ", HALF_SURROGATE.sub("\ufffd", html)).encode()
    try:
        document = lxml.html.document_fromstring(source, parser=parser)
    except lxml.etree.ParserError:
        return None
    body = document.find("body")
    if body is None:
        return None
    for element in lost(body, words_within(body), chance):
        element.drop_tree()
    return "<!DOCTYPE html>" + lxml.html.tostring(document, encoding="unicode")


def words_within(body):
    """How many words each element holds."""
    elements = list(body.iter())
    words = dict.fromkeys(elements, 0)
    # In reverse, an element comes behind all that it holds.
    for element in reversed(elements):
        if isinstance(element.tag, str) and element.tag not in TEXTLESS:
            words[element] += len((element.text or "").split())
        else:
            words[element] = 0
        if element is not body:
            words[element.getparent()] += words[element] + len((element.tail or "").split())
    return words


def lost(body, words, chance):
    """The elements that a variant does without, none of them within another."""
    found, open_elements = [], [body]
    while open_elements:
        children = [
            child for child in open_elements.pop()
            if isinstance(child.tag, str) and child.tag not in TEXTLESS
        ]
        thinned = thinned_rows(children, chance)
        for child in children:
            is_part = PART[0] < words[child] / max(words[body], 1) < PART[1]
            if child in thinned or is_part and chance.random() < LOST:
                found.append(child)
            else:
                open_elements.append(child)
    return found


def thinned_rows(children, chance):
    """Some of the siblings that are called alike: results, posts, items of a list."""
    rows = {}
    for child in children:
        name = (child.get("class") or "").split(" ")[0]
        rows.setdefault((child.tag, name), []).append(child)
    thinned = set()
    for row in rows.values():
        if len(row) >= SHORTEST_ROW and chance.random() < THINNED:
            staying = chance.uniform(*STAYING)
            thinned.update(child for child in row if chance.random() > staying)
    return thinned
