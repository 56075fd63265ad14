"""Where an amount of a sentence is meant, by the tokens around it.

What enters: a sentence's tokens and amounts. What leaves: for one amount, its place.
Promise: rules of position alone, each stated here; a place after "including" is never the place counted.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.clauses_on_names import without_their_places
from ledger287.factcheck.extract.amounts.subjects import is_next_clause, is_numbered, is_subject, opens_clause
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import Figure, Where
from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.model import Amount, Token
from ledger287.factcheck.parse.parsing import names_state
from ledger287.factcheck.parse.tokens import POSSESSIVE

TERRITORIES = {code.code for code in declared.territories()}
EXAMPLES = ("including", "such as", "particularly", "notably", "especially", "participation in", "based in", "than")
ORGANISATIONS = (
    "university",
    "aclu",
    "observer",
    "chapter",
    "center",
    "institute",
    "republicans",
    "democrats",
    "times",
    "post",
    "examiner",
    "tribune",
    "d",
    "monthly",
    "watch",
    "today",
    "policy",
)


def is_whole(tokens: Sequence[Token], amounts: Sequence[Amount], number: int) -> bool:
    """Whether an amount is what a share is of: more than half of the 1,651 agreements."""
    if not number or amounts[number - 1].kind not in ("ratio", "percent"):
        return False
    between = [
        token.text.lower()
        for token in tokens[amounts[number - 1].last + 1 : amounts[number].first]
        if token.kind not in ("NATION", "PROGRAM", "ICE")
    ]
    return between[:1] == ["of"] and set(between) <= {"of", "the", "all", "those", "these", "some", "its", "roughly"}


def is_own_whole(tokens: Sequence[Token], amounts: Sequence[Amount], number: int) -> bool:
    """Whether an amount is what a share of one place's own is of: four in five of Missouri's 96 agreements."""
    if not number or amounts[number - 1].kind not in ("ratio", "percent"):
        return False
    between = tokens[amounts[number - 1].last + 1 : amounts[number].first]
    return (
        len(between) in (2, 3)
        and between[0].text.lower() == "of"
        and between[-1].kind == "PLACE"
        and POSSESSIVE.search(between[-1].text) is not None
    )


def where_of(
    tokens: Sequence[Token], amounts: Sequence[Amount], number: int, behind: Background, *, subject: bool = False
) -> Where:
    """The place of one amount: in its noun, after it, before it, in the sentence, in the text before.

    ``subject`` looks before the amount first, as in "Texas accounts for a fifth of agreements nationwide".
    """
    amount = amounts[number]
    tokens = without_their_places(tokens, amount.first)
    noun = amount.noun.place if amount.noun else None
    if not noun and amount.whole and amount.whole.noun:
        noun = amount.whole.noun.place
    if amount.owner and amount.owner.kind == "PLACE":
        return Where((amount.owner.value,), True, amount.owner.text)
    if (
        not noun
        and amount.first
        and tokens[amount.first - 1].kind == "PLACE"
        and not _organised(tokens, amount.first - 1)
    ):
        return Where((tokens[amount.first - 1].value,), True, tokens[amount.first - 1].text)
    if not noun and _labels(tokens, amount.first, "PLACE"):
        return Where((tokens[amount.first - 2].value,), True, tokens[amount.first - 2].text)
    if not noun and is_whole(tokens, amounts, number):
        return _after(tokens, amount.last + 1, min(amount.last + 5, len(tokens))) or Where((), True, "of all")
    whose = [token for token in amount.whose if names_state(token)]
    if noun or whose:
        return Where((noun or whose[0].value,), True, noun or whose[0].text)
    if of_the_state(amount):
        before = _before(tokens, amount.first)
        return before if before and before.states else _the_state(tokens, amount.first, behind)
    end = amounts[number + 1].first if number + 1 < len(amounts) else len(tokens)
    after = _after(tokens, amount.last + 1, end, whole=subject)
    before = _before(tokens, amount.first)
    ahead = tokens[amount.first - 1].text.lower() if amount.first else ""
    following = tokens[amount.last + 1 : amount.last + 3]
    opens = amount.first - 2 - (amount.first > 1 and tokens[amount.first - 2].text == ",")
    of_its_own = opens >= 0 and tokens[opens].kind == "PLACE"  # Texas, with 354, Florida, with 344, and Missouri
    put_in = [token.kind for token in following] == ["MARK", "PLACE"] and following[0].text == ","
    put_in = put_in and [token.kind for token in tokens[amount.last + 3 : amount.last + 4]] != ["NUM"]
    if ahead in ("with", "at") and put_in and not of_its_own:
        return Where((following[1].value,), True, following[1].text)
    which = [token.text.lower() for token in tokens[max(amount.first - 2, 0) : amount.first]]
    if which in (["which", "has"], ["which", "had"]) and amount.first >= 4 and tokens[amount.first - 4].kind == "PLACE":
        return Where((tokens[amount.first - 4].value,), True, tokens[amount.first - 4].text)
    if _set_off(tokens, amount.first):
        return _all_set_off(tokens, amount)
    if after and after.nation and before and before.states and _of_nation(tokens, amount.last + 1):
        return before
    if amount.kind == "portion" and after and after.nation and before and before.states:
        return before
    adjoining = [token.kind for token in tokens[amount.last + 1 : amount.last + 3]] == ["IN", "PLACE"]
    owning = before is not None and before.states and _owns(tokens, amount.first)
    for found in (before, after) if (subject and not adjoining) or owning else (after, before):
        if found:
            return found
    if subject:
        listed = _after(tokens, end, len(tokens), whole=True) or _apposed(tokens, end)
        if listed and listed.states:
            return listed
    if not _dangling(tokens) and _spans_states(tokens, amounts, number):
        return Where((), True, "across states")
    return _elsewhere(tokens, amount.first, end, behind)


def _spans_states(tokens: Sequence[Token], amounts: Sequence[Amount], number: int) -> bool:
    """Whether what is counted is said to be in so many states that the nation is meant: 135 agencies in 21 states."""
    following = amounts[number + 1 : number + 2]
    if not following or following[0].kind != "counted" or following[0].noun is None:
        return False
    between = tokens[amounts[number].last + 1 : following[0].first]
    apart = any(token.kind in ("PLACE", "NUM") for token in between)
    said = " ".join(token.text for token in between)
    return not apart and following[0].noun.unit == "states" and is_across(said, following[0].figure)


def is_across(between: str, states: Figure) -> bool:
    """Whether the words between a count and a number of states say that it is in these, and they are many."""
    most = declared.declared_yaml("factcheck/windows.yml")["scale"]["states"]
    return states.value >= most and ACROSS.search(between) is not None


ACROSS = when_needed(
    r"^[^;:.\d]*\b(?:in|across|over|from|throughout|spanning|covering)(?: (?:about|nearly|over|some))? ?$"
)


def _set_off(tokens: Sequence[Token], first: int) -> bool:
    """Whether a place has the amount behind a comma of its own: Georgia, with 43; Texas, at 336."""
    if first < 3 or tokens[first - 1].text.lower() not in ("with", "at") or tokens[first - 2].text != ",":
        return False
    return tokens[first - 3].kind == "PLACE"


JOINTLY = ("together", "combined", "between them", "in all", "jointly", "in total")


def _all_set_off(tokens: Sequence[Token], amount: Amount) -> Where:
    """The place before a comma of its own; all that are listed there where the sentence opens with them, or says that
    they have it together: Texas and Florida, with 726 agreements between them."""
    place = amount.first - 3
    states = list(reversed(_list(tokens, place, -1, -1)))
    behind = " ".join(token.text.lower() for token in tokens[amount.last + 1 : amount.last + 5])
    opens = sum(token.kind == "PLACE" for token in tokens[:place]) == len(states) - 1 and all(
        token.kind in ("PLACE", "MARK", "FILL") or token.text.lower() in ("and", "the", "only")
        for token in tokens[:place]
    )
    if len(states) > 1 and (opens or any(word in behind for word in JOINTLY)):
        return Where(tuple(dict.fromkeys(states)), True, tokens[place].text)
    return Where((tokens[place].value,), True, tokens[place].text)


def _of_nation(tokens: Sequence[Token], start: int) -> bool:
    """Whether an amount is a part of the nation's, named right behind it: 317 of the country's 287(g) agreements."""
    following = tokens[start : start + 3]
    if not following or following[0].text.lower() != "of":
        return False
    return any(token.kind == "NATION" and POSSESSIVE.search(token.text) for token in following)


def of_the_state(amount: Amount) -> bool:
    """Whether an amount is a part of what "the state" has: 19 of the state's 78 agreements."""
    return any(token.text.lower().replace("’", "'").startswith(("the state's", "state's")) for token in amount.whose)


def _owns(tokens: Sequence[Token], first: int) -> bool:
    """Whether a place directly before the amount has it: "Tennessee now has 50"."""
    back = list(tokens[max(first - 4, 0) : first])
    verbs = [
        place
        for place, token in enumerate(back)
        if token.text.lower() in ("has", "have", "had", "counts", "with")
        or (token.text.lower() in ("were", "are") and place and back[place - 1].text.lower() == "there")
    ]
    return (
        bool(verbs)
        and any(token.kind == "PLACE" for token in back[: verbs[-1]])
        and not any(token.kind == "MARK" for token in back)
    )


def _labels(tokens: Sequence[Token], first: int, kind: str) -> bool:
    """Whether a number comes after its label: Florida (317); Florida: 317."""
    if first < 2 or tokens[first - 1].text not in ("(", ":", "–", "—", ",") or tokens[first - 2].kind != kind:
        return False
    return tokens[first - 1].text != "," or first + 1 == len(tokens) or tokens[first + 1].text in (";", ".", ",")


def _after(tokens: Sequence[Token], start: int, end: int, *, whole: bool = False) -> Where | None:
    """The place behind an amount; with ``whole`` one behind "of the nation's agreements" counts before that."""
    for place in range(start, end):
        token = tokens[place]
        if token.kind == "NATION" and not (whole and _placed(tokens[place + 1 : end])):
            return Where((), True, token.text)
        if (token.kind == "OUTSIDE" and token.text.lower() in EXAMPLES) or (
            token.kind == "MARK" and token.text in ";—"
        ):
            return None
        if token.kind == "PLACE" and not _organised(tokens, place):
            lead = tokens[place - 1]
            if lead.text.lower() == "from" and [one.text.lower() for one in tokens[place + 1 : place + 2]] == ["to"]:
                return Where((), True, "from coast to coast")
            inside = lead.kind == "IN" or lead.text.lower() in (
                "in",
                "mid",
                "of",
                "the",
                "-",
                "southern",
                "northern",
                "central",
                "outside",
            )
            if inside or (lead.kind == "PLACE"):
                states = _list(tokens, place, end, 1)
                return Where(tuple(states), True, token.text)
    return None


def _apposed(tokens: Sequence[Token], start: int) -> Where | None:
    """States named in apposition: are in just two states, Texas and Florida."""
    for place in range(start + 1, len(tokens)):
        if tokens[place].kind == "PLACE" and tokens[place - 1].text in (",", ":", "—", "–"):
            return Where(tuple(_list(tokens, place, len(tokens), 1, counted=True)), True, tokens[place].text)
    return None


def _placed(tokens: Sequence[Token]) -> bool:
    """Whether a state is named behind a verb: of the nation's agreements is in Texas."""
    verb = next((at for at, token in enumerate(tokens) if token.text.lower() in ("is", "are", "was", "were")), None)
    return verb is not None and any(token.kind == "PLACE" for token in tokens[verb:])


def _before(tokens: Sequence[Token], end: int) -> Where | None:
    for place in range(end - 1, -1, -1):
        token = tokens[place]
        if token.kind == "NATION":
            return Where((), True, token.text)
        if token.kind == "PLACE" and not _organised(tokens, place):
            states = list(reversed(_list(tokens, place, -1, -1)))
            lead = _leading_token(tokens, place)
            if states[0] in TERRITORIES and tokens[place - 1].kind != "IN" and not is_subject(tokens, place):
                continue
            if lead is not None and lead.kind == "OUTSIDE" and lead.text.lower() in EXAMPLES:
                continue
            if _is_put_in(tokens, place, end) and any(one.kind == "PLACE" for one in tokens[:place]):
                continue
            bested = lead is not None and set(lead.text.lower().split()) & {*words("winning"), *words("losing")}
            if bested and any(one.kind == "PLACE" for one in tokens[:place]):
                continue
            return Where(tuple(dict.fromkeys(states)), True, token.text)
    return None


COMPARING = ("more than", "fewer than", "less than", "compared", "versus", "against", "exceeding", "unlike")


def _is_put_in(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Whether a place is of a comparison put in between commas: of Ohio's 30, more than the 20 in Iowa, 12 are …"""
    marks = [at for at in range(place) if tokens[at].kind == "MARK" and tokens[at].text in ",(—–"]
    closed = any(one.kind == "MARK" and one.text in ",)—–" for one in tokens[place:end])
    if not marks or not closed:
        return False
    opens = [one.text.lower() for one in tokens[marks[-1] + 1 : marks[-1] + 4]]
    opens = opens[opens[:1] in (["far"], ["well"], ["still"]) :]
    which = opens[:1] == ["which"] and opens[1:2] in (["include"], ["includes"])
    return which or (bool(opens) and opens[0].startswith((*COMPARING, "including")))


def _leading_token(tokens: Sequence[Token], place: int) -> Token | None:
    while place >= 0 and (tokens[place].kind == "PLACE" or tokens[place].text in (",", "and", "the", "in")):
        place -= 1
    return tokens[place] if place >= 0 else None


def _list(tokens: Sequence[Token], place: int, end: int, step: int, *, counted: bool = False) -> list[str]:
    """States named side by side: Iowa, Kansas, Missouri and Nebraska; not those of two clauses (in Ohio, Iowa has).

    ``counted``: each may have its number behind it (Florida, with 342, and Texas, with 304).
    """
    states: list[str] = []
    joined = step < 0 or not is_next_clause(tokens, place)
    while place != end and 0 <= place < len(tokens):
        token = tokens[place]
        bracketed = token.text in ("(", ")") or (
            token.kind == "NUM" and tokens[place - 1].text == "(" and place + 1 < len(tokens)
        )
        numbered = counted and (token.kind == "NUM" or token.text.lower() in ("with", "at"))
        if token.kind == "PLACE":
            states.append(token.value)
        elif not (bracketed or numbered) and not (
            token.text in (",", "&") or token.text.lower() in ("and", "or", "as", "well", "the")
        ):
            break
        if not joined or (step < 0 and token.kind == "PLACE" and opens_clause(tokens, place)):
            break
        place += step
    return states


def _organised(tokens: Sequence[Token], place: int) -> bool:
    """Whether a state's name is part of an organization's name: ACLU of Wisconsin, the Texas Observer."""
    after = tokens[place + 1].text.lower() if place + 1 < len(tokens) else ""
    if after in ORGANISATIONS and tokens[place + 1].text[0].isupper():
        return True
    if place >= 2 and tokens[place - 1].text.lower() in ("of", "in"):
        lead = tokens[place - 2].text
        if (lead.isupper() and len(lead) > 2 and tokens[place - 2].kind == "WORD") or lead.lower() in ORGANISATIONS:
            return True
        return lead == ")" and place >= 4 and tokens[place - 3].text.isupper() and tokens[place - 3].kind == "WORD"
    return False


def _the_state(tokens: Sequence[Token], first: int, behind: Background) -> Where:
    """Which state "the state" of an amount is: the only one of the sentence, else of the text before, else of the
    entire text. One that has a number of its own behind the amount is another: the state has 302, and Texas 110.
    """
    places = [place for place, token in enumerate(tokens) if token.kind == "PLACE"]
    others = {tokens[place].value for place in places if place > first and is_numbered(tokens, place)}
    others -= {tokens[place].value for place in places if place < first}
    named = {tokens[place].value for place in places} - others
    if len(named) == 1:
        return Where(tuple(named), True, "the state")
    if behind.where and behind.where.states and not others & {*behind.where.states}:
        return replace(behind.where, counties=())
    home = behind.home if behind.home not in others else None
    return Where((home,), True, "the state") if home else Where((), False, "the state")


def _elsewhere(tokens: Sequence[Token], first: int, end: int, behind: Background) -> Where:
    """The place of an amount without one; "them" behind the next amount is what that counts, and points at no place."""
    if any(token.kind == "STATEWIDE" for token in tokens):
        return _the_state(tokens, first, behind)
    if behind.where and any(one.kind == "SAMEPLACE" for one in tokens[:end]):
        return behind.where
    if _dangling(tokens):
        return Where((), False, "those")
    return Where((), any(token.kind == "NATION" for token in tokens))


def _dangling(tokens: Sequence[Token]) -> bool:
    """Whether a sentence opens with, or counts of, "those" that the text before does not settle."""
    for place, token in enumerate(tokens[:-1]):
        number = tokens[place + 1].kind == "NUM"
        if token.text.lower() in ("those", "these") and (place == 0 or number):
            return True
        if token.text.lower() == "other" and number and place and tokens[place - 1].text.lower() == "the":
            return True
    return False
