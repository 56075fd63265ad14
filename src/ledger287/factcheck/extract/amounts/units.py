"""What an amount counts: its own noun, what it is next to, the subject of its sentence.

What enters: a parsed sentence and the place of one amount. What leaves: a unit of the closed vocabulary, or None
where the sentence gives none. Promise: a number with a noun that is not of the vocabulary has no unit.
"""

import re
from collections.abc import Sequence

from ledger287.factcheck.extract.amounts.doubts import BODIES, KINDS
from ledger287.factcheck.extract.amounts.surroundings import PLACES, THEM, Surroundings, adjective_of
from ledger287.factcheck.extract.amounts.times.timing import THE_NUMBER
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.model import Token

PERSONS = ("sheriff", "constable", "chief")


def _stands_for(token: Token) -> bool:
    return token.text.lower() in ("total", "whole")


def _countable(tokens: Sequence[Token]) -> Sequence[Token]:
    """The units among tokens; those that are no places, where there are any."""
    found = [token for token in tokens if token.kind == "UNIT" and token.text.lower() != "law enforcement"]
    return [token for token in found if token.value not in PLACES] or found


def _last_unit(claims: Sequence[Claim]) -> str:
    return claims[-1].unit


def unit_of(here: Surroundings) -> str | None:
    """The unit of a counted amount: its noun's, joined with those listed behind it, else what is around."""
    noun = here.amount.noun
    return unit_of_list(here, noun.unit) if noun and noun.unit else unit_around(here)


def unit_of_list(here: Surroundings, unit: str) -> str:
    """``police departments, sheriff's offices and state agencies``: agencies; of two, the pair."""
    named = {unit}
    for token in here.parsed.between(here.amount.last + 1, here.end()):
        if token.kind == "UNIT" and token.value in BODIES:
            named.add(token.value)
        elif not (token.text in (",", "&") or token.text.lower() in ("and", "or") or token.kind == "FILL"):
            break
    if len(named) == 1 or not named <= set(BODIES):
        return unit
    return "police_and_sheriffs" if named <= {"police", "sheriffs", "police_and_sheriffs"} else "agencies"


def kind_of_them(here: Surroundings) -> str | None:
    """``five of them sheriff's offices``: the kind of agency that is counted, where agencies were counted
    before."""
    after = here.after(5)
    if len(after) < 3 or after[0].text.lower() != "of" or after[1].text.lower() not in THEM:
        return None
    rest = [token for token in after[2:] if token.text.lower() not in ("are", "were", "being", "county", "local")]
    agencies = any(one.unit == "agencies" and one.shape == "count" for one in here.earlier)
    kind = rest[0].value if rest and rest[0].kind == "UNIT" and rest[0].value in KINDS else None
    return kind if agencies else None


def is_apposed(here: Surroundings) -> bool:
    """Whether the number is between commas, as an age is: the sheriff, 62, said."""
    around = [*here.parsed.between(here.amount.first - 1, here.amount.first), *here.after(1)]
    enclosed = len(around) == 2 and all(token.text == "," for token in around)
    before = here.parsed.between(here.amount.first - 2, here.amount.first - 1)
    things = [one for one in before if one.kind in ("UNIT", "PROGRAM") and one.text.lower() not in PERSONS]
    return enclosed and not things


def is_labeled(here: Surroundings) -> bool:
    """Whether the number comes after its label: Florida (317); warrant service agreements, 464."""
    tokens, first = here.parsed.tokens, here.amount.first
    if here.amount.role or first < 2 or tokens[first - 1].text not in ("(", ",", ":", "–", "—"):
        return False
    label, after = tokens[first - 2], here.after(1)
    named = label.kind in ("PLACE", "MODEL") or (
        label.kind == "UNIT" and label.text.lower() not in PERSONS and tokens[first - 1].text != "("
    )
    closed = not after or after[0].kind == "MARK" or after[0].text.lower() == "and"
    return named and closed and (tokens[first - 1].text == "(") == (bool(after) and after[0].text == ")")


def has_other_noun(here: Surroundings) -> bool:
    """Whether a noun that is not of the vocabulary follows the number: two Justice Department investigations."""
    after = here.after(2)
    if not after:
        return False
    first = after[0]
    if first.text.lower() == "of":
        return len(after) > 1 and after[1].kind in ("WORD", "OTHER", "NAME") and after[1].text.lower() not in THEM
    if adjective_of(here):
        return False
    if first.kind in ("TOPIC", "SIGN", "FILL") and len(after) > 1 and after[1].kind == "OTHER":
        return True
    return first.kind in ("NAME", "OTHER", "DURATION", "ICE") or (
        first.kind == "WORD" and first.text.lower() not in words("verbs")
    )


def kind_of_share(here: Surroundings) -> str | None:
    """The kind of agency that a share is of: sheriff's offices make up half of the agencies."""
    around = [
        *here.parsed.between(here.start(), here.amount.first),
        *here.parsed.between(here.amount.last + 1, here.end()),
    ]
    kinds = [token.value for token in around if token.kind == "UNIT" and token.value in KINDS]
    return kinds[0] if kinds else None


def unit_of_share(here: Surroundings) -> str:
    """What a share is of: its own noun, the unit behind "of", else what is counted around it."""
    noun = here.amount.noun
    if noun and noun.unit:
        return noun.unit
    after = here.after(5)
    following = here.parsed.amounts[here.number + 1 : here.number + 2]
    if after and after[0].text.lower() == "of":
        unit = next((token.value for token in after if token.kind == "UNIT"), None)
        if unit in ("counties", "states"):
            return unit
        if (
            following
            and following[0].noun
            and following[0].noun.unit in ("counties", "states")
            and following[0].first - here.amount.last <= 5
        ):
            return following[0].noun.unit
    of_all = len(after) > 2 and after[0].text.lower() == "of" and any(_stands_for(one) for one in after[1:3])
    if (here.restates() or of_all) and here.earlier:
        return here.earlier[-1].unit
    for token in here.parsed.between(here.amount.last + 1, here.end()):
        if token.kind == "UNIT" and token.value not in PLACES:
            return token.value
    earlier = [claim.unit for claim in here.earlier if claim.shape in ("share", "count", "signed")]
    return earlier[-1] if earlier else unit_around(here) or here.behind.unit or "agreements"


def unit_around(here: Surroundings) -> str | None:
    """The unit of a number without a noun, by the first of these rules that finds one."""
    counted = here.amount.kind == "counted"
    if counted and (series := of_states(here) or more_than_before(here) or of_those_before(here)):
        return series
    if counted and (is_labeled(here) or is_by_model(here)):
        own = [one.unit for one in here.earlier if one.shape == "count" and one.unit not in PLACES]
        return (own[-1] if own else unit_of_sentence(here)) or here.behind.unit or "agreements"
    if counted and not here.amount.role and (has_other_noun(here) or is_apposed(here)):
        return None
    if counted and are_holders(here):
        return unit_of_holders(here)
    rules = (
        of_it,
        unit_of_those_there,
        unit_of_tally,
        unit_behind_of,
        unit_of_number,
        unit_of_place,
        unit_of_whole,
        unit_of_those,
        unit_of_subject,
    )
    unit = next((unit for rule in rules if (unit := rule(here))), None)
    own_each = [token.text.lower() for token in here.after(1)] in (["apiece"], ["each"])
    return None if own_each and unit in PLACES else unit  # the two states were tied, at 344 apiece


def are_holders(here: Surroundings) -> bool:
    """Whether the number counts who has agreements: of the state's agencies, 281 have agreements."""
    after = here.after(5)
    has = bool(after) and after[0].text.lower() in ("have", "had", "hold", "held")
    first = next((token.value for token in after if token.kind == "UNIT"), None)
    before = [token.value for token in here.parsed.tokens[: here.amount.first] if token.kind == "UNIT"]
    return has and not here.amount.role and first in ("agreements", "partnerships") and set(before) <= set(BODIES)


def unit_of_holders(here: Surroundings) -> str | None:
    """The agencies named before, or those that the text counted; None for "of them" of no known unit."""
    before = [token.value for token in here.parsed.tokens[: here.amount.first] if token.kind == "UNIT"]
    if before or here.behind.unit in BODIES:
        return before[-1] if before else here.behind.unit
    opening = {token.text.lower() for token in here.parsed.tokens[:2]}
    return None if opening & {*THEM, "which", "its", "their"} else "agencies"


def is_by_model(here: Surroundings) -> bool:
    """Whether the number counts by model: 122 follow the jail enforcement model; 442 the task force model."""
    if here.amount.role:
        return False
    noun = here.amount.noun
    if noun and noun.model and not noun.other:
        return True
    for token in here.parsed.between(here.amount.last + 1, min(here.amount.last + 6, here.end())):
        if token.kind == "MODEL":
            return bool(here.earlier)
        if token.kind in ("MARK", "UNIT", "OTHER", "DURATION", "NAME", "WHEN", "PLACE"):
            return False
    return False


def unit_of_sentence(here: Surroundings) -> str | None:
    """The first thing counted that the sentence names."""
    found = [
        token.value
        for token in here.parsed.tokens
        if token.kind == "UNIT" and token.value not in PLACES and token.text.lower() != "law enforcement"
    ]
    return found[0] if found else None


def unit_of_those_there(here: Surroundings) -> str | None:
    """As of last month, there were 254: what the sentence before counted."""
    ahead = [token.text.lower() for token in here.ahead(3) if token.kind != "WHEN"][-2:]
    bare = all(token.kind == "MARK" for token in here.after(2)) and len(here.parsed.amounts) == 1
    return here.behind.unit if bare and ahead[:1] == ["there"] and unit_of_sentence(here) is None else None


def of_states(here: Surroundings) -> str | None:
    """In 35 states, task force agreements in 31 and jail agreements in 27: states again, each of its own model."""
    ahead = here.ahead(1)
    before = here.earlier[-1] if here.earlier else None
    if has_own_model(here) and before and before.unit in ("states", "counties") and before.shape == "count":
        return before.unit if before.model else None
    if not ahead or ahead[0].text.lower() not in ("in", "across") or before is None or here.amount.noun:
        return None
    alike = before.unit in ("states", "counties") and before.shape == "count" and bool(before.model)
    named = any(token.kind == "MODEL" for token in here.parsed.between(here.start(), here.amount.first))
    return before.unit if alike and named else None


def has_own_model(here: Surroundings) -> bool:
    """Whether a bare number in a series has agreements of a model: 33 states have task force agreements, 31 have
    jail agreements."""
    ahead = [token.text.lower() for token in here.ahead(1)]
    kinds = [token.kind for token in here.after(3)]
    opens = [token.text.lower() for token in here.after(1)] in (["have"], ["has"], ["had"])
    return not here.amount.noun and ahead[-1:] in ([","], [";"], ["and"], ["while"]) and opens and kinds[1] == "MODEL"


def more_than_before(here: Surroundings) -> str | None:
    """1,274 agreements, 1,139 more than a year earlier: of what was counted before."""
    after = here.after(2)
    compares = [one.text.lower() for one in after[:1]] in (["more than"], ["fewer than"], ["less than"])
    counts = [one.unit for one in here.earlier if one.shape == "count"]
    return counts[-1] if compares and len(after) > 1 and after[1].kind == "WHEN" and counts else None


def is_of_unclear(here: Surroundings) -> bool:
    """Whether "the number was 36" may be of several things counted before it, or of one that the record has not."""
    if here.amount.noun is not None or [token.text.lower() for token in here.ahead(2)] not in THE_NUMBER:
        return False
    units = {one.unit for one in here.earlier if one.shape == "count"}
    return len(units) > 1 or any(one.shape == "other" for one in here.earlier)


def of_those_before(here: Surroundings) -> str | None:
    """Six agencies had agreements in July; by March 36 did, or the number was 36: of those counted before."""
    counts = [one.unit for one in here.earlier if one.shape == "count"]
    did = [token.text.lower() for token in here.after(1)] in (["did"], ["do"], ["does"])
    number = [token.text.lower() for token in here.ahead(2)] in THE_NUMBER
    bare = all(token.kind in ("MARK", "WHEN") for token in here.after(2 if did else 1)[int(did) :])
    return counts[-1] if counts and here.amount.noun is None and bare and (did or number) else None


def of_it(here: Surroundings) -> str | None:
    """Today it has 37: what the sentence before counted of its place."""
    ahead = [token.text.lower() for token in here.ahead(3) if token.kind != "WHEN"][-2:]
    bare = all(token.kind in ("MARK", "WHEN") for token in here.after(1)) and here.number == 0
    it_has = ahead in (["it", "has"], ["it", "had"], ["it", "counts"])
    return here.behind.unit if bare and it_has and unit_of_sentence(here) is None else None


def tallied(here: Surroundings) -> str | None:
    """The count has tripled since May: of agreements, where the sentence opens with a tally and counts nothing
    else."""
    opening = [token.text.lower() for token in here.parsed.tokens[:3]]
    tally = bool({"tally", "roster", "count", "list", "total"} & set(opening)) and unit_of_sentence(here) is None
    return (here.behind.unit or "agreements") if tally and here.behind.where is None else None


def unit_of_tally(here: Surroundings) -> str | None:
    """The tally reached 1,783; the roster hit 1,166: what the text counts, else agreements."""
    ahead = [token.text.lower() for token in here.ahead(6)]
    is_tally = any(word in ("tally", "roster", "figure", "count") for word in ahead) and unit_of_sentence(here) is None
    it_was = [token.text.lower() for token in here.ahead(2)] in (
        ["it", "was"],
        ["it", "were"],
        ["it", "had"],
        ["there", "were"],
    )
    is_tally = is_tally or (it_was and tallied(here) is not None)
    return here.behind.unit or "agreements" if is_tally and here.amount.kind == "counted" else None


def unit_of_place(here: Surroundings) -> str | None:
    """Idaho has nine, Utah 14 and Nebraska seven of the agreements; Tennessee, with 50, leads."""
    if here.amount.kind != "counted" or here.amount.role:
        return None
    ahead = [token for token in here.ahead(3) if token.kind != "MARK"]
    if here.amount.first == 1 and [one.kind for one in here.after(2)] == ["MARK", "PLACE"]:
        return unit_of_sentence(here) if ahead and ahead[0].text.lower() in ("at", "with") else None
    if ahead and ahead[-1].text.lower() in ("has", "have", "had", "with", "at", "counts", "holds"):
        ahead = ahead[:-1]
    elif [token.text.lower() for token in ahead[-2:]] in (["there", "were"], ["there", "are"]):
        ahead = ahead[:-2]
    if not ahead or ahead[-1].kind != "PLACE":
        return None
    counted = [one.unit for one in here.earlier if one.shape == "count" and one.unit not in PLACES]
    return (counted[-1] if counted else unit_of_sentence(here)) or here.behind.unit


def unit_behind_of(here: Surroundings) -> str | None:
    """``of the …`` and similar words after the number."""
    if here.amount.role == "to" or here.amount.kind != "counted":
        return None
    after = here.parsed.between(here.amount.last + 1, min(here.amount.last + 7, here.end()))
    opens = bool(after) and after[0].text.lower() == "of"
    for place, token in enumerate(after):
        if token.kind == "UNIT" and (place <= 2 or opens):
            return token.value
        whose = opens and token.kind in ("PLACE", "STATEWIDE")
        if token.kind in ("MARK", "WHEN", "PLACE", "SAMEPLACE", "IN", "STATEWIDE") and not (
            whose or token.text.lower() in ("of", "these", "those")
        ):
            return None
    return None


def unit_of_number(here: Surroundings) -> str | None:
    """The unit of "the number of … agencies" before the amount (after it, for a percentage)."""
    tokens = here.parsed.tokens
    for place in range(len(tokens) - 1):
        if tokens[place].text.lower() in ("number", "total", "count", "tally") and tokens[place + 1].text.lower() in (
            "of",
            "number",
        ):
            if place > here.amount.first and here.amount.kind == "counted":
                continue
            for token in tokens[place + 2 : place + 10]:
                if token.kind == "UNIT":
                    return token.value
                if token.kind in ("NUM", "MARK"):
                    break
    return None


def unit_of_whole(here: Surroundings) -> str | None:
    """Of 88 counties, nine …: what the sentence opens with."""
    whole = [claim for claim in here.earlier if claim.shape == "total"]
    return whole[-1].unit if whole and here.amount.kind == "counted" and not here.amount.role else None


def unit_of_those(here: Surroundings) -> str | None:
    """``14 of them``, ``those 40``: what was counted before."""
    after = here.after(2)
    if any(token.text.lower() in THEM for token in after):
        own = [one.unit for one in here.earlier if one.shape in ("count", "signed") and one.unit not in PLACES]
        own = own or [one.unit for one in here.earlier if one.shape == "other"]
        if own or here.behind.unit:
            return own[0] if own else here.behind.unit
    opening = [token.text.lower() for token in here.parsed.tokens[:2]]
    if opening[:1] == ["of"] and opening[1:] in ([one] for one in THEM) and not here.number and here.behind.unit:
        return here.behind.unit
    if re.match(r"(?i)(?:of )?(?:those|these|the other) ", here.amount.figure.said + " ") or is_of_others(here):
        return here.behind.unit or "agencies"
    return None


def is_of_others(here: Surroundings) -> bool:
    before = here.parsed.between(max(here.amount.first - 1, 0), here.amount.first)
    return bool(before) and before[0].text.lower() in ("other", "those", "these")


def unit_of_subject(here: Surroundings) -> str | None:
    """The unit counted last, the one named before, and for a percentage or a goal the one named after."""
    role, kind = here.amount.role, here.amount.kind
    same = [claim for claim in here.earlier if claim.shape in ("count", "signed", "growth")]
    counted = [claim for claim in same if claim.unit not in PLACES] or same
    if role and counted:
        return counted[-1].unit
    countable = _countable(here.parsed.tokens[: here.amount.first])
    if countable:
        return countable[-1].value if not role and here.start() else countable[0].value
    if same:
        return _last_unit(same)
    later = [token.value for token in here.parsed.tokens[here.amount.last + 1 :] if token.kind == "UNIT"]
    later = [unit for unit in later if unit not in PLACES]
    if later and (role or kind in ("percent", "multiple")):
        return later[0]
    after = here.parsed.between(here.amount.last + 1, min(here.amount.last + 6, here.end()))
    pending = any(token.kind == "PENDING" for token in after)
    return here.behind.unit or "agreements" if role or pending else None
