"""Claims that compare: one state with another, a day with a day before it.

What enters: one amount with the sentence around it. What leaves: a claim of shape ``gap`` (how many more than),
``times`` (how many times as many as) or ``change`` (how many more than before), or None where nothing is
compared. Promise: what a figure is compared with is named in its own sentence.
"""

from dataclasses import replace

from ledger287.factcheck.extract.amounts.attaching import where_of
from ledger287.factcheck.extract.amounts.models import model_of
from ledger287.factcheck.extract.amounts.units import Units
from ledger287.factcheck.extract.model import Claim, Figure, Shape, Span, When, Where
from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.model import Token

FEWER = ("fewer", "less", "fall")
NUMBER = ("number", "total", "figure", "count", "tally", "that", "those")


class Comparing(Units):
    """What one amount is compared with."""

    __slots__ = ()

    def _compared(self, unit: str) -> Claim | None:
        """``180 more agreements than Texas``, ``twice as many as Texas``: the two states, and which way."""
        before = self.parsed.tokens[: self.amount.first]
        rival = self._rival() or self._led()
        if rival is None:
            return None
        subjects = [token for token in before if token.kind == "PLACE" and token.value != rival]
        own = subjects[-1] if subjects else self._between(rival)
        shape: Shape = "times" if self.amount.kind == "multiple" else "gap"
        where = Where((own.value,), True, own.text) if own else Where((), False, "those")
        claim = replace(self._made(shape, self.amount.figure, unit), where=where, against=(rival,))
        said = self.amount.noun.words if self.amount.noun else ()
        return replace(claim, rank="fall") if set(said) & set(FEWER) else claim

    def _rival(self) -> str | None:
        """The state behind "than", "as" or "the number in"."""
        after = self._after(14)
        said = set(self.amount.noun.words if self.amount.noun else ())
        if self.amount.kind != "multiple" and not said & {"more", *FEWER}:
            return None
        for place, token in enumerate(after):
            low = token.text.lower()
            if token.kind in ("WHEN", "NUM", "TIMESWORD") or low in (";", ".", "and", "while"):
                return None
            following = [one for one in after[place + 1 : place + 4] if one.kind not in ("FILL", "IN")]
            if low.split()[-1] in ("than", "as", *NUMBER) and following and following[0].kind == "PLACE":
                if any(one.text.lower() == "as" for one in after[place + 2 : place + 6]) and low != "as":
                    continue
                return following[0].value
        return None

    def _between(self, rival: str) -> Token | None:
        """``three times as many agreements in Tennessee as in Maryland``: the place before the one compared with."""
        named = [token for token in self._after(14) if token.kind == "PLACE"]
        return named[0] if len(named) > 1 and named[0].value != rival == named[1].value else None

    def _led(self) -> str | None:
        """The state behind "lead over": Texas's lead over Florida has widened to 34 agreements."""
        before = self.parsed.tokens[: self.amount.first]
        leads = [at for at, token in enumerate(before) if token.text.lower() in ("lead", "margin", "edge", "gap")]
        places = [token for token in before[leads[-1] :] if token.kind == "PLACE"] if leads else []
        return places[-1].value if places and any(token.kind == "PLACE" for token in before[: leads[-1]]) else None

    def _changed(self, unit: str) -> Claim | None:
        """``rose by 40``, ``an increase of 40``, ``40 more than a month earlier``: against the day before it."""
        ahead, after = self._ahead(3), self._after(3)
        falling = any(token.kind == "FALL" or token.text.lower() in ("down", "lost", "shed") for token in ahead)
        link = ahead[-1].text.lower() if ahead else ""
        opened = after[0].text.lower() if after else ""
        up = link in ("up", "down") and opened.startswith(("from", "since", "over", "on ", "compared"))
        up = (up and any(token.kind == "WHEN" for token in after)) or link in ("gained", "lost", "netted", "shed")
        moved = up or (
            link in ("by", "of")
            and any(token.kind in ("RISE", "FALL") or token.text.lower() in ("gain", "net") for token in ahead)
        )
        said = set(self.amount.noun.words if self.amount.noun else ())
        than = bool(said & {"more", *FEWER}) and bool(after) and after[0].text.lower() == "than"
        fewer = bool(after) and after[0].text.lower() in ("fewer than", "less than")
        than = than or fewer or (bool(after) and after[0].text.lower() == "more than")
        if not moved and not (than and any(token.kind == "WHEN" for token in after)):
            return None
        claim = self._made("change", self.amount.figure, unit)
        claim = replace(claim, note="than") if than or link in ("up", "down") else claim
        return replace(claim, rank="fall") if falling or fewer or said & set(FEWER) else claim

    def _other(self, unit: str) -> Claim:
        return self._made("other", self.amount.figure, unit)

    def _made(
        self, shape: Shape, figure: Figure, unit: str, *, when: When | None = None, where_subject: bool = False
    ) -> Claim:
        first, last = self.parsed.tokens[self.amount.first], self.parsed.tokens[self.amount.last]
        where = where_of(self.parsed.tokens, self.parsed.amounts, self.number, self.behind, subject=where_subject)
        if unit in ("states", "territories", "states_and_territories"):
            where = Where((), True)
        return Claim(
            shape,
            figure,
            unit,
            where,
            when or self._when(),
            Span(first.span.start, last.span.end),
            self.parsed.sentence.span,
            model_of(self.parsed.tokens, self.parsed.amounts, self.number),
            speaker=self.parsed.sentence.speaker,
            qualified=self._qualified(self._adjective()),
            role=self.amount.role,
            named=self._named(),
            vague=self._vague(when or self._when()),
            unsure=self._unsure(unit) if shape in ("count", "signed", "left") else self.amount.unsure,
        )

    def _named(self) -> tuple[str, ...]:
        """The states of the sentence, for an amount that has no state next to it."""
        tokens, first = self.parsed.tokens, self.amount.first
        beside = [*tokens[max(first - 2, 0) : first], *self._after(2)]
        if (self.amount.noun and self.amount.noun.place) or any(token.kind == "PLACE" for token in beside):
            return ()
        return tuple(dict.fromkeys(token.value for token in tokens if token.kind == "PLACE"))

    def _vague(self, when: When) -> str | None:
        """A word for a time that is not understood, where the sentence gives the figure no other."""
        if when.windows or any(token.kind == "WHEN" for token in self.parsed.tokens):
            return None
        return next((token.text for token in self.parsed.tokens if token.text.lower() in words("timely")), None)
