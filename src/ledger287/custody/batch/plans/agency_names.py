"""Words in a column of agencies, or typed for one, that look like a person's: such a table is refused.

What enters: the words, and the record where there is one. What leaves: nothing, or a refusal that shows no word. An
agency that the record knows passes, whatever its name looks like.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ledger287.core.query_error import QueryError, QueryField
from ledger287.custody.batch.opening import Opened
from ledger287.custody.batch.plans.agencies import agencies_of
from ledger287.custody.case.vocabulary import surnames, vocabulary
from ledger287.custody.intake.columns.assigning import personal
from ledger287.custody.intake.people.named_numbers import counties
from ledger287.custody.intake.times.values import names_someone, with_article

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger

NAME = "person's name"
MOST_PARTS = 3
"""A person's name has so many words at most, a title apart."""


def refuse_persons(opened: Sequence[Opened], words: Iterable[str], typed: str | None, ledger: "Ledger | None") -> None:
    """Refuses a word in a column of agencies, or the one that is typed for all, that looks like a person's."""
    every = list(dict.fromkeys((*words, *([typed] if typed else ()))))
    found = {word: look for word in every if (look := look_of(word))}
    alone = [word for word in every if word.strip().lower() in surnames()]
    # A county may have the name of a family; most of a column of them are not of counties.
    if len(alone) >= MOST_PARTS and 2 * len(alone) > len(every):
        found |= {word: NAME for word in alone if (word.strip().lower(),) not in counties(frozenset())}
    if found and ledger is not None:
        known = agencies_of(ledger, [(word, None, None) for word, look in found.items() if look == NAME])
        found = {word: look for word, look in found.items() if word not in {one.name for one in known if one.known}}
    for word, look in found.items():
        if word == typed:
            says = f": expected an agency, found a value that looks like {with_article(look)} (not shown)."
            raise QueryError("personal", QueryField("agency"), says)
        raise personal(opened[0].first.path, "agency", f"a value that looks like {with_article(look)}")


def look_of(word: str) -> str | None:
    """What a word for an agency looks like that is a person's: a number, or a name; None where it is of a place."""
    look = names_someone(word)
    if look is not None and look != NAME:
        return look
    declared = vocabulary()["personal"]
    parts = [part.lower() for part in re.findall(r"[A-Za-z][A-Za-z'’]*", word)]
    if {*parts} & {*declared["not_names"], *declared["place_headings"], *declared["agency_words"]}:
        return None
    rest = [part for part in parts if part not in declared["titles"] and len(part) > 1]
    titled = len(rest) < len([part for part in parts if len(part) > 1])
    if not 0 < len(rest) <= MOST_PARTS or tuple(rest) in counties(frozenset()):
        return None
    # "LAST, FIRST" and a title before a word are names; two words are one where a common surname is among them.
    named = titled or ("," in word and look == NAME) or (len(parts) > 1 and bool({*rest} & surnames()))
    return NAME if named else None
