"""Claims of one county: ``In Lancaster County, Pennsylvania, seven agencies have agreements``.

What enters: the claims of a sentence. What leaves: the same, those of a county with the county they are of. Promise: a
county is one of the state that the sentence, or the text, names, or of the only state that has a county of that name;
where that is not known, the claim has no county, and its name stays unread.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.extract.amounts.attaching import EXAMPLES
from ledger287.factcheck.extract.model import Claim, Where
from ledger287.factcheck.parse.clause_openers import clause_openers
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.names.county_names import states_of_county
from ledger287.factcheck.parse.parsing import Parsed

COUNTED = (
    "agreements",
    "partnerships",
    "agencies",
    "police",
    "sheriffs",
    "police_and_sheriffs",
    "constables",
    "campuses",
)
ENDINGS = ("county", "parish")


def within_counties(parsed: Parsed, claims: Sequence[Claim], states: Sequence[str]) -> list[Claim]:
    """The claims of a sentence, with the county that one is of."""
    found = {at: token for at, token in enumerate(parsed.tokens) if token.kind == "NAME" and is_county(token)}
    return [_within(parsed, claim, found, states) for claim in claims] if found else list(claims)


def is_county(token: Token) -> bool:
    """Whether a name is that of a county itself, not of one of its offices."""
    return token.value.lower().replace("’", "'").removesuffix("'s").endswith(ENDINGS)


def is_place(parsed: Parsed, at: int) -> bool:
    """Whether a county is named as a place, not as who signed: in Bucks County; Bucks County has three agreements."""
    before = parsed.tokens[at - 1] if at else None
    after = [one for one in parsed.tokens[at + 1 : at + 6] if one.kind not in ("MARK", "PLACE")]
    if after and after[0].kind == "IN" and any(one.kind == "PLACE" for one in parsed.tokens[at + 2 : at + 4]):
        after = after[1:]  # Bucks County in Pennsylvania has …
    if after and after[0].text.lower() in ("alone", "now", "already", "currently", "itself"):
        after = after[1:]
    owns = bool(after) and after[0].text.lower() in ("has", "have", "had", "counts", "went", "rose", "climbed", "fell")
    counts = owns and any(
        at < one.first <= at + 6 and (one.figure.value or one.role == "from") for one in parsed.amounts
    )
    owned = at > 1 and before is not None and before.kind == "PLACE" and parsed.tokens[at - 2].kind == "IN"
    return (before is not None and before.kind == "IN") or owned or counts


def _is_of_person(parsed: Parsed, at: int) -> bool:
    """Whether a county is that of a person named with an office: Sheriff John Doe of Floyd County said …"""
    if not at or parsed.tokens[at - 1].text.lower() != "of":
        return False
    here = at - 2
    while here > max(at - 7, 0) and parsed.tokens[here].text[:1].isupper() and not _is_title(parsed.tokens[here]):
        here -= 1
    return here < at - 2 and _is_title(parsed.tokens[here])


def _is_title(token: Token) -> bool:
    return token.text.lower().rstrip(".").split()[-1] in neutral("titles") | {"sheriffs", "undersheriff", "constable"}


def is_possessive(token: Token) -> bool:
    """Whether a name is written as an owner: Iowa's, Kansas'."""
    return token.text.replace("’", "'").rstrip("s").endswith("'")


def _of_part(parsed: Parsed, claim: Claim, county: Token) -> bool:
    """Whether a county behind a later figure is of that one alone: of 40 agencies, six are in Marion County."""
    later = [one for one in parsed.amounts if one.figure.span.start > claim.span.end - 1]
    return any(one.figure.span.end < county.span.start for one in later)


def _in_another_clause(parsed: Parsed, claim: Claim, at: int) -> bool:
    """Whether a county is of another clause than a figure: Iowa has 10 agreements, and voters in Lee County object."""
    tokens, county = parsed.tokens, parsed.tokens[at]
    after = [place for place in range(at) if tokens[place].span.start >= claim.span.end]
    if county.span.start >= claim.span.end:
        owner = bool(after) and tokens[at - 1].text.lower() in clause_openers("county") and _has(parsed, at)
        return owner or any(_opens_clause(parsed, place) for place in after)
    figure = claim.figure.span.start if claim.figure else claim.span.start
    before = [place for place in range(at + 1, len(tokens)) if tokens[place].span.end <= figure]
    opened = next((place for place in reversed(before) if _opens_clause(parsed, place)), None)
    return opened is not None and any(tokens[place].kind == "PLACE" for place in before if place > opened)


def _has(parsed: Parsed, at: int) -> bool:
    return [one.text.lower() for one in parsed.tokens[at + 1 : at + 2]] in (["has"], ["have"], ["had"])


def _opens_clause(parsed: Parsed, place: int) -> bool:
    """Whether a mark ends a clause: a semicolon, or a comma or dash before a word that opens another."""
    text = parsed.tokens[place].text
    behind = [one.text.lower() for one in parsed.tokens[place + 1 : place + 2]]
    return text == ";" or (text in (",", "—", "–") and bool(behind) and behind[0] in clause_openers("county"))


def _is_example(parsed: Parsed, claim: Claim, at: int) -> bool:
    """Whether a county is one example of what is counted: 14 agreements, including the police of Nassau County."""
    behind = [one for one in parsed.tokens[:at] if one.span.start >= claim.span.end - 1]
    foremost = any(set(one.text.lower().split()) & FOREMOST for one in behind)
    return foremost or any(one.kind == "OUTSIDE" and one.text.lower() in EXAMPLES for one in behind)


FOREMOST = frozenset(["most", "largest", "biggest", "heaviest", "highest", "greatest", "newest", "latest", "first",
                      "last", "fewest", "smallest", "oldest"])  # fmt: skip
"""Before a county, make it the one of which this is so: 14 agreements, with the largest number in Polk County."""


def _within(parsed: Parsed, claim: Claim, counties: dict[int, Token], states: Sequence[str]) -> Claim:
    from ledger287.places.gazetteer.geography import geography

    if claim.shape not in ("count", "signed") or claim.unit not in COUNTED:
        return claim
    for at, token in counties.items():
        if (
            not is_place(parsed, at)
            or _is_of_person(parsed, at)
            or _of_part(parsed, claim, token)
            or _in_another_clause(parsed, claim, at)
            or _is_example(parsed, claim, at)
        ):
            continue
        near = [one.value for one in parsed.tokens[at + 1 : at + 4] if one.kind == "PLACE"]
        if at and parsed.tokens[at - 1].kind == "PLACE" and is_possessive(parsed.tokens[at - 1]):
            near = [parsed.tokens[at - 1].value]  # Iowa's Polk County
        name = token.value.replace("’", "'").removesuffix("'s")
        alone = states_of_county(name)
        of = near or list(claim.where.states) or (alone if len(alone) == 1 else states)
        if len(set(of[:1])) == 1 and (near or len(set(of)) == 1):
            found = [geography().county_named(of[0], each) for each in [name, *_joined(parsed, at)]]
            if all(found):
                return replace(claim, where=Where((of[0],), True, token.text, tuple(one.fips for one in found if one)))
    return claim


def _joined(parsed: Parsed, at: int) -> list[str]:
    """The counties listed behind one: in Lee County and Polk County; in Collin, Box Elder and Denton counties."""
    names: list[str] = []
    words: list[str] = []
    for one in parsed.tokens[at + 1 :]:
        if one.kind == "NAME" and is_county(one):
            names.append(one.value.replace("’", "'").removesuffix("'s"))
        elif one.kind == "WORD" and one.text[:1].isupper():
            words.append(one.text)
        elif one.text == "," or one.text.lower() in ("and", "the"):
            words.append("")
        else:
            listed = " ".join(word or "," for word in words).split(",") if one.value == "counties" else []
            return names + [f"{each.strip()} County" for each in listed if each.strip()]
    return names
