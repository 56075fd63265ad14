"""Which version of its model's text an agreement has or may have, and what that text says on a topic.

What enters: an agreement's id, model and signing day, and, where its own document was read, what was found in it.
What leaves: ``Text`` and its clauses. The module promises to say when a version is only assumed, which versions were
in use in the week of signing, and how far the own document was read. A clause is given for a version only where it was
read in a text of that version, and it is cited by that version: never by one that was made later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from ledger287.core import declared
from ledger287.core.finding import Citation
from ledger287.law.agreements.documents import document_of, read_documents, undated_forms
from ledger287.law.lawbook.book import Lawbook
from ledger287.law.lawbook.provisions import Provision

Basis = Literal["document read", "template assumed", "no text of that time was read"]
OwnText = Literal["read", "version not read", "not legible", "not available"]
"""How far an agreement's own document was read: with the version of its form; without it; not at all (a picture whose
text was not read); or the document is not available here."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text of an agreement.

    ``versions`` are those that it may have, the likeliest first: one where its document was read, else those in use
    in the week of signing; ``template`` names them. ``own_text`` says how far its own document was read.
    """

    model: str
    template: str | None
    differs: str | None
    basis: Basis
    versions: tuple[str, ...] = ()
    own_text: OwnText = "not available"


@dataclass(frozen=True, slots=True)
class DocumentClauses:
    """What was found in an agreement's own document: the version printed at its foot, and what it lists by function.

    ``lists`` has a function only where the document itself settles it; the rest is that of the version.
    """

    agreement_id: str
    version: str
    lists: Mapping[str, bool] | None = None


@dataclass(frozen=True, slots=True)
class _Template:
    id: str
    model: str
    since: date
    cites: str
    differs: str | None


@cache
def _templates() -> dict[str, _Template]:
    rows = declared.rules()["templates.yml"]["templates"]
    found = [_Template(row["id"], row["model"], row["since"], row["cites"], row.get("differs")) for row in rows]
    return {row.id: row for row in sorted(found, key=lambda row: row.since)}


@cache
def _read() -> dict[str, DocumentClauses]:
    """The agreements whose documents were read: by hand, and by the reader of documents.

    The reader's are those that print a version, and those that print none whose words are those of an undated form.
    """
    rows = declared.rules()["templates.yml"]["read"]
    printed = {
        row.agreement: DocumentClauses(row.agreement, f"{row.model} {row.version}")
        for row in read_documents()
        if row.agreement and row.version_certainty == "read" and f"{row.model} {row.version}" in _templates()
    }
    undated = {id_: DocumentClauses(id_, form) for id_, form in undated_forms().items() if form in _templates()}
    by_hand = {row["agreement"]: DocumentClauses(row["agreement"], row["version"]) for row in rows}
    return {**undated, **printed, **by_hand}


def _own_text(agreement_id: str, model: str) -> OwnText:
    """How far the own document of an agreement was read where its version was not."""
    own = document_of(agreement_id)
    if own is None:
        return "not available"
    return "version not read" if own.model == model else "not legible"


@cache
def _weeks() -> dict[str, dict[date, tuple[str, ...]]]:
    """Model -> week, by its Monday -> the versions that texts signed in it print, the most frequent first."""
    counted: dict[str, dict[date, dict[str, int]]] = {}
    for row in declared.rows("law/versions.csv"):
        week = counted.setdefault(row["model"], {}).setdefault(date.fromisoformat(row["week"]), {})
        week[row["version"]] = week.get(row["version"], 0) + int(row["texts"])
    return {
        model: {week: tuple(sorted(seen, key=lambda name: (-seen[name], name))) for week, seen in sorted(weeks.items())}
        for model, weeks in counted.items()
    }


@cache
def versions_in_use(model: str, signed: date) -> tuple[str, ...]:
    """The versions of a model's text that were in use in the week of a day.

    Where no text of that week is available, those of the nearest week before and of the nearest one after; else the
    newest that was seen by then. A version is never named for a day before the first one on which it was seen.
    """
    known = {name: row for name, row in _templates().items() if row.model == model and row.since <= signed}
    weeks, monday = _weeks().get(model, {}), signed - timedelta(days=signed.weekday())
    found = list(weeks.get(monday, ()))
    if not found:
        before, after = [week for week in weeks if week < monday], [week for week in weeks if week > monday]
        found += weeks[before[-1]] if before else ()
        found += weeks[after[0]] if after else ()
    fitting = tuple(name for name in dict.fromkeys(found) if name in known)
    return fitting or tuple(known)[-1:]


def text_of(
    agreement_id: str, model: str, signed: date | None, documents: Mapping[str, DocumentClauses] | None = None
) -> Text:
    """The text of an agreement: that of its own document where it was read, else what was in use in its week."""
    read = (documents or {}).get(agreement_id) or _read().get(agreement_id)
    if read and _model_of(read.version) not in (None, model):
        read = None
    versions = (read.version,) if read else versions_in_use(model, signed) if signed else ()
    own: OwnText = "read" if read else _own_text(agreement_id, model)
    rows = [_templates()[name] for name in versions if name in _templates()]
    if not rows:
        return Text(model, None, None, "no text of that time was read", own_text=own)
    differs = "; ".join(dict.fromkeys(row.differs for row in rows if row.differs)) or None
    basis: Basis = "document read" if read else "template assumed"
    return Text(model, " or ".join(versions), differs, basis, versions, own)


def _model_of(version: str) -> str | None:
    """The model whose text a version is of; None for a version that is not known here."""
    return _templates()[version].model if version in _templates() else None


def clause(book: Lawbook, text: Text, topic: str) -> Provision | None:
    """What a text says on a topic, by a text of its version; of several versions that it may have, the likeliest."""
    found = (book.clauses.get((version, topic)) for version in text.versions)
    return next((entry for entry in found if entry), None)


def read_in(entry: Provision, text: Text) -> tuple[str, ...]:
    """Those of the versions that a text may have in which a clause was read."""
    where = (entry.clause.template, *entry.clause.also) if entry.clause else ()
    return tuple(version for version in text.versions if version in where)


def cited_by_version(citation: Citation, entry: Provision, text: Text) -> Citation:
    """A clause as an agreement's answer cites it: by the versions that the agreement has or may have."""
    names = [_templates()[version].cites for version in read_in(entry, text) if version in _templates()]
    return replace(citation, citation=" or ".join(dict.fromkeys(names))) if names else citation
