"""Names of files that name a person: a report names its files, so such a file is refused until it has another name.

What enters: the names of files as they were given. What leaves: nothing, or a refusal that does not show the name.
"""

import re
from collections.abc import Iterable
from functools import cache

from ledger287.core.problem import Refused
from ledger287.core.text import without_accents
from ledger287.custody.case.event_words import known_words
from ledger287.custody.case.vocabulary import vocabulary
from ledger287.custody.intake.people.number_words import names, ordinary
from ledger287.custody.intake.times.values import with_article
from ledger287.ledger.query.parameters import read_state

LAST_FIRST = re.compile(r"([A-Z][A-Za-z'’-]+), ?([A-Z][A-Za-z'’-]+)")


def refuse_named_files(given: Iterable[str]) -> None:
    """Raises Refused where a part of a file's path looks like a person's name or number."""
    for name in given:
        for part in re.split(r"[/\\]", name):
            if look := _named(part):
                hidden = re.sub(r"\d", "9", re.sub(r"[^\W\d_]", "x", part))
                raise Refused(
                    f"a file or folder whose name looks like {with_article(look)} ({hidden}, its letters not shown): "
                    "every report names its files. Give it another name."
                )


def _named(part: str) -> str | None:
    """What a part of a path looks like that names a person: an A-number, a social security number, `Last, First`."""
    inside = vocabulary()["personal"]["inside"]
    for look in ("A-number", "social security number"):
        if re.search(inside[look], part):
            return look
    for both in LAST_FIRST.finditer(without_accents(part)):
        words = {word.lower() for word in both.groups()}
        places = vocabulary()["personal"]["places_after"]
        after = re.match(r"[ _-]+([A-Za-z]+)", without_accents(part)[both.end() :])
        if words & ordinary() or any(map(_is_state, both.groups())) or (after and after.group(1).lower() in places):
            continue
        if words <= names() or (words & names() and not words & _of_files()):
            return "person's name"
    return None


@cache
def _of_files() -> frozenset[str]:
    """Words of files and of what jails record, one or several."""
    single = {*known_words(), *ordinary(), *vocabulary()["personal"]["file_words"]}
    return frozenset(single | {f"{word}s" for word in single})


def _is_state(word: str) -> bool:
    try:
        return bool(read_state(word))
    except Refused:
        return False
