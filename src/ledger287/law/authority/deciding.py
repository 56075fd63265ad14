"""Whether an agency's agreement lists a function on a day, and what limits it. It grants no authority.

What enters: a ledger, a function, an agency, a day, and if wished the setting and officers from a roster.
What leaves: an ``AuthorityAnswer``: a finding overall and one for each agreement, with the cell that prints the
agreement, the clause, its limits, and state law for and against. The module promises to say `cannot tell`
where the record or the law leaves it open, and what would settle it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from ledger287.core.finding import Citation, Finding
from ledger287.core.problem import Refused
from ledger287.core.query_error import as_text
from ledger287.core.text import brief
from ledger287.core.time import day_of
from ledger287.law.agreements.clauses import DocumentClauses, Text, cited_by_version, clause, read_in, text_of
from ledger287.law.agreements.functions import functions, read_function
from ledger287.law.agreements.held import Agency, AgreementIndex, Held, index
from ledger287.law.agreements.requirements import STATUTE, open_question, set_out
from ledger287.law.authority import statelaw
from ledger287.law.authority.authority_answer import (
    BARRED,
    CANNOT_TELL,
    LISTED,
    NOT_LISTED,
    OWN_NOT_READ,
    AuthorityAnswer,
    AuthorityTable,
    Limit,
    RestsOn,
    UnderAgreement,
    Verdict,
)
from ledger287.law.authority.overall import joined, own_overall, rests_overall, time_overall
from ledger287.law.authority.own_document import (
    addenda_in_words,
    changes_in_words,
    conditions_in_words,
    signed_by_then,
)
from ledger287.law.authority.stated_times import hours_stated, time_stated
from ledger287.law.authority.statelaw import BearingLaw, cited
from ledger287.law.lawbook.book import Lawbook, shipped
from ledger287.law.lawbook.provisions import Provision, outside_span, zone
from ledger287.law.officers.roster import Officer, OfficerStanding, standing_of
from ledger287.ledger.identity.spelling import plain
from ledger287.ledger.query.parameters import read_state

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger

__all__ = ["AuthorityAnswer", "AuthorityTable", "authority", "authority_table"]
SETTINGS = ("jail", "field")
HOLD = "hold"
LIMITS = ("where", "tell-ice", "citizenship-claim", "interpreter", "authority", "officer-under-complaint")
"""Topics of the agreement's text that limit whatever it lists."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A question for any function: the agency, the moment, the agreements held then, and the officers."""

    book: Lawbook
    found: AgreementIndex
    body: Agency
    day: date
    at: datetime
    setting: str | None
    known_on: date | None
    held: tuple[Held, ...]
    officers: tuple[OfficerStanding, ...]
    left_out: tuple[str, ...]
    documents: Mapping[str, DocumentClauses]


def authority(
    ledger: "Ledger",
    function: str,
    agency: str,
    state: str | None = None,
    on: date | datetime | None = None,
    setting: str | None = None,
    officer: Officer | Sequence[Officer] | None = None,
    *,
    known_on: date | None = None,
    book: Lawbook | None = None,
    documents: Mapping[str, DocumentClauses] | None = None,
) -> AuthorityAnswer:
    """Whether an agency's agreement lists a function on a day, with its limits. It grants no authority.

    ``function`` is a key of ``functions()`` or its name in words; ``agency`` any spelling that ICE ever printed, or an
    id; ``state`` a code or name, needed where several states have such an agency. ``on`` is a day, which means noon of
    that day in the state's own time zone (that of its capital), or a date and time with its time zone; today, by the
    ledger, if left out. The lists are by days in US Eastern time. ``setting`` is ``jail`` or ``field``. ``documents``
    are agreements' own documents that were read, by agreement. ``officer`` is one officer of a roster or several
    (``read_roster``); ``known_on`` answers only from lists published by the end of that day.

    Raises Refused for a function, agency, state or setting that is not known (with the closest names), a time without a
    time zone, and a roster that has nobody of the agency. Sources: each finding cites the provisions (``ledger287 rules
    ID`` shows one in full) and the cell of ICE's list that prints the agreement.
    """
    key = read_function(function)
    return _answer(key, _question(book or shipped(), ledger, agency, state, on, setting, officer, known_on, documents))


def authority_table(
    ledger: "Ledger",
    agency: str,
    state: str | None = None,
    on: date | datetime | None = None,
    setting: str | None = None,
    *,
    known_on: date | None = None,
    book: Lawbook | None = None,
    documents: Mapping[str, DocumentClauses] | None = None,
) -> AuthorityTable:
    """The answers of ``authority`` for every function of one agency on a day; the same words and refusals."""
    question = _question(book or shipped(), ledger, agency, state, on, setting, None, known_on, documents)
    answers = tuple(_answer(key, question) for key in functions())
    return AuthorityTable(
        question.body.id, question.body.name, question.body.state, question.day, question.setting, answers
    )


def _question(
    book: Lawbook,
    ledger: "Ledger",
    agency: str,
    state: str | None,
    on: date | datetime | None,
    setting: str | None,
    officer: Officer | Sequence[Officer] | None,
    known_on: date | None,
    documents: Mapping[str, DocumentClauses] | None,
) -> _Question:
    setting = as_text(setting, "setting", SETTINGS[0]).strip().casefold() if setting else None
    if setting not in (None, *SETTINGS):
        raise Refused(f"no setting {setting!r}. Expected one of: {', '.join(SETTINGS)}.")
    found = index(ledger)
    body = found.agency(agency, read_state(state))
    day, at = _moment(on or ledger.today(), body.state)
    held = tuple(signed_by_then(each, day) for each in found.held(body.id, day, known_on))
    given = [] if officer is None else [officer] if isinstance(officer, Officer) else list(officer)
    theirs, left_out = _theirs(given, body, found)
    officers = tuple(_with_agreement(standing_of(each, day, book), held, day) for each in theirs)
    return _Question(book, found, body, day, at, setting, known_on, held, officers, left_out, documents or {})


def _answer(key: str, question: _Question) -> AuthorityAnswer:
    body, at = question.body, question.at
    under = tuple(_under(question, held, key) for held in question.held)
    listed = [law for held in under for law in _laws(question.book, held.signed, key, body, at)] or list(
        _laws(question.book, None, key, body, at)
    )
    finding = _overall(under, listed, question)
    return AuthorityAnswer(
        key,
        functions()[key],
        body.id,
        body.name,
        body.state,
        question.day,
        question.setting,
        finding,
        under,
        _cited_of(listed, ("for",)),
        _cited_of(listed, ("bars", "undecided", "against")),
        question.officers,
        question.left_out,
        rests_on=rests_overall(under, finding),
        time_stated=time_overall(under, finding),
        state_law_checked=statelaw.was_checked(listed),
        own_text=own_overall(under, finding),
    )


def _moment(on: date | datetime, state: str) -> tuple[date, datetime]:
    if isinstance(on, datetime):
        if on.tzinfo is None:
            raise Refused(f"expected a date and time with its time zone, found {on.isoformat()} without one.")
        return day_of(on), on
    return on, datetime.combine(on, time(12), tzinfo=zone((state,)))


def _laws(book: Lawbook, signed: date | None, key: str, body: Agency, at: datetime) -> tuple[BearingLaw, ...]:
    return statelaw.laws(book, body.state, body.kind, key, signed, at)


def _cited_of(laws: Sequence[BearingLaw], bearings: tuple[str, ...]) -> tuple[Citation, ...]:
    return tuple({law.provision.id: cited(law.provision) for law in laws if law.bears in bearings}.values())


def _theirs(given: list[Officer], body: Agency, found: AgreementIndex) -> tuple[list[Officer], tuple[str, ...]]:
    """The officers of the requested agency, and why each other one is left out."""

    def of(each: Officer) -> bool:
        return each.agency == body.id or body.id in found.names.get(plain(each.agency), ())

    theirs = [each for each in given if of(each)]
    if given and not theirs:
        named = ", ".join(dict.fromkeys(repr(each.agency) for each in given))
        raise Refused(f"no officer of {body.name} ({body.id}) is in the roster; the agencies it names: {named}.")
    others = (f"{each.officer_id} ({each.model}): the roster names {each.agency!r}" for each in given if not of(each))
    return theirs, tuple(others)


def _with_agreement(officer: OfficerStanding, held: tuple[Held, ...], day: date) -> OfficerStanding:
    """An officer's standing, with a reason more where no agreement of the officer's model was in force."""
    standings = {each.standing for each in held if each.model == officer.model}
    if "in force" in standings:
        texts = (
            conditions_in_words(each.agreement_id, each.model, each.signed)
            for each in held
            if each.model == officer.model and each.standing == "in force"
        )
        return replace(officer, reasons=(*officer.reasons, *dict.fromkeys(texts)))
    doubt = "cannot tell" in standings
    why = f"whether a {officer.model} agreement of the agency was in force on {brief(day)} is unknown"
    reason = why if doubt else f"the record has no {officer.model} agreement of the agency in force on {brief(day)}"
    return replace(officer, reasons=(*officer.reasons, reason))


# -- one agreement -------------------------------------------------------------------------------------------


def _under(question: _Question, held: Held, key: str) -> UnderAgreement:
    book, body, at = question.book, question.body, question.at
    text = text_of(held.agreement_id, held.model, held.signed, question.documents)
    entry = clause(book, text, key)
    laws = _laws(book, held.signed, key, body, at)
    verdict, reasons, questions = _verdict(
        book, held, text, key, question.setting, laws, question.documents.get(held.agreement_id)
    )
    citations = [cited(book.provision("ina-287-g-1"))]
    quoted = cited_by_version(cited(entry), entry, text) if entry else None
    citations += [quoted] if quoted else []
    citations += [cited(law.provision) for law in laws if law.bears != "open"]
    limits = () if verdict == NOT_LISTED else _limits(book, text, laws)
    statute = open_question(book, text) if verdict != NOT_LISTED else None
    if statute:
        citations.append(cited(book.provision(STATUTE)))
        questions.append(statute)
    finding = Finding(verdict, tuple(reasons), held.cells, tuple(citations), (*questions, *_open(laws, at)))
    return UnderAgreement(
        held.agreement_id,
        held.model,
        held.signed,
        f"{held.standing}: {held.why}",
        text.template,
        text.basis,
        held.document,
        held.addendum,
        quoted,
        limits,
        set_out(book, text),
        finding,
        _rests_on(text),
        text.versions,
        time_stated(entry),
        statelaw.was_checked(laws),
        hours_stated(entry) if key == HOLD else None,
        held.standing,
        text.own_text,
    )


def _rests_on(text: Text) -> RestsOn | None:
    return {"document read": "document", "template assumed": "form"}.get(text.basis)  # type: ignore[return-value]


def _verdict(
    book: Lawbook,
    held: Held,
    text: Text,
    key: str,
    setting: str | None,
    laws: tuple[BearingLaw, ...],
    document: DocumentClauses | None = None,
) -> tuple[Verdict, list[str], list[str]]:
    """The verdict under one agreement: the record, then the text, then state law, each may end it."""
    reasons = [f"the {held.model} agreement was {held.standing}: {held.why}"]
    if held.standing == "cannot tell":
        reasons[0] = f"whether the {held.model} agreement was in force is unknown: {held.why}"
    if held.standing == "not in force":
        return NOT_LISTED, reasons, []
    lists, why, questions = _by_text(book, held, text, key, setting)
    if document and document.lists and key in document.lists:
        lists, why = document.lists[key], f"by the agreement's own document; {why}"
    reasons.append(why)
    if lists is False:
        return NOT_LISTED, reasons, questions
    barring = [law for law in laws if law.bears == "bars"]
    if barring:
        return BARRED, reasons + [law.why for law in barring], questions
    undecided = [law for law in laws if law.bears == "undecided"]
    reasons += [law.why for law in laws if law.bears in ("undecided", "against", "for", "note")]
    questions += [f"what settles it: {law.provision.citation}" for law in undecided]
    if held.standing == "cannot tell":
        questions.append(f"what settles it: {held.settled_by}")
    if undecided or lists is None or held.standing == "cannot tell":
        return CANNOT_TELL, reasons, questions
    return LISTED, reasons, questions


def _by_text(
    book: Lawbook, held: Held, text: Text, key: str, setting: str | None
) -> tuple[bool | None, str, list[str]]:
    """Whether a text lists a function in a setting, why, and what is open about it."""
    entry = clause(book, text, key)
    if entry is None or entry.clause is None or entry.clause.lists is None:
        why = f"no text of the {text.model} as of its signing day was read"
        where = f", {held.document}" if held.document else ""
        return None, why, [f"what settles it: the agreement's own document{where}"]
    questions = []
    if text.basis == "template assumed":
        many = "versions in use around" if len(text.versions) > 1 else "the version in use around"
        when = f" {brief(held.signed)}" if held.signed else " its signing"
        questions.append(f"{OWN_NOT_READ[text.own_text]}; template assumed, {many}{when}: {text.template}")
    questions += changes_in_words(held.agreement_id)
    questions += addenda_in_words(held.agreement_id, held.addendum)
    questions += _versions_in_words(entry, text)
    if not entry.clause.lists:
        return False, entry.says, questions
    if setting and entry.clause.setting not in ("any", setting):
        return False, f"{entry.says} It is listed for the {entry.clause.setting} only.", questions
    return True, entry.says, questions


def _versions_in_words(entry: Provision, text: Text) -> list[str]:
    """In which of the versions that an agreement may have the clause was read, and how those are known to differ."""
    quoted = read_in(entry, text)
    if len(text.versions) < 2 or not entry.clause:
        return []
    differs = f"; {text.differs}" if text.differs else ""
    if set(quoted) == set(text.versions):
        return [f"the clause quoted is that of {text.template}, the same in substance{differs}"]
    return [f"the clause quoted is that of {' or '.join(quoted)}; the agreement may have {text.template}{differs}"]


def _limits(book: Lawbook, text: Text, laws: tuple[BearingLaw, ...]) -> tuple[Limit, ...]:
    """What comes with a function: supervision, the topics of the text, and notes of state law."""
    supervision = book.provision("ina-287-g-3")
    found = [Limit("supervision", supervision.says, supervision.id)]
    for topic in LIMITS:
        entry = clause(book, text, topic)
        if entry and (topic != "officer-under-complaint" or entry.parameters):
            found.append(Limit(topic, entry.says, entry.id))
    found += [
        Limit("state law", law.why, law.provision.id)
        for law in laws
        if law.bears in ("note", "against", "undecided", "bars")
    ]
    return tuple(found)


def _open(laws: Sequence[BearingLaw], at: datetime) -> tuple[str, ...]:
    questions = [law.why for law in laws if law.bears == "open"]
    questions += [
        f"{law.provision.citation} was checked until {brief(law.provision.checked_until)} only"
        for law in laws
        if not law.checked
    ]
    outside = outside_span(day_of(at))
    if outside:
        questions.append(outside)
    return tuple(questions)


# -- all of them ---------------------------------------------------------------------------------------------


def _overall(under: tuple[UnderAgreement, ...], laws: Sequence[BearingLaw], question: _Question) -> Finding:
    """The best answer of the agreements: listed under one is listed; else open, barred, not listed."""
    for verdict in (LISTED, CANNOT_TELL, BARRED):
        deciding = [each for each in under if each.finding.verdict == verdict]
        if deciding:
            return joined(
                verdict, [f"under the {each.model} agreement {each.agreement_id}" for each in deciding], deciding
            )
    citations = (cited(question.book.provision("ina-287-g-1")),)
    if not question.found.near_known(question.day, question.known_on):
        days = question.found.days
        why = f"no list was published near {brief(question.day)}; the record has {brief(days[0])} to {brief(days[-1])}"
        settles = "what settles it: a list of that day"
        return Finding(CANNOT_TELL, (why,), (), citations, (settles, *_open(laws, question.at)))
    if not under:
        why = f"the lists have no agreement of {question.body.name}"
        return Finding(NOT_LISTED, (why,), (), citations, _open(laws, question.at))
    return joined(NOT_LISTED, ["no agreement in force on the day lists it"], list(under))
