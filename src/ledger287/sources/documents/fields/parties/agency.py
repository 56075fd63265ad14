"""Which agency a document names, and its state.

What enters: the lines of pages, by number: with positions where there are any. What leaves: two fields, as the
document names them, without the state in the agency's name. The name is looked for in three places: the sentence of
the parties, the line repeated at the foot of the pages, and the signature block. The module promises that ``read``
needs two of them, or one that is printed clearly.
"""

import re
from collections import Counter
from collections.abc import Mapping

from ledger287.sources.documents.declaring import common_words, forms
from ledger287.sources.documents.fields.field import Field, unread
from ledger287.sources.documents.fields.parties.names import (
    BODY,
    OF_PLACE,
    letters_of,
    same_name,
    shaped,
    without_state,
)
from ledger287.sources.documents.fields.parties.others import is_another
from ledger287.sources.documents.fields.parties.printed import ANOTHER, REPRESENTED, NamePrint, places_of_name
from ledger287.sources.documents.fields.parties.spelling import is_part, spelled
from ledger287.sources.documents.fields.parties.state import state_of, state_within
from ledger287.sources.documents.pages.page import ReadPage


def agency_of(texts: Mapping[int, str], pages: Mapping[int, ReadPage]) -> tuple[Field, Field]:
    """The agency as the document names it, and its state."""
    found = places_of_name(texts, pages)
    groups: list[list[NamePrint]] = []
    for one in found:
        group = next((group for group in groups if _are_prints_of_one(group[0].name, one.name)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    if not groups:
        return unread("no name was found where forms print it"), state_of(None, None, texts)
    groups.sort(key=lambda group: (len({one.where for one in group}), len(group)), reverse=True)
    best = groups[0]
    name, state = without_state(_clearest(best))
    places = sorted({one.where for one in best})
    rivals = [group for group in groups[1:] if len(places) > 1 and _is_rival(group, len(places), name, texts)]
    sure = (len(places) > 1 or (len(best) > 2 and shaped(name))) and not rivals
    why = f"printed in {', '.join(places)}"
    if rivals and any(is_another(name, one.name) for group in rivals for one in group):
        why = f"{why}; {ANOTHER} ({rivals[0][0].name})"
    if name[:1].islower():
        sure, rivals, why = False, rivals or [best], f"{why}, without its beginning"
    if not sure and not rivals and (short := next((one.short for one in best if one.short), None)):
        sure = short == _initials(name)
        why += f", with its short form {short}" if sure else ""
    if not sure and not rivals and _in_two_blanks(best) and BODY.search(name):
        sure, why = True, f"printed in {best[0].where}, twice and alike"
    if not sure and not rivals and BODY.search(name) and shaped(name) and not re.search(r"[^A-Za-z .,'&\-]", name):
        again = _printed_on(name, texts)
        sure = len(again - {best[0].page}) >= AGAIN
        why += f", and letter by letter on {len(again)} pages" if sure else ""
    if (
        not sure
        and all(is_part(one.name, name) for group in rivals for one in group)
        and name[:1].isupper()
        and (other := spelled(name, texts))
    ):
        name, sure, why = other, True, f"{why}, spelled as other places of the document have it"
    field = Field(name, "read" if sure else "doubt", best[0].page, None, why, len(best) / len(found))
    if not state:
        state = state_within(name)
    if not state:
        state = next((found_state for one in found if (found_state := without_state(one.name)[1])), None)
    return field, state_of((state, best[0].page) if state else None, name, texts)


def _are_prints_of_one(one: str, other: str) -> bool:
    """Whether two prints are of one name: alike, and not of two places that have their kind of office in common."""
    return same_name(one, other) and not is_another(one, other)


def _is_rival(group: list[NamePrint], places: int, name: str, texts: Mapping[int, str]) -> bool:
    """Whether another name speaks against the best one: in as many places, or another body's in two of them or blanks.

    A page of signatures of another agency, bound in, is one place: it is a problem of its own. A first page of another
    is not: its sentence of the parties counts where the page prints that body's name a second time.

    The foot of the page of signatures counts as their block, so that a foot left over from another agency has two.
    """
    where = {one.where for one in group}
    twice = (len(where) > 1 and len({one.page for one in group}) > 1) or _in_two_blanks(group)
    twice = twice or any(one.where == PARTY and _twice_on(one, texts) for one in group)
    others = (one.name for one in group if not OFFICER.search(one.name))
    return len(where) >= places or (twice and any(is_another(name, other) for other in others))


OFFICER = re.compile(r"(?i)\bchief of police\b")
"""A person with an office, as points of contact are printed: no body of its own."""


def _twice_on(one: NamePrint, texts: Mapping[int, str]) -> bool:
    """Whether a page prints a name more than once, letter by letter."""
    return letters_of(texts.get(one.page, "")).count(letters_of(one.name)) > 1


PARTY = "the sentence of the parties"
AGAIN = 1
"""On so many more pages a name must be printed letter by letter to be confirmed."""


def _printed_on(name: str, texts: Mapping[int, str]) -> set[int]:
    """The pages whose text prints a name, letter by letter; of a sheriff's office, the sheriff of that name counts."""
    wanted = re.sub(r"sheriffsoffice$", "sheriff", letters_of(name))
    return {number for number, text in texts.items() if wanted in letters_of(text)}


def _initials(name: str) -> str:
    words = (word for word in re.findall(r"[A-Za-z]+", name) if word.casefold() not in ("of", "the", "and", "s"))
    return "".join(word[0].upper() for word in words)


def _in_two_blanks(group: list[NamePrint]) -> bool:
    """Whether two blanks of the sentence of the parties were filled with one name, letter by letter."""
    blanks: dict[str, set[int]] = {}
    for one in group:
        if one.where == PARTY:
            blanks.setdefault(letters_of(one.name), set()).add(one.blank)
    return any(len(filled) > 1 for filled in blanks.values())


def _clearest(group: list[NamePrint]) -> str:
    """The print of a name that most others are like; where two are, the one that is met more often.

    A name that is printed with what comes before it (Town of) anywhere keeps it.
    """
    from rapidfuzz import fuzz

    named = [one for one in group if one.blank != REPRESENTED or BODY.search(one.name)]
    counted = Counter(one.name for one in named or group)
    best = max(
        counted,
        key=lambda name: (
            not re.search(r"[^A-Za-z0-9 .,'&()/\-]|\\", name),
            sum(fuzz.ratio(name, other) * many for other, many in counted.items()),
            len(name),
        ),
    )
    fuller = [
        name
        for name in counted
        if name.casefold().endswith(best.casefold()) and re.fullmatch(OF_PLACE, name[: len(name) - len(best)])
    ]
    return max(fuller, key=lambda name: counted[name], default=_with_its_beginning(best, group))


def _with_its_beginning(name: str, group: list[NamePrint]) -> str:
    """A name with the word before it that two places have: readers of pictures lose what is at the margin.

    The foot of two pages counts as two places, as do two blanks of the sentence of the parties.
    """
    prints = {(one.name, one.where, one.blank) for one in group if one.where != FOOT}
    feet = Counter(one.name for one in group if one.where == FOOT) + Counter(name for name, _, _ in prints)
    longer = [
        other
        for other, many in feet.items()
        if many >= TWICE and other.casefold().endswith(name.casefold()) and _is_lost(other[: -len(name)])
    ]
    return max(longer, key=lambda other: (feet[other], len(other)), default=name)


def _is_lost(before: str) -> bool:
    """Whether what is before a name can be its beginning, and is no word of the sentence or of an office."""
    known = {*common_words(), *forms()["signing"]["offices"]}
    return bool(LOST.fullmatch(before)) and not any(word.casefold() in known for word in before.split())


FOOT, TWICE = "foot of the pages", 2
LOST = re.compile(r"(?:[A-Z][a-z.'-]+ )?[A-Z][a-z.'-]* ?")
"""What can be lost of a name at the margin: a letter, or a word or two."""
