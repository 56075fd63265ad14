"""What an audit found, in totals, as the report, the page and the command line show it.

What enters: nothing; these are the shapes that ``report`` fills.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class DutyTotal:
    """One duty over the entire audit: how often missed, how often unknown, and hours late."""

    duty: str
    says: str
    missed: int
    cannot_tell: int
    hours: float | None
    median_hours: float | None
    longest_hours: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What an audit found, in totals; the files next to it have every row."""

    says: str
    made_up: bool
    files: tuple[str, ...]
    cases: int
    held: int
    perhaps_held: int
    not_ended: int
    cannot_tell: int
    with_findings: int
    duties: tuple[DutyTotal, ...]
    not_audited: tuple[dict[str, Any], ...]
    problems: dict[str, int]
    problems_shown: tuple[str, ...]
    rules_given: tuple[str, ...] = ()
    roster: str | None = None
    notes: tuple[str, ...] = ()
    outside_checked_span: int = 0
    span_says: str | None = None
    as_of: str | None = None
    open_cases: dict[str, int] = field(default_factory=dict)
    run: dict[str, Any] = field(default_factory=dict)
