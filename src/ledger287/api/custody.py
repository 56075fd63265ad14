"""Custody: when one hold must have ended, and the audit of a jail's export. Cases by number, never persons.

Not legal advice. The audit needs the packages that ``make custody`` installs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ledger287.api.arguments import lawbook_of, or_opened, path_of
from ledger287.core.query_error import QueryError, QueryField, as_text, as_text_or_none, as_texts
from ledger287.ledger.query.ledger import Ledger

if TYPE_CHECKING:
    from ledger287.custody.clock.answer import ClockAnswer
    from ledger287.custody.intake.columns.proposing import Proposal
    from ledger287.custody.report.tables.summary import Summary
    from ledger287.custody.report.verify import Verified
    from ledger287.law.lawbook.book import Lawbook


def custody_clock(
    releasable: str | datetime,
    *,
    zone: str | None = None,
    state: str | None = None,
    form: str | None = None,
    model: str | None = None,
    agreement: str | None = None,
    received: str | datetime | None = None,
    passed: str | datetime | None = None,
    left: str | datetime | None = None,
    claimed: str | datetime | None = None,
    complaint: str | datetime | None = None,
    case: str = "hold",
    lawbook: "Lawbook | None" = None,
) -> "ClockAnswer":
    """When one hold must have ended: no later than the earliest clock. It grants no authority to hold.

    Each time is text such as ``2025-07-03 10:00`` in ``zone`` (such as ``America/Chicago``), or has an offset of its
    own: when the person was otherwise releasable, when the detainer was received, custody passed to ICE, the person
    left, US citizenship was claimed, a complaint was made. ``form`` is the detainer's, such as ``I-247A``; ``model``
    is ``JEM``, ``WSO``, ``TFM`` or ``none``; ``agreement`` names one of the shipped record by its id instead, and the
    clock goes by its own document where that was read. Raises Refused for a time, zone, state, form, model or agreement
    that is not understood.
    """
    from ledger287.custody.case.hold_law import law
    from ledger287.custody.clock.answer import clock_answer
    from ledger287.custody.clock.asking import FIELDS, case_of
    from ledger287.custody.clock.own_text import law_of, own_text

    given = {
        "charges_cleared": releasable,
        "detainer_received": received,
        "custody_passed_to_ice": passed,
        "released": left,
        "citizenship_claimed": claimed,
        "complaint_filed": complaint,
    }
    for event, at in given.items():
        if at is not None and not isinstance(at, datetime):
            as_text(at, FIELDS[event], "2025-07-03 10:00")
    case, zone = as_text(case, "case", "hold"), as_text_or_none(zone, "zone", "America/Chicago")
    form, model = as_text_or_none(form, "form", "I-247A"), as_text_or_none(model, "model", "JEM")
    book = lawbook_of(lawbook)
    times = {event: at.isoformat() if isinstance(at, datetime) else at for event, at in given.items()}
    if agreement is None:
        return clock_answer(case_of(case, times, zone, state, form, model), law(book))
    text = own_text(as_text(agreement, "agreement", "ag-5sv4w1m-jem-2020-06-16"), or_opened(None))
    if model is not None and model.strip().upper() != text.model:
        raise QueryError(
            "unknown_code", QueryField("model"), f": {agreement} is a {text.model} agreement, not {model!r}."
        )
    answer = clock_answer(case_of(case, times, zone, state, form, text.model), law_of(law(book), text))
    return replace(answer, says=f"{answer.says} {text.says}", notes=(*answer.notes, text.says))


def custody_audit(
    files: str | Path | Sequence[str | Path],
    out: str | Path | None = None,
    *,
    zone: str | None = None,
    state: str | None = None,
    agency: str | None = None,
    model: str | None = None,
    map: str | Path | None = None,
    dates: str | None = None,
    drop: Iterable[str] = (),
    roster: str | Path | None = None,
    rules: str | Path | None = None,
    as_of: str | datetime | None = None,
    run_at: str | datetime | None = None,
    engine: str = "duckdb",
    all_problems: bool = False,
    ledger: Ledger | None = None,
) -> "Summary":
    """Audit the holds of a jail's export: totals of each duty that was met, missed or cannot be decided.

    ``files`` are tables of cases or logs of events (CSV, xlsx, Parquet, JSON), folders, patterns or URIs. ``out``
    is the folder of the report, with every finding as a row; nothing is kept if left out. The other options are those
    of ``ledger287 custody audit``. Raises Refused for files or options that cannot be used; what else is not understood
    is in ``problems``.
    """
    from ledger287.custody.batch.plans.plan import Options
    from ledger287.custody.report.auditing import audit_into

    if not isinstance(run_at, datetime):
        run_at = as_text_or_none(run_at, "run_at", "2025-07-03T10:00-05:00")
    if not isinstance(as_of, datetime):
        as_of = as_text_or_none(as_of, "as_of", "2025-07-03T10:00-05:00")
    named = files if isinstance(files, Sequence) and not isinstance(files, str) else [files]
    options = Options(
        as_text_or_none(zone, "zone", "America/Chicago"),
        state,
        agency,
        model,
        as_texts(drop, "drop", "Booking officer"),
        engine,
        roster=path_of(roster, "roster") if roster else None,
        rules=path_of(rules, "rules") if rules else None,
        map=str(path_of(map, "map")) if map is not None else None,
        dates=as_text_or_none(dates, "dates", "month-first"),
        as_of=as_of.isoformat() if isinstance(as_of, datetime) else as_of,
        run_at=run_at.isoformat() if isinstance(run_at, datetime) else run_at,
        all_problems=all_problems,
    )
    if not named:
        raise QueryError("missing_files", QueryField("files"), ": expected at least one file or folder, found none.")
    # A text may be a URI, which is no path.
    inputs = [file if isinstance(file, str) else path_of(file, "files") for file in named]
    return audit_into(inputs, path_of(out, "out") if out else None, options, or_opened(ledger))


def custody_map(file: str | Path, dates: str | None = None) -> "Proposal":
    """Which column of a jail's export is which event, as proposed: ``.yaml`` is a map for ``custody_audit``.

    ``dates`` says how the file writes 3/1/2025: ``month-first`` or ``day-first``. Raises Refused where the file cannot
    be read.
    """
    from ledger287.custody.intake.columns.proposing import proposed
    from ledger287.custody.intake.times.moments import day_order

    return proposed(
        file if isinstance(file, str) else path_of(file, "file"),
        day_order(as_text_or_none(dates, "dates", "month-first")),
    )


def custody_verify(report: str | Path, inputs: str | Path | None = None, ledger: Ledger | None = None) -> "Verified":
    """Run a report's audit again: whether the same input gives the same findings. ``inputs``: where its files are now.

    Raises Refused where there is no report, or its inputs are not found.
    """
    from ledger287.custody.report.verify import verify

    return verify(path_of(report, "report"), path_of(inputs, "inputs") if inputs else None, or_opened(ledger))
