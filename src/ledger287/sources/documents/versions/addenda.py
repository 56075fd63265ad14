"""The addenda that are bound with an agreement, apart from its own pages, and each against the form of addenda.

What enters: the text of a document's pages. What leaves: the document's own pages; its addenda, page by page; and of
each what differs from the declared form that is nearest, or that no form is near. The module promises that an addendum
whose words are in no known form is never passed over in silence.
"""

import re
from collections.abc import Mapping, Sequence

from ledger287.sources.documents.fields.signed_pages.signatures import LABELED, is_addendum
from ledger287.sources.documents.versions.clauses import Alignment, Version, addendum_forms, alignment, hash_of
from ledger287.sources.documents.versions.words import words_of

HEADING = re.compile(r"(?im)^\W*adde.{0,8}\s+(?:n\S{1,6}\s+\w{1,3}\s+)?to\s+(?:mod\s?ify\s+|the\s+)?mem")
"""The heading of an addendum, which is at the end of a document."""
MOST_PAGES = 3
"""On so many pages at most the signatures of an addendum follow its heading."""
NEAR = 0.5
"""The share of a form's words that an addendum has at least, in their order; one with fewer is of another form."""


def own_pages(texts: Mapping[int, str]) -> dict[int, str]:
    """The pages of a document without its addenda, which are no part of its form."""
    kept = dict(texts)
    for addendum in addenda_of(texts):
        for number, text in addendum.items():
            kept[number] = texts[number].removesuffix(text)
    return {number: text for number, text in kept.items() if text or HEADING.search(texts[number])}


def addenda_of(texts: Mapping[int, str]) -> list[dict[int, str]]:
    """The pages of each addendum, the first from its heading on."""
    found: list[dict[int, str]] = []
    for number, text in sorted(texts.items()):
        if any(number in addendum for addendum in found):
            continue
        heading = HEADING.search(text)
        if heading is None and not is_addendum(text):
            continue
        last = _signed_on(texts, number)
        found.append({number: text[heading.start() :] if heading else text})
        found[-1].update({page: texts[page] for page in range(number + 1, last + 1)})
    return found


def _signed_on(texts: Mapping[int, str], first: int) -> int:
    """The page with the signatures of an addendum that begins on a page; that page itself where none follows soon."""
    for number in range(first, first + MOST_PAGES):
        text = texts.get(number)
        if text is None or (number > first and HEADING.search(text)):
            break
        if is_addendum(text):
            return number
    return first


def without_signatures(addendum: Mapping[int, str]) -> dict[int, str]:
    """An addendum's words, without what is behind the first label of a day on its last page."""
    *before, last = addendum
    kept = []
    for line in addendum[last].splitlines():
        if LABELED.match(line.strip()):
            break
        kept.append(line)
    return {**{number: addendum[number] for number in before}, last: "\n".join(kept)}


def against_form(addendum: Mapping[int, str], names: Sequence[str]) -> tuple[Version, Alignment] | None:
    """The form that an addendum is nearest to, and what differs; None where it is near none."""
    from rapidfuzz.distance import LCSseq

    texts = without_signatures(addendum)
    marks = [hash_of(word.text) for word in words_of(texts)]
    ranked = [(LCSseq.similarity(form.words, marks) / len(form.words), form) for form in addendum_forms()]
    share, form = max(ranked, key=lambda row: row[0], default=(0.0, None))
    if form is None or share < NEAR:
        return None
    return form, alignment(form, texts, names)
