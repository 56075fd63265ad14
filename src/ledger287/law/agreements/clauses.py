"""Which version of its model's text an agreement has or may have, and what that text says on a topic.

What enters: an agreement's id, model and signing day, and, where its own document was read, what was found in it.
What leaves: ``Text`` and its clauses. The module promises to say when a version is only assumed, which versions were
in use in the week of signing, and when the clause is that of another version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from ledger287.core import declared
from ledger287.law.agreements.documents import read_documents
from ledger287.law.lawbook.book import Lawbook
from ledger287.law.lawbook.provisions import Provision

Basis = Literal["document read", "template assumed", "no text of that time was read"]


@dataclass(frozen=True, slots=True)
class Text:
    """The text of an agreement.

    ``versions`` are those that it may have, the likeliest first: one where its document was read, else those in use
    in the week of signing; ``template`` names them. ``table`` is the version whose clauses are used for it.
    """

    model: str
    template: str | None
    table: str | None
    differs: str | None
    basis: Basis
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadDocument:
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
    table: str
    differs: str | None


@cache
def _templates() -> dict[str, _Template]:
    rows = declared.rules()["templates.yml"]["templates"]
    found = [_Template(row["id"], row["model"], row["since"], row["table"], row.get("differs")) for row in rows]
    return {row.id: row for row in sorted(found, key=lambda row: row.since)}


@cache
def _read() -> dict[str, ReadDocument]:
    """The agreements whose documents were read: by hand, and by the reader of documents where they print a version."""
    rows = declared.rules()["templates.yml"]["read"]
    by_reader = {
        row.agreement: ReadDocument(row.agreement, f"{row.model} {row.version}")
        for row in read_documents()
        if row.agreement and row.version_certainty == "read" and f"{row.model} {row.version}" in _templates()
    }
    return {**by_reader, **{row["agreement"]: ReadDocument(row["agreement"], row["version"]) for row in rows}}


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
    agreement_id: str, model: str, signed: date | None, documents: Mapping[str, ReadDocument] | None = None
) -> Text:
    """The text of an agreement: that of its own document where it was read, else what was in use in its week."""
    read = (documents or {}).get(agreement_id) or _read().get(agreement_id)
    versions = (read.version,) if read else versions_in_use(model, signed) if signed else ()
    rows = [_templates()[name] for name in versions if name in _templates()]
    if not rows:
        return Text(model, None, None, None, "no text of that time was read")
    differs = "; ".join(dict.fromkeys(row.differs for row in rows if row.differs)) or None
    basis: Basis = "document read" if read else "template assumed"
    return Text(model, " or ".join(versions), rows[0].table, differs, basis, versions)


def clause(book: Lawbook, text: Text, topic: str) -> Provision | None:
    """What a text says on a topic: in its own words where it is one version and they were kept, else its table's."""
    if not text.versions or text.table is None:
        return None
    own = book.clauses.get((text.versions[0], topic)) if len(text.versions) == 1 else None
    return own or book.clauses.get((text.table, topic))
