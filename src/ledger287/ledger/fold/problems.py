"""What a fold could not understand, as problems: of lists, of cells, of names."""

from collections.abc import Iterable
from datetime import date

from ledger287.core.problem import Problem
from ledger287.core.time import day_of
from ledger287.ledger.fold.folding import Fold, FoldedList
from ledger287.ledger.fold.row_meaning import Unread, unreadable_signed


def problems(folded: Fold, doubtful: set[int] | None = None, names: dict[str, str] | None = None) -> list[Problem]:
    """Every problem of the lists folded, in the order of their publication.

    ``doubtful`` are the prints of earlier lists whose cells are looked at again; those of these lists are added.
    ``names`` are file names of earlier lists with their sha256.
    """
    cells = _of_cells(folded, set() if doubtful is None else doubtful)
    return [*_of_lists(folded, dict(names or {})), *cells, *_of_models(folded), *_of_names(folded)]


def _of_lists(folded: Fold, names: dict[str, str]) -> Iterable[Problem]:
    for entry in folded.lists:
        yield from entry.printed.problems
        file, sha256 = entry.printed.file, entry.printed.sha256
        if names.setdefault(file, sha256) != sha256:
            yield Problem(
                "same_name_other_content",
                file,
                None,
                None,
                None,
                "one content under one name",
                f"two: sha256 {names[file][:12]} and {sha256[:12]}",
                "Both are kept; cite the sha256.",
            )
        if entry.verdict.rule == "doubted":
            yield Problem(
                "doubted_name",
                file,
                None,
                None,
                None,
                "a name with the day on which the list was published, at most 10 days after it was last saved",
                entry.verdict.reason or "",
                "If the name is wrong, rename the file. The list is kept, and is not in the history.",
                sha256,
            )
        if entry.verdict.rule == "undated":
            yield Problem(
                "undated_list",
                file,
                None,
                None,
                None,
                "a day in the list's name or content",
                entry.publication.basis,
                "Give the file a name that has its day in it, as ICE does.",
            )


def _of_cells(folded: Fold, doubtful: set[int]) -> Iterable[Problem]:
    """Each cell of each list that could not be understood, and each empty or untimely SIGNED cell.

    A row that was not signed after the first list that prints it is not signed after a later one, so
    only what was doubtful at first is looked at again.
    """
    seen = set(range(folded.first))
    for entry in folded.lists:
        if entry.printed.failed:
            continue
        day = day_of(entry.publication.at) if entry.publication.at else None
        numbers = set(entry.print_numbers)
        doubtful |= {number for number in numbers - seen if _is_doubtful(folded, number, day)}
        seen |= numbers
        wanting = {n: cells for n in numbers & doubtful if (cells := _wanting(folded, entry, n, day))}
        if not wanting:
            continue
        printed = entry.printed
        for row, number in zip(printed.rows, entry.print_numbers, strict=True):
            for cell in wanting.get(number, ()):
                if column := printed.columns.get(cell.field):
                    yield Problem(
                        cell.kind,
                        printed.file,
                        printed.sheet,
                        row,
                        column,
                        cell.expected,
                        cell.found,
                        cell.remedy,
                        printed.sha256,
                    )


def _of_models(folded: Fold) -> Iterable[Problem]:
    """Each row of another model in place of an agreement, on the first list that prints it so."""
    doubted: dict[int, dict[int, list[str]]] = {}
    for doubt in folded.agreements.doubted_models:
        for number in doubt.prints:
            had = f"{doubt.model}, as {doubt.agreement_id} has it"
            doubted.setdefault(doubt.list_number, {}).setdefault(number, []).append(had)
    for entry in filter(lambda one: one.number in doubted, folded.lists):
        prints, printed = doubted[entry.number], entry.printed
        for row, number, cells in zip(printed.rows, entry.print_numbers, printed.prints, strict=True):
            if number in prints:
                yield Problem(
                    "model_in_doubt",
                    printed.file,
                    printed.sheet,
                    row,
                    printed.columns.get("model"),
                    f"{' or '.join(prints[number])}, an agreement of the same agency, day and document",
                    repr(cells.model),
                    "Cannot tell which model is meant: the agreement stays as it was printed before, and none of the "
                    "other model is counted. Read its document; correct the row in declared/corrections.yml.",
                    printed.sha256,
                )


def _is_doubtful(folded: Fold, number: int, day: date | None) -> bool:
    statement = folded.statement_of(number)
    if statement is None:
        return False
    return bool(statement.unread) or statement.signed is None or day is None or statement.signed > day


def _wanting(folded: Fold, entry: FoldedList, number: int, day: date | None) -> list[Unread]:
    statement = folded.statement_of(number)
    if statement is None:
        return []
    cells = list(statement.unread)
    if entry.printed.kind == "participating" and statement.signed is None and not statement.reads_as_unread("signed"):
        cells.append(unreadable_signed(entry.printed.prints[entry.print_numbers.index(number)]))
    if statement.signed and day and statement.signed > day:
        cells.append(
            Unread(
                "signed",
                "signed_after_list",
                f"a day of signing not after the list's own, {day}",
                str(statement.signed),
                "If it is a misprint, add a correction to declared/corrections.yml.",
            )
        )
    return cells


def _of_names(folded: Fold) -> Iterable[Problem]:
    for near in folded.identity.near_misses:
        yield Problem(
            "near_miss",
            "declared/registry/agencies.csv",
            None,
            None,
            None,
            f"a name unlike every other, or an identity decision on {near.like[1]!r} ({near.like_id})",
            f"{near.spelling[1]!r} in {near.spelling[0]!r}, taken as the new agency {near.agency_id}",
            "Decide in declared/identity/agencies.csv whether they are one agency.",
        )
