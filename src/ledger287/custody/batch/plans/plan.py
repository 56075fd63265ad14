"""What an audit knows of its table before it reads a row: its columns, zones, times, and the words in it.

What enters: what a survey of the table found. What leaves: a frozen ``Plan``, from which the expression of the audit
is made. Two tables with the same plan are audited by the same expression, on any engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ledger287.custody.case.facts import MODEL_UNKNOWN
from ledger287.custody.case.vocabulary import bits, code_fields, events
from ledger287.custody.report.words import ENGLISH, ReportLanguage

Clocks = Literal["utc", "local", "mixed"]

TIMES: tuple[str, ...] = events()
FIELDS: tuple[str, ...] = code_fields()
PLACES = ("agency", "state", "zone")
OFFICERS = ("served_by", "held_by")
BY_ROSTER = ("served_by_standing", "held_by_standing")
"""The columns of officers, and those of their standings where a roster is given."""


@dataclass(frozen=True, slots=True)
class ModelSpan:
    """From ``since`` until before ``until`` an agency had these models, as a mask; by the record."""

    since: int
    until: int
    models: int


@dataclass(frozen=True, slots=True)
class TableAgency:
    """An agency as a table writes it, with its state as the table gives it, and what the record says of it.

    ``known`` is False where the record has no such agency; ``spans`` are apart and in order. ``agreements`` are the ids
    and models of its agreements on jails.
    """

    name: str
    state: str | None
    known: bool
    spans: tuple[ModelSpan, ...] = ()
    agreements: tuple[tuple[str, str], ...] = ()

    def models_at(self, at: int | None) -> int:
        """The mask of its models at a date and time: none outside every span, unknown where it is not in the record."""
        if not self.known or at is None:
            return MODEL_UNKNOWN
        return next((span.models for span in self.spans if span.since <= at < span.until), 0)


@dataclass(frozen=True, slots=True)
class Plan:
    """``columns`` are the fields that the table has, defaults included. ``times`` says how it gives them.

    ``states`` and ``zones`` map what is written in the table to a code and a zone's name, None where it is none;
    ``spelled`` maps what is written in each code's column to the code's number. Defaults replace a blank. ``forms``
    maps a word for detainers on different forms to these. ``agencies`` is empty where no record is used. ``within`` are
    two times between which every time of the table is, None where that is not known. ``unknown`` are codes that a blank
    cell leaves open (``Map.unknown``).
    """

    columns: frozenset[str]
    times: Clocks = "utc"
    states: Mapping[str, str | None] = field(default_factory=dict)
    zones: Mapping[str, str | None] = field(default_factory=dict)
    spelled: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    agencies: tuple[TableAgency, ...] = ()
    zone: str | None = None
    state: str | None = None
    agency: str | None = None
    model: int = MODEL_UNKNOWN
    first: int = 0
    last: int = 0
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: tuple[int, int] | None = None
    unknown: frozenset[str] = frozenset()

    @property
    def states_used(self) -> frozenset[str]:
        """Every state that a row may be of."""
        return frozenset(name for name in (*self.states.values(), self.state) if name)

    @property
    def zones_used(self) -> tuple[str, ...]:
        """Every zone that a row may lie in."""
        return tuple(sorted({name for name in (*self.zones.values(), self.zone) if name}))


@dataclass(frozen=True, slots=True)
class Options:
    """The options of an audit: defaults for what the files leave out, columns to drop, the engine.

    ``roster`` is a file of officers by number, ``work`` a folder for what is written on the way, which every machine
    of a cluster sees; ``rules`` are provisions that take precedence over the shipped ones; ``words`` are those of the
    report.
    """

    zone: str | None = None
    state: str | None = None
    agency: str | None = None
    model: str | None = None
    drop: tuple[str, ...] = ()
    engine: str = "duckdb"
    threads: int | None = None
    roster: Path | None = None
    rules: Path | None = None
    map: str | None = None
    dates: str | None = None
    as_of: str | None = None
    run_at: str | None = None
    work: str | None = None
    spark_conf: tuple[str, ...] = ()
    all_problems: bool = False
    words: ReportLanguage = ENGLISH


def bit(event: str) -> int:
    """An event's bit in the masks of a table."""
    return bits()[event]
