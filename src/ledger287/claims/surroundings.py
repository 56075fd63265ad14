"""What stands around an amount in its sentence: its unit, whether it is pending, an event, a share.

What enters: a parsed sentence and the place of one amount. What leaves: the answers to single questions about
it, by the tokens before and after it. Promise: each question has one rule, stated where it is answered.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ledger287.claims.attaching import Background, Times, when_of, where_of
from ledger287.claims.model import Claim, When, Where
from ledger287.claims.phrases import Amount
from ledger287.claims.phrases import amounts as amounts_of
from ledger287.claims.sentences import Sentence
from ledger287.claims.tokens import Token, tokens_of

KINDS = ("sheriffs", "police", "constables", "campuses", "state_agencies")
PLACES = ("states", "territories", "states_and_territories", "counties", "jurisdictions")
NARROWING = {
    "outside",
    "near",
    "along",
    "bordering",
    "led",
    "whose",
    "except",
    "excluding",
    "besides",
    "rural",
    "urban",
    "border",
    "suburban",
    "coastal",
    "democratic",
    "republican",
    "red",
    "blue",
    "smaller",
    "larger",
    "small",
    "large",
    "big",
    "tribal",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "adjacent",
    "neighboring",
    "surrounding",
    "nearby",
    "metro",
    "area",
}
VERBS = {
    "have",
    "has",
    "had",
    "are",
    "is",
    "were",
    "was",
    "when",
    "by",
    "as",
    "on",
    "at",
    "since",
    "compared",
    "before",
    "after",
    "that",
    "which",
    "then",
    "during",
    "under",
    "while",
    "who",
    "if",
    "because",
    "with",
    "through",
    "until",
    "participating",
    "remain",
    "remains",
    "stand",
    "stood",
    "exist",
    "existed",
    "still",
    "just",
    "so",
    "operate",
    "it",
    "this",
    "last",
    "but",
    "only",
    "up",
    "over",
}
MODALS = {
    "will",
    "would",
    "could",
    "may",
    "might",
    "should",
    "expects",
    "expected",
    "hopes",
    "aims",
    "plans",
    "wants",
    "goal",
    "projected",
    "if",
}
HAVE = ("have", "has", "had", "having")
SHARING = (
    "accounts",
    "account",
    "accounting",
    "represent",
    "represents",
    "representing",
    "makes",
    "make",
    "makeup",
    "comprise",
    "comprises",
    "comprising",
    "belong",
    "share",
    "constitute",
    "hold",
    "holds",
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with its tokens and amounts."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    amounts: tuple[Amount, ...]

    def between(self, first: int, last: int) -> Sequence[Token]:
        """The tokens of a stretch, the end excluded."""
        return self.tokens[max(first, 0) : last]

    def kinds(self) -> set[str]:
        """The kinds of token that it has."""
        return {token.kind for token in self.tokens}


def parse(sentence: Sentence) -> Parsed:
    """Tokenise and parse one sentence."""
    tokens = tokens_of(sentence.text, sentence.span.start)
    return Parsed(sentence, tuple(tokens), tuple(amounts_of(tokens)))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One amount with the sentence around it, and the claims found before it."""

    parsed: Parsed
    number: int
    amount: Amount
    spots: Times
    behind: Background
    earlier: Sequence[Claim]

    def _adjective(self) -> str | None:
        """A word of no meaning here between the number and its unit: thirty rural agencies."""
        after = self.parsed.between(self.amount.last + 1, self.amount.last + 5)
        for place, token in enumerate(after):
            if token.kind == "UNIT" and place and token.text.lower() != "law enforcement":
                words = [one.text.lower() for one in after[:place] if one.kind == "WORD"]
                return words[0] if words else None
            if (
                token.kind not in ("WORD", "FILL", "PROGRAM", "SIGN")
                or not token.text[0].islower()
                or token.text.lower() in VERBS
            ):
                return None
        return None

    def _is_apposed(self) -> bool:
        """Whether the number stands between commas, as an age does: the sheriff, 62, said."""
        around = [
            *self.parsed.between(self.amount.first - 1, self.amount.first),
            *self.parsed.between(self.amount.last + 1, self.amount.last + 2),
        ]
        return len(around) == 2 and all(token.text == "," for token in around)

    def _other_noun(self) -> bool:
        """Whether a noun that is not of the vocabulary follows the number: two Justice Department investigations."""
        after = self.parsed.between(self.amount.last + 1, self.amount.last + 3)
        if not after:
            return False
        first = after[0]
        if first.text.lower() == "of":
            return len(after) > 1 and after[1].kind in ("WORD", "OTHER", "NAME")
        if self._adjective():
            return False
        return first.kind in ("NAME", "OTHER", "DURATION", "ICE") or (
            first.kind == "WORD" and first.text.lower() not in VERBS
        )

    def _when(self) -> When:
        return when_of(self.number, self.amount, self.spots)

    def _where(self) -> Where:
        return where_of(self.parsed.tokens, self.parsed.amounts, self.number, self.behind)

    def _end(self) -> int:
        following = self.parsed.amounts[self.number + 1 : self.number + 2]
        return following[0].first if following else len(self.parsed.tokens)

    def _start(self) -> int:
        return self.parsed.amounts[self.number - 1].last + 1 if self.number else 0

    def _near(self, reach: int) -> Sequence[Token]:
        return self.parsed.between(
            max(self.amount.first - reach, self._start() - 1), min(self.amount.last + 1 + reach, self._end() + 1)
        )

    def _is_duration(self) -> bool:
        after = self.parsed.between(self.amount.last + 1, self.amount.last + 2)
        return bool(after) and after[0].kind in ("DURATION", "TIMES")

    def _is_share(self) -> bool:
        after = self.parsed.between(self.amount.last + 1, self.amount.last + 8)
        if after and after[0].text.lower() in ("of", "were", "are"):
            return after[0].text.lower() != "of" or any(
                token.kind in ("UNIT", "SAMEPLACE", "PROGRAM") for token in after[:6]
            )
        if after and after[0].kind == "IN" and len(after) > 1 and after[1].kind == "PLACE":
            return any(claim.shape == "share" for claim in self.earlier)
        before = self.parsed.between(self._start() - 1, self.amount.first)
        if any(token.text.lower() in SHARING for token in before):
            return True
        return any(claim.shape == "share" for claim in self.earlier) and any(
            token.kind == "PLACE" for token in self._near(5)
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
        noun = self.amount.noun
        if noun and noun.unit:
            return noun.unit
        after = self.parsed.between(self.amount.last + 1, self.amount.last + 6)
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
        for token in self.parsed.between(self.amount.last + 1, self._end()):
            if token.kind == "UNIT" and token.value not in PLACES:
                return token.value
        earlier = [claim.unit for claim in self.earlier if claim.shape in ("share", "count", "signed")]
        return earlier[-1] if earlier else self._unit_around() or self.behind.unit or "agreements"

    def _unit_around(self) -> str | None:
        """The unit of a number without a noun: "of the …" after it, what it stands beside, its subject."""
        tokens = self.parsed.tokens
        if self.amount.kind == "counted" and not self.amount.role and (self._other_noun() or self._is_apposed()):
            return None
        after = self.parsed.between(self.amount.last + 1, min(self.amount.last + 6, self._end()))
        if self.amount.role != "to" and self.amount.kind == "counted":
            for place, token in enumerate(after):
                if token.kind == "UNIT" and (place <= 2 or after[0].text.lower() == "of"):
                    return token.value
                if token.kind in ("MARK", "WHEN", "PLACE", "SAMEPLACE", "IN") and token.text.lower() not in (
                    "of",
                    "these",
                    "those",
                ):
                    break
        numbered = self._number_of()
        if numbered:
            return numbered
        whole = [claim for claim in self.earlier if claim.shape == "total"]
        if whole and self.amount.kind == "counted" and not self.amount.role:
            return whole[-1].unit
        if any(token.text.lower() in ("them", "those") for token in after[:2]):
            own = [
                claim.unit for claim in self.earlier if claim.shape in ("count", "signed") and claim.unit not in PLACES
            ]
            found = own[0] if own else self.behind.unit
            if found:
                return found
        if re.match(r"(?i)(?:of )?(?:those|these|the other) ", self.amount.figure.said + " ") or self._other_two():
            return self.behind.unit or "agencies"
        same = [claim for claim in self.earlier if claim.shape in ("count", "signed", "growth")]
        counted = [claim for claim in same if claim.unit not in PLACES] or same
        if self.amount.role and counted:
            return counted[-1].unit
        before = [
            token
            for token in tokens[: self.amount.first]
            if token.kind == "UNIT" and token.text.lower() != "law enforcement"
        ]
        countable = [token for token in before if token.value not in PLACES] or before
        if countable:
            return (
                countable[0].value if self.amount.role else countable[-1].value if self._start() else countable[0].value
            )
        if same:
            return same[-1].unit
        later = [
            token.value
            for token in tokens[self.amount.last + 1 :]
            if token.kind == "UNIT" and token.value not in PLACES
        ]
        if later and (self.amount.role or self.amount.kind in ("percent", "multiple")):
            return later[0]
        pending = any(token.kind == "PENDING" for token in after)
        return self.behind.unit or "agreements" if self.amount.role or pending else None

    def _other_two(self) -> bool:
        before = self.parsed.between(max(self.amount.first - 1, 0), self.amount.first)
        return bool(before) and before[0].text.lower() in ("other", "those", "these")

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

    def _pending(self, unit: str) -> str:
        noun = self.amount.noun
        clause = list(self.parsed.between(self.amount.last + 1, self._end()))
        cut = next(
            (place for place, token in enumerate(clause) if token.text in (";", "—", ",") and place > 1), len(clause)
        )
        after = clause[:cut]
        if any(token.kind == "PENDING" for token in after):
            places = [token.kind for token in after]
            joined = any(token.text.lower() == "or" for token in after) and "SIGN" in places
            return "either" if joined else "pending"
        if noun and noun.pending:
            return "pending"
        if unit == "applications":
            around = [*self.parsed.between(max(self._start(), self.amount.first - 4), self.amount.first), *after]
            return "" if any(token.kind == "SIGN" for token in around) else "pending"
        before = list(self.parsed.between(max(self._start(), self.amount.first - 3), self.amount.first))
        return "pending" if any(token.kind == "PENDING" for token in before) else ""

    def _event(self, unit: str, when: When) -> str | None:
        """Whether the amount counts what happened in a time, not what stood on a day."""
        if self.amount.role:
            return None
        after = self.parsed.between(self.amount.last + 1, self._end())
        before = self.parsed.between(max(self._start(), self.amount.first - 4), self.amount.first)
        near = [*before, *(token for token in after)]
        verbs = [place for place, token in enumerate(near) if token.kind in ("SIGN", "LEAVE")]
        kind = "leave" if any(near[place].kind == "LEAVE" for place in verbs) else "sign"
        noun_new = bool(
            self.amount.noun
            and self.amount.noun.sign
            and {"new", "more", "newly", "additional"} & set(self.amount.noun.words)
        )
        if not verbs and not noun_new:
            applied = unit == "applications" and "SIGN" in {token.kind for token in after}
            return "sign" if applied and when.period else None
        if unit in ("states", "territories") and not noun_new:
            return None
        if kind == "leave":
            return "leave"
        perfect = any(
            place and any(near[back].text.lower() in HAVE for back in range(max(0, place - 3), place))
            for place in verbs
        )
        alone = "alone" in when.said.lower() or "so far" in when.said.lower()
        if noun_new:
            return "sign"
        if not (when.stated and (when.period or when.since)):
            return None
        return None if perfect and not (when.since or alone or "weeks of" in when.said.lower()) else "sign"

    def _qualified(self) -> str | None:
        after = self.parsed.between(self.amount.last + 1, min(self.amount.last + 5, self._end()))
        around = [token for token in after if token.kind in ("WORD", "FILL", "OUTSIDE")]
        words = [*(self.amount.noun.words if self.amount.noun else ()), *(token.text.lower() for token in around)]
        unit = self.amount.noun and (self.amount.noun.unit or self.amount.noun.other)
        return next((word for word in words if word in NARROWING), None if unit else self._adjective())
