"""An audit into its report, in one step.

What enters: files, options, the record. What leaves: the report's folder, complete or not at all, and its totals.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import in_one_step, run
from ledger287.custody.report.record import instant_of
from ledger287.custody.report.report import totals, write_report
from ledger287.custody.report.tables.summary import Summary

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger


def audit_into(files: Sequence[str | Path], out: Path | None, options: Options, ledger: "Ledger | None") -> Summary:
    """Audit files into the folder ``out``, or only for the totals where none is given. Raises Refused."""

    for name, text in (("as_of", options.as_of), ("run_at", options.run_at)):
        if text is not None:
            # Before the audit, which may take an hour. Where only the map has the time zone, one without gaps is used.
            instant_of(name, text, options.zone or "America/Phoenix", options.dates)

    def make(work: Path) -> Summary:
        done = run(files, work, options, ledger)
        return write_report(done, work) if out is not None else totals(done, work)

    if out is not None:
        return in_one_step(out, make)
    with tempfile.TemporaryDirectory(prefix="ledger287-") as folder:
        return in_one_step(Path(folder) / "report", make)
