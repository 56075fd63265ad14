"""What reading the files of an audit met: problems at their cells, how many of each kind, and notes on each file.

What enters: the opened files, and what was found of case numbers in several rows. What leaves: problems, counts, notes.
"""

from collections.abc import Mapping

from ledger287.core.text import listed, plural
from ledger287.custody.batch.folds.duplicates import Repeated
from ledger287.custody.batch.folds.joining import Contradiction
from ledger287.custody.batch.opening import Opened, stated_fields
from ledger287.custody.columns.untimed import notes_on_untimed
from ledger287.custody.intake.opening.opened_files import ExportFile
from ledger287.custody.intake.problems import CaseProblem, problem
from ledger287.custody.intake.staged.staging import MOST_TOLD
from ledger287.custody.intake.times.values import quoted, shown

MOST_NOTES = 50
MOST_FIELDS = 4
"""So many fields are named in which two rows of a case differ."""


def problems_of_reading(
    opened: list[Opened], twice: tuple[Contradiction, ...]
) -> tuple[tuple[CaseProblem, ...], dict[str, int]]:
    """The problems that reading found: those reported with their cells, and the number of each kind."""
    reported: list[CaseProblem] = []
    counts: dict[str, int] = {}
    for one in opened:
        met_first = [one_ for source in one.sources for one_ in source.problems]
        reported += [*met_first, *one.unread, *(one_ for staged in one.staged for one_ in staged.problems)]
        for one_ in met_first:
            if one_.kind in ("unknown_column", "unmapped_heading"):
                counts[one_.kind] = counts.get(one_.kind, 0) + 1
        for found in (one.counts, *(staged.counts for staged in one.staged)):
            for kind, many in found.items():
                counts[kind] = counts.get(kind, 0) + many
    heads = {source.name: source for one in opened for source in one.sources}
    reported += [_of_two_rows(one, heads) for one in twice[:MOST_TOLD]]
    if twice:
        counts["duplicate_case"] = len(twice)
    return tuple(reported), counts


def _of_two_rows(one: Contradiction, sources: Mapping[str, ExportFile]) -> CaseProblem:
    """The problem of a row of a case that is in several rows: how it differs, and from which row."""
    if one.other is None:
        return problem(one.file, one.row, "case", "duplicate_case", found=shown(one.case), case=one.case)
    file, row = one.other
    source = sources[one.file]
    fields = listed([quoted(source.head_of(name)) for name in one.fields[:MOST_FIELDS]])
    where = f"row {row}" if file == one.file else f"{file} row {row}"
    found = f"{shown(one.case)} with another {fields} in {where}"
    return problem(one.file, one.row, "case", "duplicate_case", found=found, case=one.case)


def notes_of(opened: list[Opened], found: Repeated) -> tuple[str, ...]:
    """How each file was read, where that is not plain: its encoding, its heading's line, what was left out."""
    read = [note for one in opened for source in one.sources for note in source.notes]
    read += [note for one in opened for staged in one.staged for note in staged.notes]
    read += [note for one in opened for note in one.notes]
    for one in opened:
        log = one.first.shape == "log"
        for source in one.sources:
            fields, part = (stated_fields(one), "line") if log else (source.fields, "column")
            read += notes_on_untimed(source.name, fields, part)
    if many := found.cases + sum(one.rebooked for one in opened):
        read.append(
            f"{plural(many, 'case')} with more than one booking: where the person had left in between, each stay is "
            "decided by itself, the second as NUMBER (stay 2)."
        )
    if many := sum(len(group) > 1 for group in found.groups):
        read.append(
            f"{plural(many, 'case')} in more than one row: their cells agree, or one of them is blank, and each was "
            "joined into one."
        )
    read = list(dict.fromkeys(read))
    more = len(read) - MOST_NOTES
    return tuple(read) if more < 1 else (*read[:MOST_NOTES], f"{more:,} more notes of this kind on other files.")
