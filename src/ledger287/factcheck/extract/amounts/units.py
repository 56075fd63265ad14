"""What an amount counts: its own noun, what it is next to, the subject of its sentence.

What enters: a parsed sentence and the place of one amount. What leaves: a unit of the closed vocabulary, or None
where the sentence gives none. Promise: a number with a noun that is not of the vocabulary has no unit.
"""

import re
from collections.abc import Sequence

from ledger287.factcheck.extract.amounts.surroundings import PLACES, THEM
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.verdicts.doubts import BODIES, KINDS, Doubting

PERSONS = ("sheriff", "constable", "chief")


class Units(Doubting):
    """The unit of one amount."""

    __slots__ = ()

    def _unit(self) -> str | None:
        """The unit of a counted amount: its noun's, joined with those listed behind it, else what is around."""
        noun = self.amount.noun
        return self._listed_kinds(noun.unit) if noun and noun.unit else self._unit_around()

    def _listed_kinds(self, unit: str) -> str:
        """``police departments, sheriff's offices and state agencies``: agencies; of two, the pair."""
        named = {unit}
        for token in self.parsed.between(self.amount.last + 1, self._end()):
            if token.kind == "UNIT" and token.value in BODIES:
                named.add(token.value)
            elif not (token.text in (",", "&") or token.text.lower() in ("and", "or") or token.kind == "FILL"):
                break
        if len(named) == 1 or not named <= set(BODIES):
            return unit
        return "police_and_sheriffs" if named <= {"police", "sheriffs", "police_and_sheriffs"} else "agencies"

    def _kind_of_them(self) -> str | None:
        """``five of them sheriff's offices``: the kind of agency that is counted, where agencies were counted
        before."""
        after = self._after(5)
        if len(after) < 3 or after[0].text.lower() != "of" or after[1].text.lower() not in THEM:
            return None
        rest = [token for token in after[2:] if token.text.lower() not in ("are", "were", "being", "county", "local")]
        agencies = any(one.unit == "agencies" and one.shape == "count" for one in self.earlier)
        kind = rest[0].value if rest and rest[0].kind == "UNIT" and rest[0].value in KINDS else None
        return kind if agencies else None

    def _adjective(self) -> str | None:
        """A word of no meaning here between the number and its unit: thirty rural agencies."""
        after = self._after(4)
        for place, token in enumerate(after):
            if token.kind == "UNIT" and place and token.text.lower() != "law enforcement":
                found = [one.text.lower() for one in after[:place] if one.kind == "WORD"]
                return found[0] if found else None
            if (
                token.kind not in ("WORD", "FILL", "PROGRAM", "SIGN")
                or not token.text[0].islower()
                or token.text.lower() in words("verbs")
            ):
                return None
        return None

    def _is_apposed(self) -> bool:
        """Whether the number is between commas, as an age is: the sheriff, 62, said."""
        around = [*self.parsed.between(self.amount.first - 1, self.amount.first), *self._after(1)]
        enclosed = len(around) == 2 and all(token.text == "," for token in around)
        before = self.parsed.between(self.amount.first - 2, self.amount.first - 1)
        things = [one for one in before if one.kind in ("UNIT", "PROGRAM") and one.text.lower() not in PERSONS]
        return enclosed and not things

    def _is_labelled(self) -> bool:
        """Whether the number comes after its label: Florida (317); warrant service agreements, 464."""
        tokens, first = self.parsed.tokens, self.amount.first
        if self.amount.role or first < 2 or tokens[first - 1].text not in ("(", ",", ":", "–", "—"):
            return False
        label, after = tokens[first - 2], self._after(1)
        named = label.kind in ("PLACE", "MODEL") or (
            label.kind == "UNIT" and label.text.lower() not in PERSONS and tokens[first - 1].text != "("
        )
        closed = not after or after[0].kind == "MARK" or after[0].text.lower() == "and"
        return named and closed and (tokens[first - 1].text == "(") == (bool(after) and after[0].text == ")")

    def _other_noun(self) -> bool:
        """Whether a noun that is not of the vocabulary follows the number: two Justice Department investigations."""
        after = self._after(2)
        if not after:
            return False
        first = after[0]
        if first.text.lower() == "of":
            return len(after) > 1 and after[1].kind in ("WORD", "OTHER", "NAME") and after[1].text.lower() not in THEM
        if self._adjective():
            return False
        if first.kind in ("TOPIC", "SIGN", "FILL") and len(after) > 1 and after[1].kind == "OTHER":
            return True
        return first.kind in ("NAME", "OTHER", "DURATION", "ICE") or (
            first.kind == "WORD" and first.text.lower() not in words("verbs")
        )

    def _kind(self) -> str | None:
        """The kind of agency that a share is of: sheriff's offices make up half of the agencies."""
        around = [
            *self.parsed.between(self._start(), self.amount.first),
            *self.parsed.between(self.amount.last + 1, self._end()),
        ]
        kinds = [token.value for token in around if token.kind == "UNIT" and token.value in KINDS]
        return kinds[0] if kinds else None

    def _share_unit(self) -> str:
        """What a share is of: its own noun, the unit behind "of", else what is counted around it."""
        noun = self.amount.noun
        if noun and noun.unit:
            return noun.unit
        after = self._after(5)
        following = self.parsed.amounts[self.number + 1 : self.number + 2]
        if after and after[0].text.lower() == "of":
            unit = next((token.value for token in after if token.kind == "UNIT"), None)
            if unit in ("counties", "states"):
                return unit
            if (
                following
                and following[0].noun
                and following[0].noun.unit in ("counties", "states")
                and following[0].first - self.amount.last <= 5
            ):
                return following[0].noun.unit
        of_all = len(after) > 2 and after[0].text.lower() == "of" and any(_stands_for(one) for one in after[1:3])
        if (self._restates() or of_all) and self.earlier:
            return self.earlier[-1].unit
        for token in self.parsed.between(self.amount.last + 1, self._end()):
            if token.kind == "UNIT" and token.value not in PLACES:
                return token.value
        earlier = [claim.unit for claim in self.earlier if claim.shape in ("share", "count", "signed")]
        return earlier[-1] if earlier else self._unit_around() or self.behind.unit or "agreements"

    def _unit_around(self) -> str | None:
        """The unit of a number without a noun, by the first of these rules that finds one."""
        counted = self.amount.kind == "counted"
        if counted and (series := self._of_states() or self._more_than_before()):
            return series
        if counted and (self._is_labelled() or self._by_model()):
            own = [one.unit for one in self.earlier if one.shape == "count" and one.unit not in PLACES]
            return (own[-1] if own else self._of_sentence()) or self.behind.unit or "agreements"
        if counted and not self.amount.role and (self._other_noun() or self._is_apposed()):
            return None
        rules = (
            self._of_it,
            self._of_those_there,
            self._of_tally,
            self._behind_of,
            self._number_of,
            self._of_place,
            self._of_whole,
            self._of_those,
            self._of_subject,
        )
        return next((unit for rule in rules if (unit := rule())), None)

    def _by_model(self) -> bool:
        """Whether the number counts by model: 122 follow the jail enforcement model; 442 the task force model."""
        if self.amount.role:
            return False
        noun = self.amount.noun
        if noun and noun.model and not noun.other:
            return True
        for token in self.parsed.between(self.amount.last + 1, min(self.amount.last + 6, self._end())):
            if token.kind == "MODEL":
                return bool(self.earlier)
            if token.kind in ("MARK", "UNIT", "OTHER", "DURATION", "NAME", "WHEN", "PLACE"):
                return False
        return False

    def _of_sentence(self) -> str | None:
        """The first thing counted that the sentence names."""
        found = [
            token.value
            for token in self.parsed.tokens
            if token.kind == "UNIT" and token.value not in PLACES and token.text.lower() != "law enforcement"
        ]
        return found[0] if found else None

    def _of_those_there(self) -> str | None:
        """As of last month, there were 254: what the sentence before counted."""
        ahead = [token.text.lower() for token in self._ahead(3) if token.kind != "WHEN"][-2:]
        bare = all(token.kind == "MARK" for token in self._after(2)) and len(self.parsed.amounts) == 1
        return self.behind.unit if bare and ahead[:1] == ["there"] and self._of_sentence() is None else None

    def _of_states(self) -> str | None:
        """In 35 states, task force agreements in 31 and jail agreements in 27: states again, each of its own model."""
        ahead = self._ahead(1)
        before = self.earlier[-1] if self.earlier else None
        if not ahead or ahead[0].text.lower() not in ("in", "across") or before is None or self.amount.noun:
            return None
        alike = before.unit in ("states", "counties") and before.shape == "count" and bool(before.model)
        named = any(token.kind == "MODEL" for token in self.parsed.between(self._start(), self.amount.first))
        return before.unit if alike and named else None

    def _more_than_before(self) -> str | None:
        """1,274 agreements, 1,139 more than a year earlier: of what was counted before."""
        after = self._after(2)
        told = [one.text.lower() for one in after[:1]] in (["more than"], ["fewer than"], ["less than"])
        counts = [one.unit for one in self.earlier if one.shape == "count"]
        return counts[-1] if told and len(after) > 1 and after[1].kind == "WHEN" and counts else None

    def _of_it(self) -> str | None:
        """Today it has 37: what the sentence before counted of its place."""
        ahead = [token.text.lower() for token in self._ahead(3) if token.kind != "WHEN"][-2:]
        bare = all(token.kind in ("MARK", "WHEN") for token in self._after(2)) and len(self.parsed.amounts) == 1
        it_has = ahead in (["it", "has"], ["it", "had"], ["it", "counts"])
        return self.behind.unit if bare and it_has and self._of_sentence() is None else None

    def _tallied(self) -> str | None:
        """The count has tripled since May: of agreements, where the sentence opens with a tally and counts nothing
        else."""
        opening = [token.text.lower() for token in self.parsed.tokens[:3]]
        tally = bool({"tally", "roster", "count", "list", "total"} & set(opening)) and self._of_sentence() is None
        return (self.behind.unit or "agreements") if tally and self.behind.where is None else None

    def _of_tally(self) -> str | None:
        """The tally reached 1,783; the roster hit 1,166: what the text counts, else agreements."""
        ahead = [token.text.lower() for token in self._ahead(6)]
        told = any(word in ("tally", "roster", "figure", "count") for word in ahead) and self._of_sentence() is None
        it_was = [token.text.lower() for token in self._ahead(2)] in (
            ["it", "was"],
            ["it", "were"],
            ["it", "had"],
            ["there", "were"],
        )
        told = told or (it_was and self._tallied() is not None)
        return self.behind.unit or "agreements" if told and self.amount.kind == "counted" else None

    def _of_place(self) -> str | None:
        """Idaho has nine, Utah 14 and Nebraska seven of the agreements; Tennessee, with 50, leads."""
        if self.amount.kind != "counted" or self.amount.role:
            return None
        ahead = [token for token in self._ahead(3) if token.kind != "MARK"]
        if self.amount.first == 1 and [one.kind for one in self._after(2)] == ["MARK", "PLACE"]:
            return self._of_sentence() if ahead and ahead[0].text.lower() in ("at", "with") else None
        if ahead and ahead[-1].text.lower() in ("has", "have", "had", "with", "at", "counts", "holds"):
            ahead = ahead[:-1]
        if not ahead or ahead[-1].kind != "PLACE":
            return None
        counted = [one.unit for one in self.earlier if one.shape == "count" and one.unit not in PLACES]
        return (counted[-1] if counted else self._of_sentence()) or self.behind.unit

    def _behind_of(self) -> str | None:
        """``of the …`` and similar words after the number."""
        if self.amount.role == "to" or self.amount.kind != "counted":
            return None
        after = self.parsed.between(self.amount.last + 1, min(self.amount.last + 7, self._end()))
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

    def _number_of(self) -> str | None:
        """The unit of "the number of … agencies" before the amount (after it, for a percentage)."""
        tokens = self.parsed.tokens
        for place in range(len(tokens) - 1):
            if tokens[place].text.lower() in ("number", "total", "count", "tally") and tokens[
                place + 1
            ].text.lower() in ("of", "number"):
                if place > self.amount.first and self.amount.kind == "counted":
                    continue
                for token in tokens[place + 2 : place + 10]:
                    if token.kind == "UNIT":
                        return token.value
                    if token.kind in ("NUM", "MARK"):
                        break
        return None

    def _of_whole(self) -> str | None:
        """Of 88 counties, nine …: what the sentence opens with."""
        whole = [claim for claim in self.earlier if claim.shape == "total"]
        return whole[-1].unit if whole and self.amount.kind == "counted" and not self.amount.role else None

    def _of_those(self) -> str | None:
        """``14 of them``, ``those 40``: what was counted before."""
        after = self._after(2)
        if any(token.text.lower() in THEM for token in after):
            own = [one.unit for one in self.earlier if one.shape in ("count", "signed") and one.unit not in PLACES]
            own = own or [one.unit for one in self.earlier if one.shape == "other"]
            if own or self.behind.unit:
                return own[0] if own else self.behind.unit
        opening = [token.text.lower() for token in self.parsed.tokens[:2]]
        if opening[:1] == ["of"] and opening[1:] in ([one] for one in THEM) and not self.number and self.behind.unit:
            return self.behind.unit
        if re.match(r"(?i)(?:of )?(?:those|these|the other) ", self.amount.figure.said + " ") or self._other_two():
            return self.behind.unit or "agencies"
        return None

    def _other_two(self) -> bool:
        before = self.parsed.between(max(self.amount.first - 1, 0), self.amount.first)
        return bool(before) and before[0].text.lower() in ("other", "those", "these")

    def _of_subject(self) -> str | None:
        """The unit counted last, the one named before, and for a percentage or a goal the one named after."""
        role, kind = self.amount.role, self.amount.kind
        same = [claim for claim in self.earlier if claim.shape in ("count", "signed", "growth")]
        counted = [claim for claim in same if claim.unit not in PLACES] or same
        if role and counted:
            return counted[-1].unit
        countable = _countable(self.parsed.tokens[: self.amount.first])
        if countable:
            return countable[-1].value if not role and self._start() else countable[0].value
        if same:
            return _last_unit(same)
        later = [token.value for token in self.parsed.tokens[self.amount.last + 1 :] if token.kind == "UNIT"]
        later = [unit for unit in later if unit not in PLACES]
        if later and (role or kind in ("percent", "multiple")):
            return later[0]
        after = self.parsed.between(self.amount.last + 1, min(self.amount.last + 6, self._end()))
        pending = any(token.kind == "PENDING" for token in after)
        return self.behind.unit or "agreements" if role or pending else None


def _stands_for(token: Token) -> bool:
    return token.text.lower() in ("total", "whole")


def _countable(tokens: Sequence[Token]) -> Sequence[Token]:
    """The units among tokens; those that are no places, where there are any."""
    found = [token for token in tokens if token.kind == "UNIT" and token.text.lower() != "law enforcement"]
    return [token for token in found if token.value not in PLACES] or found


def _last_unit(claims: Sequence[Claim]) -> str:
    return claims[-1].unit
