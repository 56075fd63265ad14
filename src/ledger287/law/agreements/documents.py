"""The agreements' own documents that were read, against the record.

What enters: ``declared/documents/read.csv`` (facts of documents, no text), and a ledger. What leaves: ``ReadDocument``
of an agreement, and ``DocumentDifference`` where a document and the row of ICE's list that links it disagree: on the
model, the agency (the document is linked from the wrong row), or the signing day. The module promises that a doubtful
reading never makes a difference, and that a name is on the wrong row only where it is another agency's.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from ledger287.core import declared

Certainty = Literal["read", "doubt", "unread"]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """Facts of one document. ``basis`` is ``pages`` where its pages were seen, ``text`` where only their text was."""

    sha256: str
    file: str
    agreement: str | None
    basis: str
    pages: int
    model: str | None
    version: str | None
    version_certainty: Certainty
    agency: str | None
    state: str | None
    signed_page: int | None
    ice_signed: date | None
    ice_certainty: Certainty
    agency_signed: date | None
    agency_certainty: Certainty
    ice_office: str | None = None
    agency_office: str | None = None
    effective: date | None = None
    effective_certainty: Certainty = "unread"
    term: str | None = None
    ending_by_ice: str | None = None
    ending_by_agency: str | None = None
    ice_why: str | None = None
    agency_why: str | None = None
    """Why a day is a doubt, or was not read."""


@dataclass(frozen=True, slots=True)
class ReadAddendum:
    """An addendum that is bound with a document: its page, and the days on which it was signed."""

    page: int
    agreement_effective: date | None
    ice_signed: date | None
    ice_certainty: Certainty
    agency_signed: date | None
    agency_certainty: Certainty


@dataclass(frozen=True, slots=True)
class ReadChange:
    """A place where an agreement's own document differs from its form, and what it bears on."""

    kind: Literal["changed", "omitted", "added"]
    bears_on: tuple[str, ...]
    section: str
    page: int | None
    before: str
    after: str
    hold_hours: float | None = None
    """The hours that the agreement's own words give for a hold after custody passed, where they give others."""


@dataclass(frozen=True, slots=True)
class ReadAppendix:
    """An appendix: its letter, title and page, and the offices that it names as contacts."""

    letter: str
    title: str | None
    page: int
    contacts: tuple[str, ...]


@cache
def read_documents() -> tuple[ReadDocument, ...]:
    """Every document of the shipped table, by sha256."""
    return tuple(_row(row) for row in declared.rows("documents/read.csv"))


@cache
def _by_agreement() -> dict[str, ReadDocument]:
    return {row.agreement: row for row in read_documents() if row.agreement}


def document_of(agreement: str) -> ReadDocument | None:
    """The document of an agreement, where it was read."""
    return _by_agreement().get(agreement)


@cache
def undated_forms() -> dict[str, str]:
    """Agreement -> the form that its document has, for documents that print no version: its words were compared."""
    return {row["agreement"]: row["form"] for row in declared.rows("documents/undated.csv") if row["agreement"]}


@cache
def _changes() -> dict[str, tuple[ReadChange, ...]]:
    found: dict[str, list[ReadChange]] = defaultdict(list)
    for row in declared.rows("documents/changes.csv"):
        page = int(row["page"]) if row["page"] else None
        kind: Any = row["kind"]
        bears_on = tuple(row["bears_on"].split())
        hours = float(row["hold_hours"]) if row.get("hold_hours") else None
        change = ReadChange(kind, bears_on, row["section"], page, row["before"], row["after"], hours)
        found[row["agreement"]].append(change)
    return {agreement: tuple(changes) for agreement, changes in found.items()}


def changes_of(agreement: str) -> tuple[ReadChange, ...]:
    """Where an agreement's own document differs from its form; none where it was not read or has no dated form."""
    return _changes().get(agreement, ())


def addenda_of(sha256: str) -> tuple[ReadAddendum, ...]:
    """The addenda that are bound with a document."""
    return tuple(
        ReadAddendum(
            int(row["page"]),
            _day(row["agreement_effective"]),
            _day(row["ice_signed"]),
            _sure(row["ice_certainty"]),
            _day(row["agency_signed"]),
            _sure(row["agency_certainty"]),
        )
        for row in declared.rows("documents/addenda.csv")
        if row["sha256"] == sha256
    )


def appendices_of(sha256: str) -> tuple[ReadAppendix, ...]:
    """The appendices of a document."""
    return tuple(
        ReadAppendix(
            row["letter"],
            row["title"] or None,
            int(row["page"]),
            tuple(row["contacts"].split("; ")) if row["contacts"] else (),
        )
        for row in declared.rows("documents/appendices.csv")
        if row["sha256"] == sha256
    )


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where on its page a field was read: a box, and the page's size, in points from the upper left corner."""

    field: str
    page: int
    box: tuple[float, float, float, float]
    width: float
    height: float


@cache
def _places() -> dict[str, tuple[FieldPlace, ...]]:
    found: dict[str, list[FieldPlace]] = defaultdict(list)
    for row in declared.rows("documents/places.csv"):
        left, top, right, bottom = (float(row[side]) for side in ("left", "top", "right", "bottom"))
        size = float(row["width"]), float(row["height"])
        found[row["sha256"]].append(FieldPlace(row["field"], int(row["page"]), (left, top, right, bottom), *size))
    return {sha256: tuple(places) for sha256, places in found.items()}


def places_of(sha256: str) -> tuple[FieldPlace, ...]:
    """Where the fields of a document were read; none where only its text was."""
    return _places().get(sha256, ())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _sure(text: str) -> Certainty:
    return "read" if text == "read" else "doubt" if text == "doubt" else "unread"


def _row(row: dict[str, str]) -> ReadDocument:
    day, sure = _day, _sure
    return ReadDocument(
        row["sha256"],
        row["file"],
        row["agreement"] or None,
        row["basis"],
        int(row["pages"]),
        row["model"] or None,
        row["version"] or None,
        sure(row["version_certainty"]),
        row["agency"] or None,
        row["state"] or None,
        int(row["signed_page"]) if row["signed_page"] else None,
        day(row["ice_signed"]),
        sure(row["ice_certainty"]),
        day(row["agency_signed"]),
        sure(row["agency_certainty"]),
        row.get("ice_office") or None,
        row.get("agency_office") or None,
        day(row.get("effective", "")),
        sure(row.get("effective_certainty", "")),
        row.get("term") or None,
        row.get("ending_by_ice") or None,
        row.get("ending_by_agency") or None,
        row.get("ice_why") or None,
        row.get("agency_why") or None,
    )


@dataclass(frozen=True, slots=True)
class DocumentDifference:
    """One thing on which a document and the row that links it disagree."""

    file: str
    agreement: str | None
    about: Literal["model", "agency", "signed"]
    document: str
    listed: str


ABBREVIATED = {
    "dept": "department", "co": "county", "so": "sheriff office", "pd": "police department", "st": "saint",
    "ft": "fort", "doc": "department of corrections", "sheriffs": "sheriff", "u": "",
}  # fmt: skip
COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "a",
        "on",
        "behalf",
        "office",
        "sheriff",
        "police",
        "department",
        "county",
        "city",
        "town",
        "village",
        "state",
        "board",
        "commissioners",
        "corrections",
        "correctional",
        "division",
        "public",
        "safety",
        "district",
        "jail",
        "detention",
        "center",
        "bureau",
    ]
)
KIND = {"sheriff": "sheriff", "police": "police", "correction": "jail", "corrections": "jail", "constable": "constable"}


def own_words(name: str) -> frozenset[str]:
    """The words of a name that are its own: not those of every office, nor its state."""
    return frozenset(_words(name)) - COMMON - _state_words()


def _words(name: str) -> list[str]:
    plain = name.casefold().replace("’", "'").replace("'s", "s").replace("'", "").replace("saint ", "st ")
    return [part for word in re.findall(r"[a-z]+", plain) for part in ABBREVIATED.get(word, word).split()]


@cache
def _state_words() -> frozenset[str]:
    return frozenset(
        word for row in (*declared.states(), *declared.territories()) for word in row.code.casefold().split()
    )


MISSION = {
    **dict.fromkeys(("correction", "corrections", "correctional", "prisons"), "corrections"),
    **dict.fromkeys(("police", "patrol", "highway", "troopers", "safety"), "safety"),
}
"""Words for what bodies of a state are for; a patrol can be a division of its department of public safety."""
GENERAL = frozenset("department office division agency bureau board commission state public of the and for".split())  # noqa: SIM905
LOCAL = frozenset("county city parish borough town township village sheriff university college school".split())  # noqa: SIM905


def _mission_of_state(name: str) -> frozenset[str]:
    """What a body of a state is for, by the words of its name; none where the name is not that of such a body."""
    words = _words(name)
    text = " ".join(words)
    states = [row.name.casefold() for row in (*declared.states(), *declared.territories())]
    of = max((state for state in states if re.search(rf"\b{state}\b", text)), key=len, default=None)
    if of is None or LOCAL & set(words):
        return frozenset()
    rest = set(text.replace(of, " ").split()) - GENERAL
    return frozenset(MISSION.get(word, word) for word in rest)


def same_agency(one: str, other: str) -> bool:
    """Whether two names can be one agency's: their own words fit, slips of readers of pictures allowed."""
    from rapidfuzz import fuzz

    missions = [_mission_of_state(name) for name in (one, other)]
    if missions[0] and missions[1] and not missions[0] & missions[1]:
        return False
    left, right = own_words(one), own_words(other)
    kinds = [{KIND[word] for word in _words(name) if word in KIND} for name in (one, other)]
    if kinds[0] and kinds[1] and not kinds[0] & kinds[1]:
        return False
    numbers = [set(re.findall(r"\b\d{1,3}\b", name)) for name in (one, other)]
    if numbers[0] and numbers[1] and not numbers[0] & numbers[1]:
        return False
    if not left or not right:
        return fuzz.token_set_ratio(" ".join(_words(one)), " ".join(_words(other))) >= 80
    if left <= right or right <= left:
        return True
    a, b = " ".join(sorted(left)), " ".join(sorted(right))
    squeezed = fuzz.ratio(a.replace(" ", ""), b.replace(" ", ""))
    return max(fuzz.token_set_ratio(a, b) if left & right else 0.0, squeezed) >= 78


def differences(
    file: str,
    agreement: str | None,
    found: "tuple[str | None, str | None, date | None, Certainty]",
    listed: tuple[str, str, date | None],
    names: Iterable[str] = (),
) -> tuple[DocumentDifference, ...]:
    """What a document (model, agency, ICE's day, its certainty) and its row (model, agency, day) disagree on.

    ``names`` are those of the other agencies of the state: a document is on the wrong row where its name is not the
    row's; that it is another's makes the difference certain, and is named.
    """
    model, agency, day, sure = found
    differing = []
    if model and model != listed[0]:
        differing.append(DocumentDifference(file, agreement, "model", model, listed[0]))
    own = own_words(agency or "")
    another = own != own_words(listed[1]) and any(
        own == own_words(name) and same_agency(agency or "", name) for name in names
    )
    if agency and own and (another or not same_agency(agency, listed[1])):
        better = [name for name in names if same_agency(agency, name) and len(own_words(name)) > 0]
        if better or not names:
            differing.append(DocumentDifference(file, agreement, "agency", agency, listed[1]))
    if day and sure == "read" and listed[2] and day != listed[2]:
        differing.append(DocumentDifference(file, agreement, "signed", day.isoformat(), listed[2].isoformat()))
    return tuple(differing)
