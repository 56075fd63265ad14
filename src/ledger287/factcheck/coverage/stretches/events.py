"""What is said behind a signing on a stated day: what came with it or later, or more of the agreement itself.

What enters: a part of a sentence behind a named agency, its verb and its day. What leaves: whether it says more of what
was signed (with whom, under which model, from when on, what else), so that it has to be read. Promise: a part is no
more than another statement only where it opens as a clause of its own, and has no model, no agreement or signing, no
party and no word of an effect (declared/factcheck/clauses.yml).
"""

from collections.abc import Iterator, Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.closing import has_actor, low_of
from ledger287.factcheck.coverage.stretches.beyond import is_verb, says_more_of_it
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.model import Token

FOLLOWING = ("that", "but", "as", "when", "even", "while", "after", "before", "because", "which", "who", "whose",
             "though", "although", "amid", "despite", "following", "que")  # fmt: skip
"""With one of these another statement may open; not with "with", "under", "for" and "to", which say what was signed."""
JOINING = ("and", "but")
PARTY = when_needed(
    r"\b(?:with|alongside|opposite|and) (?:the |an? )?(?:(?:U\.S\.|US|United States|federal|FBI[’']s|tribal) )?"
    r"(?P<party>FBI|Marshals?|Border Patrol|Customs and Border|CBP|DEA|Drug Enforcement|ATF|Secret Service|"
    r"Coast Guard|National Guard|Park Service|Forest Service|Postal|Justice Department|Department of Justice|"
    r"State Department|Department of State|Department of Defense|Pentagon|Army|Navy|Air Force|Marines|Bureau of|"
    r"USCIS|Citizenship and Immigration|TSA|Transportation Security|FEMA|IRS|Interpol|Treasury|marshals|"
    r"border patrol|border agents)\b"
)
"""A federal body that is not the one with which these agreements are made."""
SIGNED_WITH = when_needed(
    r"\b(?:(?:agreements?|pacts?|deals?|contracts?|partnerships?|memorand(?:um|ums|a) of agreement|memorandum)"
    r"(?: (?:on|in) [A-Z][a-z]+\.?(?: \d{1,2})?(?:,? \d{4})?,?)?|\b(?:sign|join|enroll|partner)(?:s|ed|ing)?"
    r"(?: (?:up|on))?(?: on [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?,?)?) "
    r"(?:(?:(?:in|as) (?:an? )?\w+|together|along|jointly) )?$"
)


def other_party(text: str) -> tuple[int, int] | None:
    """Where a sentence names a federal body other than ICE as the one with which an agreement was made."""
    for found in PARTY.finditer(text):
        if found[0].startswith("and"):
            continue
        if SIGNED_WITH.search(text[: found.start()]):
            return found.span("party")
    return None


def other_statements(tokens: Sequence[Token], start: int, rows: Sequence[Span]) -> Iterator[Sequence[Token]]:
    """The parts from a token on that are other statements than the signing before them, with what goes on with these.

    ``rows`` are the spans of the other answers of the sentence: a part with one is answered, or named as not judged.
    """
    cuts = [start]
    for at in range(start + 1, len(tokens)):
        if tokens[at].text in MARKS:
            cuts.append(at + 1)
        elif _opens(tokens, at):
            cuts.append(at)
    passed = False
    for first, last in zip(cuts, [*cuts[1:], len(tokens)], strict=True):
        body = [one for one in tokens[first:last] if one.text not in MARKS]
        if not body:
            continue
        if any(one.text == ";" for one in tokens[start : first + 1]):
            yield body
            continue
        marked = tokens[first].text in MARKS or tokens[first - 1].text in MARKS
        rowed = any(body[0].span.start <= row.start < body[-1].span.end for row in rows)
        tied = low_of(body[0]).split()[0] in TIED and (marked or low_of(body[0]) not in JOINING)
        goes_on = passed and not tied and not says_more_of_it(body)
        passed = goes_on or is_another_statement(body, marked=marked, rowed=rowed)
        if passed:
            yield body


MARKS = (",", "—", "–", ";", ":", "(", ")", ".")
TIED = ("with", "under", "for", "to", "and", "or", "alongside", "on", "by", "from", "in", "effective", "together")
"""With one of these a part goes on with the signing, not with the statement between."""


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a part opens at a token that no mark is before: not at the second word of "under which"."""
    if tokens[at - 1].text in MARKS:
        return False
    low = low_of(tokens[at]).split()[0]
    return low in JOINING or (low in FOLLOWING and low_of(tokens[at - 1]) not in TIED)


def is_another_statement(body: Sequence[Token], *, marked: bool, rowed: bool = False) -> bool:
    """Whether a part behind a signing opens as a clause of its own and says no more of what was signed.

    ``rowed``: it has an answer of its own.
    """
    low = low_of(body[0]).split()[0]
    if rowed and (low in FOLLOWING or (marked and low not in TIED) or low in JOINING):
        return True
    if marked and low in RESUMING:
        return True  # the sheriff, who signed in May, is now the only one
    if says_more_of_it(body):
        return False
    if low in JOINING:
        return len(body) > 2 and (has_actor(body[1:]) or is_verb(body[1]) or _has_subject(body[1:]))
    if low == "adding" and low_of(body[min(1, len(body) - 1)]) == "to":
        return marked  # adding to the work of its clerks
    return low in FOLLOWING or (marked and low.endswith("ing") and low not in NAMING)


NAMING = ("joining", "adding", "signing", "replacing", "including", "amending", "superseding", "covering", "becoming",
          "making", "extending", "expanding", "renewing", "pending", "barring", "excluding", "depending")  # fmt: skip
"""Participles that say what else was signed, or who else signed."""


RESUMING = ("is", "are", "was", "were", "has", "had", "remains", "became", "says", "said")
"""With one of these, behind a mark, the main clause goes on in which a relative clause says who signed."""


def _has_subject(body: Sequence[Token]) -> bool:
    """Whether a pronoun or a capitalized name opens a clause with a verb behind it."""
    pronoun = low_of(body[0]) in ("it", "its", "he", "she", "they", "his", "her", "their")
    return (pronoun or body[0].text[:1].isupper()) and any(map(is_verb, body[1:]))
