"""What surrounds an amount in its sentence: whether it is pending, denied, an event, a share.

What enters: a parsed sentence and the place of one amount. What leaves: the answers to single questions about
it, by the tokens before and after it. Promise: each question has one rule, stated where it is answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.attaching import where_of
from ledger287.factcheck.extract.amounts.holding import of_its_verb
from ledger287.factcheck.extract.amounts.times.timing import DEEDS, Background, Times, event_opens, when_of
from ledger287.factcheck.extract.model import Claim, When, Where
from ledger287.factcheck.parse.clause_openers import clause_openers
from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.model import Amount, Token
from ledger287.factcheck.parse.parsing import Parsed

PLACES = ("states", "territories", "states_and_territories", "counties", "jurisdictions")
HAVE = ("have", "has", "had", "having")
THEM = ("them", "those", "these", "which", "whom")
WHOLES = ("total", "whole", "list", "which", "them", "those", "these", "roster")
LACKING = when_needed(
    r"(?i)\b(?:ha(?:ve|s|d) (?:no|none)\b|ha(?:ve|s|d)(?:n[’']t| not)|do(?:es)?(?:n[’']t| not)|lack(?:s|ed)?\b"
    r"|without\b|(?:there )?(?:are|were|is|was) no\b|still outside|are not|aren[’']t|no (?:such |active )?agreements)"
)

RESTATING = (",", "or", "(", "about", "roughly", "–", "—", "nearly", "under", "in")
ASIDE = when_needed(r"(?i)^ ?, [^;]{3,90}?, ?(?=(?:have|has|had|do|does|are|lack)\b)")
"""The words between commas before the verb."""


def _is_whole(tokens: Sequence[Token]) -> bool:
    """Whether a word stands for all that is counted: of the total, of which; not of the total population."""
    noun = tokens[1].kind if len(tokens) > 1 else ""
    return tokens[0].text.lower() in WHOLES and noun not in ("WORD", "OTHER", "FILL")


SIGNING = (
    "signed",
    "signed up",
    "signed on",
    "newly signed",
    "joined",
    "entered",
    "entered into",
    "inked",
    "executed",
    "added",
)
ON_A_DAY = when_needed(r"^on |yesterday|^(?:last |this )?\w+day\b|\b(?:days?|weeks?|months?) later\b")
"""What has been signed by a day is another number than what was signed on it."""
TERM_DAYS = 366
"""What is longer is a term of office: what has been signed under it was signed in it."""


STATE_VERBS = frozenset(["had", "have", "has", "held", "hold", "holds", "were", "are", "participated", "took"])
"""Verbs of what lasts: behind one, "when" opens a clause of its own."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One amount with the sentence around it, and the claims found before it."""

    parsed: Parsed
    number: int
    amount: Amount
    spots: Times
    behind: Background
    earlier: Sequence[Claim]

    def when(self) -> When:
        return when_of(self.number, self.amount, self.spots)

    def where(self) -> Where:
        return where_of(self.parsed.tokens, self.parsed.amounts, self.number, self.behind)

    def end(self) -> int:
        following = self.parsed.amounts[self.number + 1 : self.number + 2]
        return following[0].first if following else len(self.parsed.tokens)

    def start(self) -> int:
        return self.parsed.amounts[self.number - 1].last + 1 if self.number else 0

    def after(self, reach: int) -> Sequence[Token]:
        first = self.amount.last + 1
        return self.parsed.tokens[first : first + reach]

    def ahead(self, reach: int) -> Sequence[Token]:
        """The tokens just before the amount, back to the amount before it."""
        last = self.amount.first
        return self.parsed.tokens[max(self.start(), last - reach) : last]

    def near(self, reach: int) -> Sequence[Token]:
        return self.parsed.between(
            max(self.amount.first - reach, self.start() - 1), min(self.amount.last + 1 + reach, self.end() + 1)
        )

    def clause(self) -> str:
        """The text from the amount to the next one, or to the end of its clause."""
        tokens = self.parsed.between(self.amount.last + 1, len(self.parsed.tokens))
        cut = next((at for at, token in enumerate(tokens) if token.text in ";—" or token.kind == "WHEN"), len(tokens))
        text, offset = self.parsed.sentence.text, self.parsed.sentence.span.start
        return text[tokens[0].span.start - offset : tokens[cut - 1].span.end - offset] if cut else ""

    def is_duration(self) -> bool:
        after = self.after(1)
        return bool(after) and after[0].kind in ("DURATION", "TIMES")

    def is_foretold(self) -> bool:
        """Whether the figure is one to come: the total would pass 1,000."""
        ahead = [token.text.lower().replace("’", "'") for token in self.ahead(5)]
        return any(word in words("modals") or word.endswith("'ll") for word in ahead)

    def is_denied(self) -> bool:
        """Whether the sentence denies the figure: never exceeded 150; not the 300 that …"""
        before = self.ahead(6)
        for place, token in enumerate(before):
            low = token.text.lower()
            if token.kind == "MARK" and low in ",;—:":
                continue
            following = before[place + 1].text.lower() if place + 1 < len(before) else ""
            if low in words("denying") and following not in ("only", "just", "fewer", "less", "more", "even"):
                return not any(one.kind == "MARK" for one in before[place:])
        return False

    def is_lacking(self) -> bool:
        """Whether places are counted for having none: ten states have no agreements."""
        if [token.text.lower() for token in self.ahead(2)] == ["all", "but"]:
            return True
        clause = ASIDE.sub("", self.clause(), count=1)
        found = LACKING.search(clause[:70])
        return found is not None and "," not in clause[: found.start()]

    def of_them(self) -> Claim | None:
        """The claim that "14 of them" is a part of."""
        after = self.after(3)
        if len(after) < 2 or after[0].text.lower() != "of" or after[1].text.lower() not in THEM:
            return None
        if len(after) > 2 and after[1].text.lower() in ("those", "these") and after[2].kind == "UNIT":
            return None
        wholes = [one for one in self.earlier if one.shape in ("count", "signed", "left") and one.unit not in PLACES]
        return wholes[-1] if wholes else None

    def is_each(self) -> bool:
        """Whether a figure is that of every place named: Georgia and Alabama each have 51."""
        around = [*self.ahead(3), *self.after(3)]
        after = self.parsed.between(self.amount.last + 1, self.end())
        if any(one.kind == "PLACE" and other.text.lower() in ("each", "apiece") for one, other in pairwise(after)):
            return True
        return any(token.text.lower() in ("each", "apiece") for token in around)

    def is_share(self) -> bool:
        after = self.after(7)
        if after and after[0].text.lower() in ("of", "were", "are"):
            return after[0].text.lower() != "of" or any(
                token.kind in ("UNIT", "SAMEPLACE", "PROGRAM") or _is_whole(after[place:])
                for place, token in enumerate(after[:6])
            )
        if after and after[0].kind == "IN" and len(after) > 1 and after[1].kind == "PLACE":
            return any(claim.shape == "share" for claim in self.earlier)
        if self.restates():
            return True
        before = self.parsed.between(self.start() - 1, self.amount.first)
        labelled = any(token.kind in ("MODEL", "PLACE", "UNIT") for token in before) and before[-1].text.lower() in (
            "at",
            "with",
            ",",
        )
        if labelled and any(claim.shape == "share" for claim in self.earlier):
            return True
        if any(token.text.lower() in words("sharing") for token in before):
            return True
        return any(claim.shape == "share" for claim in self.earlier) and any(
            token.kind in ("PLACE", "MODEL") for token in self.near(5)
        )

    def restates(self) -> bool:
        """Whether a percentage repeats the part and total before it: 959 of the 1,604, or 60%."""
        between = [token.text.lower() for token in self.parsed.between(self.start(), self.amount.first)]
        named = {token.text.lower() for token in self.ahead(5) if token.kind == "PROGRAM"}
        wholes = self.number > 0 and self.parsed.amounts[self.number - 1].kind == "portion"
        return wholes and set(between) <= {*RESTATING, *named}

    def pending(self, unit: str) -> str:
        noun = self.amount.noun
        clause = list(self.parsed.between(self.amount.last + 1, self.end()))
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
            around = [*self.ahead(4), *after]
            return "" if any(token.kind == "SIGN" for token in around) else "pending"
        return "pending" if any(token.kind == "PENDING" for token in self.ahead(3)) else ""

    def event(self, unit: str, when: When) -> str | None:
        """Whether the amount counts what happened in a period, not what was in force on a day."""
        if self.amount.role:
            return None
        near = of_its_verb(self.ahead(4), self.own_clause()) or [*self.ahead(4), *self.own_clause()]
        if any(token.text.lower() == "leaving" for token in self.ahead(1)):
            return None
        verbs = [place for place, token in enumerate(near) if token.kind in ("SIGN", "LEAVE")]
        if self.remains():
            return None
        kind = "leave" if any(near[place].kind == "LEAVE" for place in verbs) else "sign"
        noun = self.amount.noun
        noun_new = bool(noun and noun.sign and {"new", "more", "newly", "additional", "signings"} & set(noun.words))
        bare = noun is not None and noun.unit is None and noun.words[-1:] == ("signed",)
        if bare and not verbs and when.stated:
            return "sign"  # has nine agreements, three signed on April 5
        if not verbs and not noun_new:
            applied = unit == "applications" and any(token.kind == "SIGN" for token in near)
            return "sign" if applied and when.period else None
        if unit in ("states", "territories") and not noun_new:
            return None
        if kind == "leave":
            return "leave"
        if noun_new:
            return "sign"
        perfect = any(
            place and any(near[back].text.lower() in HAVE for back in range(max(0, place - 3), place))
            for place in verbs
        )
        if self._on_a_day(when) and any(near[place].text.lower() in SIGNING for place in verbs):
            return None if perfect else "sign"
        if not (when.stated and (when.period or when.since)):
            return None
        said = when.said.lower()
        term = said.startswith(("under ", "during ")) and when.windows[:1] and when.windows[0].length > TERM_DAYS
        narrowed = when.since or term or any(part in said for part in ("alone", "so far", "weeks of"))
        narrowed = narrowed or said.startswith(
            ("in the past", "in the last", "over the past", "over the last", "within ")
        )
        return None if perfect and not narrowed else "sign"

    def own_clause(self) -> Sequence[Token]:
        """The tokens behind the amount, without a clause on another: has seven, and the Wells police left in May."""
        tokens, amounts = self.parsed.tokens, self.parsed.amounts
        after = self.parsed.between(self.amount.last + 1, self.end())
        deed = next((at for at in range(self.amount.last + 1, self.end()) if tokens[at].kind in DEEDS), None)
        opens = event_opens(tokens, amounts, deed + 1) if deed is not None else None
        if deed is None:
            return after
        openers = clause_openers("happening")
        other = next((at for at in range(self.amount.last + 1, deed) if tokens[at].text.lower() in openers), None)
        if other is not None:
            own = self.parsed.between(self.amount.last + 1, other)
            apart = own[-1:] and own[-1].text in (",", "just", "shortly", "right", "days", "weeks", "months")
            if apart or any(token.text.lower() in STATE_VERBS for token in own):
                return own  # had nine, just before the governor signed; had nine when the governor signed the ban
        if opens is None or opens <= self.amount.last:
            return after
        other = any(one.kind in ("NAME", "PLACE") for one in tokens[opens:deed])
        joined = tokens[opens + 1].text.lower() in ("and", "but", "while")
        return self.parsed.between(self.amount.last + 1, opens) if other and joined else after

    @staticmethod
    def _on_a_day(when: When) -> bool:
        """Whether a day is named on which something was done, not up to which: on Feb. 26; yesterday; a week later."""
        return when.stated and not (when.period or when.since) and bool(ON_A_DAY.search(when.said.lower()))

    def remains(self) -> bool:
        """Whether those counted are what is left: has two agreements left."""
        following = self.after(2)
        ahead = {token.text.lower() for token in self.ahead(3)}
        noun = self.amount.noun
        counted = noun is not None and noun.unit in ("agreements", "agencies", "partnerships")
        left = bool(following) and following[0].text.lower() == "left" and all(
            one.kind in ("MARK", "IN", "WHEN") for one in following[1:]
        )  # fmt: skip
        return left and counted and bool(ahead & {"has", "have", "had", "with", "are", "were"})

    def qualified(self, adjective: str | None) -> str | None:
        """A word that narrows what is counted, in a way that the record does not show."""
        after = self.parsed.between(self.amount.last + 1, min(self.amount.last + 5, self.end()))
        around = [token for token in after if token.kind in ("WORD", "FILL", "OUTSIDE")]
        said = [*(self.amount.noun.words if self.amount.noun else ()), *(token.text.lower() for token in around)]
        unit = self.amount.noun and (self.amount.noun.unit or self.amount.noun.other)
        return next((word for word in said if word in words("narrowing")), None if unit else adjective)


def adjective_of(here: Surroundings) -> str | None:
    """A word of no meaning here between the number and its unit: thirty rural agencies."""
    after = here.after(4)
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
