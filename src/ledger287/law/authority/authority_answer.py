"""The answers on authority, as data: what the command line, Python and pages share.

``as_json`` of each is a promise: docs/rules.md gives its keys, and a test holds them. Every answer says that it
grants no authority.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ledger287.core.finding import Citation, Finding
from ledger287.core.jsonable import NotebookTable
from ledger287.law.agreements.clauses import OwnText
from ledger287.law.agreements.requirements import SetOut
from ledger287.law.officers.roster import OfficerStanding

Verdict = Literal["listed in the agreement", "not listed", "barred by state law", "cannot tell"]
LISTED: Verdict = "listed in the agreement"
NOT_LISTED: Verdict = "not listed"
BARRED: Verdict = "barred by state law"
CANNOT_TELL: Verdict = "cannot tell"
RestsOn = Literal["document", "form"]
BY_DOCUMENT, BY_FORM = "in the agreement", "in the form in use that week"
OWN_READ, ASSUMED = "its own document was read", "template assumed: "
"""What every verdict by a text says of it: that the agreement's own document was read, or that its form is assumed."""
OWN_NOT_READ: dict[OwnText, str] = {
    "not available": "this agreement's own text was not read",
    "not legible": "this agreement's own document is available, but its text could not be read",
    "version not read": "this agreement's own text was read, but not which version of the form it has",
    "read": "this agreement's own text was not read",
}
"""What a verdict that rests on a form says of the agreement's own document."""
NO_TEXT = "neither its own document nor its form was read"
NOT_IN_FORCE = "not in force"
NOT_CHECKED = "; the state's law on holds was not checked"
SAYS = "This is what the record and the cited texts say. It grants no authority, and is not legal advice."


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that comes with a function: its topic, what the text says, and the rule that has it."""

    topic: str
    says: str
    rule: str


@dataclass(frozen=True, slots=True)
class UnderAgreement:
    """The answer under one agreement. ``basis`` says whether its own document was read.

    ``document`` and ``addendum`` are the URLs that ICE's lists give for them by then. ``rests_on`` says whether the
    answer is by the agreement's own document or by the form of its model; ``versions`` are those it may have;
    ``time_stated`` is False where a function is listed and the text states no time for it, and ``hours_stated`` are
    the hours for which a text allows a hold. ``standing`` is `in force` or `cannot tell` on the day, or `not in
    force`. ``own_text`` says how far the agreement's own document was read. ``set_out`` is what 8 U.S.C. 1357(g)(5)
    asks an agreement to state for each officer, and how this text does.
    """

    agreement_id: str
    model: str
    signed: date | None
    in_force: str
    template: str | None
    basis: str
    document: str | None
    addendum: str | None
    clause: Citation | None
    limits: tuple[Limit, ...]
    set_out: tuple[SetOut, ...]
    finding: Finding
    rests_on: RestsOn | None = None
    versions: tuple[str, ...] = ()
    time_stated: bool | None = None
    state_law_checked: bool = True
    hours_stated: float | None = None
    standing: str = "in force"
    own_text: OwnText = "not available"

    @property
    def verdict_says(self) -> str:
        """The verdict as people read it."""
        return self._says(self.time_stated)

    @property
    def one_of_several(self) -> str:
        """The verdict as one of several that differ: with its model, and with the hours that its text states."""
        timed = self.time_stated if self.hours_stated is None else self.hours_stated
        return f"{self.model} {_in_brackets(self._says(timed))}"

    def _says(self, timed: float | bool | None) -> str:
        verdict = self.finding.verdict
        if self.standing == NOT_IN_FORCE:
            return verdict
        if self.rests_on is None:
            return f"{verdict}; {NO_TEXT}"
        return verdict_says(verdict, self.rests_on, timed, self.state_law_checked, self.own_text)


@dataclass(frozen=True, slots=True)
class AuthorityAnswer(NotebookTable):
    """Whether a function is listed for an agency on a day, overall and by agreement.

    ``officers`` are those of the agency in the roster that was given; ``left_out`` says of the others why.
    ``state_law_checked`` is False where the function is a hold and the state's law on holds was not checked.
    ``time_stated`` is False only where none of the agreements that list the function states a time. ``rests_on`` and
    ``own_text`` are the weaker of those of the agreements that give the verdict.
    """

    function: str
    asked: str
    agency_id: str
    agency: str
    state: str
    on: date
    setting: str | None
    finding: Finding
    agreements: tuple[UnderAgreement, ...]
    state_law_for: tuple[Citation, ...]
    state_law_against: tuple[Citation, ...]
    officers: tuple[OfficerStanding, ...]
    left_out: tuple[str, ...]
    says: str = SAYS
    rests_on: RestsOn | None = None
    time_stated: bool | None = None
    state_law_checked: bool = True
    own_text: OwnText | None = None

    @property
    def verdict_says(self) -> str:
        """The verdict as people read it: whether by an agreement's own document, or with its form assumed.

        Where several agreements are or may be in force and differ, the answer under each is given.
        """
        each = [one for one in self.agreements if one.standing != NOT_IN_FORCE]
        if not each:
            return self.finding.verdict
        if len({one.verdict_says for one in each}) > 1:
            return "; ".join(one.one_of_several for one in each)
        if each and each[0].finding.verdict == self.finding.verdict:
            return each[0].verdict_says
        own = self.own_text or "not available"
        return verdict_says(self.finding.verdict, self.rests_on, self.time_stated, self.state_law_checked, own)


@dataclass(frozen=True, slots=True)
class AuthorityTable(NotebookTable):
    """Every function for one agency on a day: an answer each, in the order of the declared functions."""

    agency_id: str
    agency: str
    state: str
    on: date
    setting: str | None
    answers: tuple[AuthorityAnswer, ...]
    says: str = SAYS


def verdict_says(
    verdict: str,
    rests_on: RestsOn | None,
    timed: float | bool | None,
    law_checked: bool = True,
    own_text: OwnText = "not available",
) -> str:
    """A verdict in words: by the document or the form, for how many hours (``timed``) or that no time is stated
    (``timed`` is False), how far the own document was read, and that no law was checked, if so.

    A verdict that rests on no text (no agreement, or none in force) says nothing of one.
    """
    if rests_on is None:
        return verdict
    own = rests_on == "document"
    said = "listed" if verdict == LISTED else verdict
    if verdict == LISTED and timed is False:
        said += ", no time stated,"
    elif verdict == LISTED and timed is not None and timed is not True:
        said += f", for {timed:g} hours,"
    if verdict in (LISTED, NOT_LISTED):
        said += f" {BY_DOCUMENT if own else BY_FORM}"
    said += f"; {OWN_READ if own else ASSUMED + OWN_NOT_READ[own_text]}"
    return said if law_checked or verdict != LISTED else said + NOT_CHECKED


def _in_brackets(said: str) -> str:
    """A verdict in words as one of several: what follows a semicolon is put in brackets."""
    first, *more = said.split("; ")
    return f"{first} ({', '.join(more)})" if more else first
