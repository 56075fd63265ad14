"""The tokens and amounts of a sentence -> claims in the closed vocabulary.

What enters: one sentence, and what the text before it has settled. What leaves: its claims, each with
figure, unit, place, time and model as written. Promise: a number whose unit the sentence does not give
is no claim; a word that narrows what is counted and is not understood is kept as ``qualified``.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ledger287.factcheck.extract.amounts.attaching import of_the_state
from ledger287.factcheck.extract.amounts.comparing import Comparing
from ledger287.factcheck.extract.amounts.kinds import by_kind
from ledger287.factcheck.extract.amounts.links import tied
from ledger287.factcheck.extract.amounts.placing import placed
from ledger287.factcheck.extract.amounts.surroundings import PLACES
from ledger287.factcheck.extract.amounts.timing import Background, times
from ledger287.factcheck.extract.model import Claim, Figure, Shape, When, Where
from ledger287.factcheck.parse.contests import owned
from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.model import Amount
from ledger287.factcheck.parse.numbers import hedges
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.parse.tokens import POSSESSIVE
from ledger287.factcheck.verdicts.doubts import ALL_OF_THEM, BODIES, KINDS

FORBIDDING = re.compile(
    r"(?i)\b(?:prohibit|ban(?:s|ned)?\b|forbid|outlaw|bar(?:s|red)?\b|restrict|require|mandat)"
    r"|\b(?:have|has|with|passed|enacted|adopted)\b.{0,30}\b(?:laws?(?! enforcement)|polic(?:y|ies)|statutes?|bans?)\b"
)

YEARS = range(1980, 2060)
"""Whole numbers that are taken for years where no plural follows them."""
NO_PART = "it was not understood which part of the place's own total the share is"
COUNTED = (*BODIES, *PLACES, "agreements", "partnerships", "applications")
"""Units that the record counts."""
NO_OTHER = "whether these have other models as well is not plain"
NOT_HELD = ("people", "arrests", "officers", "training", "money")
"""Units of things that the record does not hold."""


def claims_in(parsed: Parsed, behind: Background) -> list[Claim]:
    """The claims of one sentence, in the order of their figures."""
    if not parsed.amounts:
        return []
    parsed = _without_field(parsed)
    parsed = replace(parsed, amounts=owned(parsed.tokens, _apart(parsed)))
    spots = times(parsed.tokens, parsed.amounts, behind)
    found: list[Claim] = []
    for number, amount in enumerate(parsed.amounts):
        found += _Extracting(parsed, number, amount, spots, behind, found).claims()
    found = [_alone(claim) for claim in placed(parsed, tied(found, behind.published))]
    return _distinguished(by_kind(parsed, found))


def _alone(claim: Claim) -> Claim:
    """A model "and no other" is said of agencies; of agreements it is the model alone, of places it is not plain."""
    if claim.model is None or not claim.model.startswith("=") or (claim.unit in BODIES and claim.shape == "count"):
        return claim
    plain = replace(claim, model=claim.model.removeprefix("="))
    return plain if claim.unit in ("agreements", "partnerships") else replace(plain, unsure=claim.unsure or NO_OTHER)


def _without_field(parsed: Parsed) -> Parsed:
    """``ranks second in the country, with 259``: the country is whom a state is ranked among, not where it counts."""
    tokens = [
        replace(token, kind="WORD") if token.kind == "NATION" and at and parsed.tokens[at - 1].kind == "RANK" else token
        for at, token in enumerate(parsed.tokens)
    ]
    return replace(parsed, tokens=type(parsed.tokens)(tokens))


def _is_now(when: When) -> bool:
    """Whether a time is the story's own: today's agreements."""
    return not when.windows or when.said.lower().startswith(("today", "now", "current"))


NEXT_TO = 12
"""Characters between two counts that are next to each other: 40 agreements held by 31 agencies."""


def _distinguished(claims: list[Claim]) -> list[Claim]:
    """Where one sentence counts agencies and agreements of one place, neither may be taken for the other."""

    def key(one: Claim) -> object:
        return one.where.states, one.where.counties, one.model, one.when.windows

    counts = [one for one in claims if one.shape == "count" and not one.pending]
    agencies = {key(one) for one in counts if one.unit in BODIES}
    agreements = {key(one) for one in counts if one.unit == "agreements"}
    both = agencies & agreements
    next_to = {
        id(one)
        for first, second in pairwise(counts)
        if (first.unit == "agreements") != (second.unit == "agreements")
        and {first.unit, second.unit} <= {*BODIES, "agreements"}
        and (first.where, first.model) == (second.where, second.model)
        and 0 <= second.span.start - first.span.end <= NEXT_TO
        for one in (first, second)
    }
    return [
        replace(one, distinct=True)
        if one in counts and (key(one) in both or id(one) in next_to) and one.unit in (*BODIES, "agreements")
        else one
        for one in claims
    ]


def _apart(parsed: Parsed) -> tuple[Amount, ...]:
    """``486 police departments, compared with 731 sheriffs``: two counts of one day, no rise from one to the other."""
    found = list(parsed.amounts)
    for at in range(1, len(found)):
        before, amount = found[at - 1], found[at]
        units = [one.noun.unit if one.noun else None for one in (before, amount)]
        link = parsed.tokens[amount.first].text.lower()
        apart = None not in units and len(set(units)) > 1
        if (
            amount.role == "from"
            and link.startswith(("compared", "versus", "against"))
            and (apart or _of_models(parsed, before, amount))
        ):
            found[at] = replace(amount, role="", first=amount.first + 1)
    return tuple(found)


def _of_models(parsed: Parsed, before: Amount, amount: Amount) -> bool:
    """Whether two amounts side by side are of two models: 797 task force agreements, compared with 153 for jails."""
    own = [one.value for one in parsed.between(before.first, amount.first) if one.kind == "MODEL"]
    after = parsed.between(amount.last + 1, amount.last + 5)
    other = [one.value for one in after if one.kind == "MODEL"]
    noun = amount.noun.model if amount.noun else None
    return len(set(own)) == 1 and bool(other or noun) and own[0] not in (*other, noun)


class _Extracting(Comparing):
    """One amount on its way to a claim."""

    __slots__ = ()

    def claims(self) -> Iterator[Claim]:
        kind = self.amount.kind
        if kind == "percent":
            yield from self._percent()
        elif kind == "points":
            yield self._other("percentage points")
        elif kind == "ratio":
            yield self._share()
        elif kind == "multiple":
            yield from self._multiple()
        elif kind == "money":
            yield self._other("money")
        elif kind == "portion":
            yield from self._portion()
        else:
            yield from self._counted()

    def _counted(self) -> Iterator[Claim]:
        noun = self.amount.noun
        if noun and noun.other:
            yield self._rate() or self._other(noun.other)
            return
        beside = [token for token in self._after(2) if token.kind == "OTHER"]
        if noun is None and beside and self._other_noun():
            yield self._rate() or self._other(beside[0].value)
            return
        if self._is_duration():
            yield from self._lasting()
            return
        rate = self._rate()
        if rate:
            yield rate
            return
        them = self._of_them()
        unit = self._kind_of_them() or (them.unit if them and not (noun and noun.unit) else self._unit())
        if unit is None or self._is_idle(unit):
            return
        if self._foretold():
            yield self._other("to come" if unit in COUNTED else unit)
            return
        if unit in NOT_HELD or (self._stays_out(unit) and not self._pending(unit)):
            yield self._other(unit)
            return
        figure = self.amount.figure
        compared = self._compared(unit) or self._changed(unit)
        if compared:
            yield compared
        elif self._is_whole_of_places(unit):
            yield self._made("total", figure, "counties")
        elif unit == "counties" and (self._is_possessed() or self._of_place_itself()):
            yield self._made("total", figure, unit)
        elif unit == "states" and self._forbidding():
            yield replace(self._other("law"), unit="law")
        else:
            yield from self._counts(figure, unit, them)

    def _is_idle(self, unit: str) -> bool:
        """Whether the number counts nothing here: one as a pronoun, the states named behind it, "no" of an agency."""
        figure, noun = self.amount.figure, self.amount.noun
        if self._is_year():
            return True
        if figure.value == 3 and noun is None and [one.text.lower() for one in self._ahead(1)] == ["of"] and (
            figure.said.lower() == "the three" and "MODEL" in self.parsed.kinds()
        ):  # fmt: skip
            return True  # the most far-reaching of the three
        if noun is None and self.earlier and [one.text.lower() for one in self._ahead(2)] == ["all", "but"]:
            return True  # all but two of them: read as those that are left
        if figure.value == 1 and (figure.rule != "exact" or [one.text.lower() for one in self._ahead(1)] == ["not"]):
            return True
        if figure.value == 1 and figure.rule == "exact" and not figure.said.strip().isdigit():
            return not (noun and noun.unit) and not self._each() and not self._one_by_model()
        if figure.value == 0:
            named = any(token.kind == "NAME" for token in self.parsed.tokens[: self.amount.first])
            return named or any(claim.note == "without" for claim in self.earlier)
        return unit in PLACES and self._enumerates(figure)

    def _one_by_model(self) -> bool:
        """Whether "one" counts by model in a list of such counts: eight under the jail model and one with a task
        force."""
        after = [token.kind for token in self._after(4)]
        counted = [one for one in self.earlier if one.model and one.shape == "count"]
        return "MODEL" in after and bool(counted) and not {"NUM", "PLACE", "NAME"} & set(after)

    def _is_year(self) -> bool:
        """Whether a bare number is a year before a noun that is not counted: 2025 state law."""
        said, noun = self.amount.figure.said.strip(), self.amount.noun
        if not said.isdigit() or int(said) not in YEARS:
            return False
        last = noun.words[-1] if noun and noun.words else ""
        return noun is None or not last.endswith("s") or not (noun.unit or noun.other)

    def _counts(self, figure: Figure, unit: str, them: Claim | None) -> Iterator[Claim]:
        """The count; for "each" one of every place named; with what "of them" refers to."""
        claim = self._count(figure, unit)
        if unit in ("states", "counties") and self._lacking() and not claim.whole:
            claim = replace(claim, shape="count", note="without")
        if self._denied():
            claim = replace(claim, note="denied")
        claim = self._gained(claim)
        if claim.shape == "count" and not claim.note and self.amount.role == "to":
            claim = replace(claim, note=self._moved())
        if them:
            claim = replace(
                claim,
                pending=claim.pending or them.pending,
                model=claim.model or them.model,
                when=claim.when if claim.when.windows else them.when,
                where=claim.where if claim.where.states else them.where,
            )
            if them.shape in ("signed", "left") and claim.shape == "count":
                claim = replace(claim, shape=them.shape, when=them.when)
        if self._each() and len(claim.where.states) > 1:
            yield from (replace(claim, where=replace(claim.where, states=(state,))) for state in claim.where.states)
        else:
            yield claim

    def _moved(self) -> str:
        """Which way a figure is said to have come, where the sentence does not say from where: has soared to 740."""
        if any(one.role == "from" for one in self.parsed.amounts):
            return ""
        kinds = {token.kind for token in self._ahead(4)}
        return "rose" if "RISE" in kinds else "fell" if "FALL" in kinds else ""

    def _gained(self, claim: Claim) -> Claim:
        """``Texas has added 58 since May; Florida has added 12``: of the same time; unsure where there is none."""
        if claim.shape != "count":
            return claim
        between = self.parsed.between(self._start(), self.amount.first)
        level = all(token.kind in ("WHEN", "MARK", "IN", "HEDGE") or token.text.lower() == "and" for token in between)
        parallel = level and self.amount.noun is None and claim.when.period and bool(self.earlier)
        if parallel and self.earlier[-1].shape == "signed":
            return replace(claim, shape="signed")
        if not any(token.text.lower() == "added" for token in self._ahead(2)):
            return claim
        before = [one for one in self.earlier if one.shape in ("signed", "change") and one.when.windows]
        if before:
            return replace(claim, shape=before[-1].shape, when=before[-1].when, note=before[-1].note)
        return replace(claim, unsure='"added" refers to a time, which is not stated')

    def _enumerates(self, figure: Figure) -> bool:
        """Whether the states counted are named just behind: five states (Florida, Texas, …)."""
        named = 0
        for token in self.parsed.between(self.amount.last + 1, self._end()):
            if token.kind == "PLACE":
                named += 1
            elif not (token.kind == "MARK" and token.text not in ".;") and token.text.lower() not in (
                "and",
                "as",
                "well",
            ):
                break
        return named > 0 and named == figure.value

    def _of_place_itself(self) -> bool:
        """Whether a number of counties is what a state has, said in passing: Georgia, which has 159 counties, has …"""
        ahead = [token.text.lower() for token in self._ahead(2)]
        after = self._after(1)
        return ahead in (["which", "has"], ["with", "its"], ["has", "a total of"]) and (
            not after or after[0].kind == "MARK"
        )

    def _is_whole_of_places(self, unit: str) -> bool:
        """Whether a sentence opens with the total that the next figure is a part of: of 88 counties, nine …"""
        opens = self.number == 0 and self.parsed.tokens[0].text.lower() == "of" and self.amount.first <= 2
        return opens and unit == "counties" and len(self.parsed.amounts) > 1

    def _count(self, figure: Figure, unit: str) -> Claim:
        pending = self._pending(unit)
        when = self._when()
        event = self._event(unit, when)
        unit = "agreements" if unit == "applications" else unit
        if unit in ("agreements", "partnerships") and pending == "pending":
            unit = "agreements"
        shape: Shape = "count"
        if event == "leave":
            shape = "left"
        elif event == "sign" and not pending:
            shape = "signed"
        elif when.since and self.amount.role != "from":
            when = When()
        claim = self._made(shape, figure, unit, when=when)
        note = {"either": "pending_or_signed", "pending": "", "": ""}[pending]
        return replace(claim, pending=pending == "pending", note=note)

    def _percent(self) -> Iterator[Claim]:
        kinds = {token.kind for token in self._near(4)}
        direct = {token.kind for token in self.parsed.between(self.amount.last + 1, self.amount.last + 3)}
        ahead = [token.text.lower() for token in self._ahead(2)]
        moved = ahead[-1:] in (["up"], ["down"]) and not set(ahead) & words("sharing")
        if direct & {"RISE", "FALL"} or moved or (kinds & {"RISE", "FALL"} and not self._is_share()):
            falling = ("FALL" in kinds and "RISE" not in kinds) or ahead[-1:] == ["down"]
            claim = self._made("growth", self.amount.figure, self._unit_around() or "agreements")
            yield replace(claim, rank="fall" if falling else None)
        elif self._is_share() or self._is_other_end():
            yield self._share()
        else:
            yield self._other("percent")

    def _is_other_end(self) -> bool:
        """Whether a percentage is what a share before it came from or went to: 12%, down from 44%."""
        role = self.amount.role
        return bool(role) and any(claim.shape == "share" and claim.role != role for claim in self.earlier)

    def _share(self) -> Claim:
        claim = self._made("share", self.amount.figure, self._share_unit(), where_subject=True)
        if claim.unit in KINDS and self._is_predicate():
            return replace(claim, unit="agencies", note=f"kind:{claim.unit}")
        if self.amount.figure.said.lower() in hedges()["portions"]:
            return self._portion_of_last(claim)
        models = {token.value for token in self.parsed.tokens if token.kind == "MODEL"}
        if not claim.model and not claim.where.states and len(models) == 1:
            claim = replace(claim, model=models.pop())
        if self._restates() and self.earlier:
            part = next((one for one in reversed(self.earlier) if one.whole), self.earlier[-1])
            return replace(claim, model=part.model, where=part.where, when=part.when)
        if self._pending(claim.unit):
            return replace(claim, pending=True)
        if self._of_place_by_model(claim):
            return replace(claim, note="of_place")
        if self._of_own(claim.unit) and claim.where.states:
            only = models.pop() if len(models) == 1 else None
            return replace(claim, model=only, note="of_place" if only else "", unsure=None if only else NO_PART)
        after = self.parsed.between(self.amount.last + 1, self._end())
        kind = self._kind()
        if kind and claim.unit in ("agencies", "partnerships"):
            return replace(claim, note=f"kind:{kind}")
        signed = any(
            token.kind == "SIGN" and token.text.lower() in ("signed", "added", "approved", "joined", "sign")
            for token in after
        )
        since = self.spots.since
        if signed and since and not (claim.when.period or claim.when.since) and _is_now(claim.when):
            return replace(claim, when=since, note="signed")
        if signed and claim.when.windows and (claim.when.period or claim.when.since):
            return replace(claim, note="signed")
        return claim

    def _portion_of_last(self, claim: Claim) -> Claim:
        """``148 agreements, almost all under the jail model``: the share by that model of what was just counted."""
        counted = [one for one in self.earlier if one.shape in ("count", "signed") and one.unit not in PLACES]
        if not counted or not claim.model or counted[-1].shape == "signed":
            return replace(claim, unsure=NO_PART)
        last = counted[-1]
        if self.amount.figure.said.lower() == "both" and not (last.figure and last.figure.value == 2):
            return replace(claim, unsure=NO_PART)
        note = "of_place" if last.where.states else ""
        return replace(claim, unit=last.unit, where=last.where, when=last.when, note=note)

    def _of_own(self, unit: str) -> bool:
        """Whether a share is of one place's own: four in five of Missouri's 96 agreements."""
        after = self._after(4)
        owner = next((token for token in after if token.kind in ("PLACE", "STATEWIDE")), None)
        opens = bool(after) and after[0].text.lower() == "of"
        return opens and owner is not None and bool(POSSESSIVE.search(owner.text)) and unit not in PLACES

    def _is_predicate(self) -> bool:
        """Whether a kind of agency is what the share is said to be: 60 percent are sheriff's offices."""
        after = self._after(1)
        return bool(after) and after[0].text.lower() in ("are", "were", "is", "being")

    def _of_place_by_model(self, claim: Claim) -> bool:
        """Whether a share is of a state's own agreements: nine in 10 Ohio agreements use the task force model."""
        tokens = self.parsed.between(self.amount.first, self._end())
        model = next((at for at, token in enumerate(tokens) if token.kind == "MODEL"), None)
        unit = next((at for at, token in enumerate(tokens) if token.kind == "UNIT"), None)
        if (
            claim.unit not in ("agreements", "partnerships")
            or model is None
            or unit is None
            or unit > model
            or not claim.where.states
            or not claim.model
        ):
            return False
        verb = any(token.text.lower() in words("verbs") for token in tokens[unit:model])
        return verb and not any(token.kind == "PLACE" for token in tokens[model:])

    def _multiple(self) -> Iterator[Claim]:
        kinds = self.parsed.kinds()
        text = self.amount.figure.said.lower()
        program = "PROGRAM" in kinds or any(token.text.lower() == "program" for token in self.parsed.tokens)
        if not ("twice" in text or "times" in text or program or kinds & {"UNIT", "RISE"}):
            return
        unit = self._unit_apposed() or self._unit_around() or self._tallied()
        compared = self._compared(unit or "agreements")
        if compared:
            yield compared
        elif unit or program:
            claim = self._made("multiple", self.amount.figure, unit or "agreements")
            yield replace(claim, note="than") if self._than() else claim

    def _unit_apposed(self) -> str | None:
        """``895 agreements with agencies in 40 states, a sixfold increase``: of what the sentence counts first."""
        ahead = [token.text.lower() for token in self._ahead(3)]
        apposed = "," in ahead and ahead[-1:] in ([","], ["a"], ["an"], ["nearly"], ["about"])
        counts = [one.unit for one in self.earlier if one.shape in ("count", "signed") and one.unit not in PLACES]
        return counts[0] if apposed and counts else None

    def _than(self) -> bool:
        """Whether the multiple is of the figure of a time: triple the number in January, twice as many as in May."""
        near = self.parsed.between(self.amount.last + 1, self.amount.last + 6)
        after = [word for token in near for word in token.text.lower().split()]
        return bool({"number", "figure", "total", "count", "level", "what", "many"} & set(after[:4]))

    def _portion(self) -> Iterator[Claim]:
        amount, whole = self.amount, self.amount.whole
        if whole is None:
            return
        noun, other = amount.noun, whole.noun
        if (noun and noun.other) or (other and other.other):
            yield self._other((noun and noun.other) or (other and other.other) or "other")
            return
        unit = (noun and noun.unit) or (other and other.unit) or self._unit_around()
        whole_unit = (other and other.unit) or unit
        if unit is None:
            return
        where = self._where()
        if whole_unit == "counties" or (whole_unit in ("sheriffs", "agencies") and other is None):
            yield replace(self._count(amount.figure, unit), whole=whole.figure)
            if whole_unit == "counties":
                yield replace(self._made("total", whole.figure, "counties"), where=where)
            return
        if unit == "states" and (whole.figure.value == 50):
            yield self._count(amount.figure, unit)
            return
        part = replace(self._count(amount.figure, unit), whole=whole.figure)
        if [token.text.lower() for token in self._ahead(2)] == ["all", "but"] and whole.figure.rule == "exact":
            rest = whole.figure.value - amount.figure.value
            left = replace(amount.figure, value=rest, low=rest, high=rest, said=f"all but {amount.figure.said}")
            part = replace(part, figure=left, note="all_but")
        if amount.figure.value > 1 or amount.figure.said.strip().isdigit():
            yield part
        yield replace(
            self._count(whole.figure, whole_unit or unit),
            where=self._where_of_whole(part.where),
            span=whole.figure.span,
            pending="PENDING" in self._kinds_of(whole),
            model=self._model_of_whole(part.model),
            unsure=ALL_OF_THEM if whole_unit in BODIES and not self._takes_part() else None,
        )

    def _model_of_whole(self, model: str | None) -> str | None:
        """A model after the total belongs to it only in a clause of it: the 140 agencies with task force agreements."""
        whole, after = self.amount.whole, self._after(2)
        if whole and whole.noun and whole.noun.model:
            return whole.noun.model
        own = bool(after) and (
            after[0].text.lower() in ("that", "which", "who", "with")
            or after[0].kind == "SIGN"
            or (after[0].text.lower() == "under" and after[-1].kind != "PROGRAM")
        )
        return model if own else None

    def _kinds_of(self, amount: Amount) -> set[str]:
        return {token.kind for token in self.parsed.between(amount.first, amount.last + 1)}

    def _where_of_whole(self, part: Where) -> Where:
        tokens = self.parsed.tokens
        before = [
            place
            for place in range(1, self.amount.first)
            if tokens[place].kind == "PLACE" and tokens[place - 1].kind == "IN"
        ]
        behind = [token.kind for token in self._after(2)] == ["IN", "PLACE"]
        if (
            before
            or behind
            or of_the_state(self.amount)
            or not part.states
            or any(token.value in part.states for token in self.amount.whose)
        ):
            return part
        return Where((), True)

    def _rate(self) -> Claim | None:
        """A number with "a day" or "a year" behind it, of what is not said or not of the record."""
        after = self.parsed.between(self.amount.last + 1, self.amount.last + 7)
        for place, token in enumerate(after):
            if token.kind == "PER" and place and after[place - 1].text.lower() in ("than", "over", "under"):
                return None
            if token.kind == "PER" and place <= 4:
                noun = self.amount.noun
                return replace(self._other((noun and noun.other) or "rate"), per=token.value)
            if token.kind in ("NUM", "UNIT", "MARK"):
                return None
        return None

    def _lasting(self) -> Iterator[Claim]:
        """A number of years next to a total and a rate, as in "four years will not be enough"."""
        unit = self.parsed.tokens[self.amount.last + 1]
        large = [one for one in self.parsed.amounts if one is not self.amount and one.figure.value >= 1000]
        if unit.text.lower() in ("years", "year") and len(large) >= 2:
            words = {token.text.lower() for token in self.parsed.tokens}
            short = "not enough" if {"not", "enough"} <= words or {"not", "sufficient"} <= words else ""
            yield replace(self._other("duration"), per="year", note=short)

    def _forbidding(self) -> bool:
        """Whether states are counted for their laws on such agreements, not for taking part."""
        end = self.parsed.tokens[self.amount.last].span.end - self.parsed.sentence.span.start
        return bool(FORBIDDING.search(self.parsed.sentence.text[end : end + 90]))
