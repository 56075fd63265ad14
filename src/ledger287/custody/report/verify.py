"""Whether the same input still gives the same findings: a report's run, run again and compared.

What enters: the folder of a report. What leaves: a ``Verified``: each input and each file of rules whose bytes are
other ones, each table whose rows are, and each file of the report that is not the one its input gives. It promises to
compare by content, wherever the files are now.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import run
from ledger287.custody.intake.places.inputs import remote
from ledger287.custody.report.own_tables import RECORD, pages_that_differ, tables_that_differ, totals_differ
from ledger287.custody.report.record import rule_files, sha256_of
from ledger287.custody.report.report import write_report

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Verified:
    """What running a report again found. ``same`` is True where every table has the same rows, those in the report's
    own files too.

    ``report_changed`` are the tables of the report that are not those that its input gives; ``pages_changed`` its pages
    and charts, which are compared where the inputs are where they were and the report is in English.
    """

    report: str
    same: bool
    says: str
    inputs_changed: tuple[str, ...]
    rules_changed: tuple[str, ...]
    tables_changed: tuple[str, ...]
    software_then: str
    software_now: str
    report_changed: tuple[str, ...] = ()
    pages_changed: tuple[str, ...] = ()


def verify(report: Path, inputs: Path | None = None, ledger: "Ledger | None" = None) -> Verified:
    """Runs a report's audit again; ``inputs`` is the folder where its files are now, if elsewhere. Raises Refused."""
    record = recorded(report)
    asked = record["asked"]
    extra = {str(asked.get("roster", "")), str(asked.get("map", ""))}
    where = _where([one["file"] for one in record["inputs"]], inputs)
    missing = [str(path) for path in where.values() if isinstance(path, Path) and not path.is_file()]
    if missing:
        says = f"{', '.join(missing)}: no such file. Say where the inputs are now: "
        raise QueryError("inputs_missing", says, QueryField("inputs", "DIR"), ".", fields=("inputs",))
    sha256 = {one["file"]: one["sha256"] for one in record["inputs"]}
    changed = {name for name, path in where.items() if isinstance(path, Path) and sha256_of(path) != sha256[name]}
    rules = Path(asked["rules"]) if asked.get("rules") else None
    rules_now = rule_files(rules)
    rules_changed = tuple(
        name
        for name in sorted({*rules_now, *record["rule_files"]})
        if rules_now.get(name) != record["rule_files"].get(name)
    )
    files = [where[one["file"]] for one in record["inputs"] if one["file"] not in extra]
    roster, map_ = (Path(one) if (one := where.get(asked.get(name, ""))) else None for name in ("roster", "map"))
    with tempfile.TemporaryDirectory(prefix="ledger287-") as folder:
        again = Options(
            zone=asked.get("zone"),
            state=asked.get("state"),
            agency=asked.get("agency"),
            model=asked.get("model"),
            drop=tuple(asked.get("drop", ())),
            roster=roster,
            rules=rules,
            map=str(map_) if map_ else asked.get("map"),
            dates=asked.get("dates"),
            as_of=asked.get("as_of"),
            run_at=record.get("run_at"),
        )
        now = write_report(run(files, Path(folder), again, ledger), Path(folder)).run
        own = _tables_of(report, Path(folder), moved=inputs is not None)
        pages = () if inputs is not None or asked.get("lang") else pages_that_differ(report, Path(folder))
    # An object of a store was hashed as it was read again.
    changed |= {one["file"] for one in now["inputs"] if one["sha256"] != sha256.get(one["file"], one["sha256"])}
    inputs_changed = tuple(name for name in sha256 if name in changed)
    tables = _differ(record["fingerprints"], now["fingerprints"])
    says = _says(tables, inputs_changed, rules_changed, record["software"], now["software"])
    # Where the input gives other rows now, the report's own files are those of the earlier ones.
    own, pages = (() if tables or inputs_changed else one for one in (own, pages))
    return Verified(
        str(report), not (tables or own), f"{says}{_says_of_own(own, pages)}",
        inputs_changed, rules_changed, tables, record["software"], now["software"], own, pages,
    )  # fmt: skip


def _tables_of(report: Path, again: Path, *, moved: bool) -> tuple[str, ...]:
    """The tables of a report that differ from those made again, and its totals; of inputs that were ``moved``, all but
    where they are."""
    if not report.is_dir():
        return ()
    own = tables_that_differ(report, again, without=("file",) if moved else ())
    return (*own, RECORD) if totals_differ(report, again) else own


def _says_of_own(own: tuple[str, ...], pages: tuple[str, ...]) -> str:
    """What is said of files of the report that are not those that its input gives."""
    found = ""
    if own:
        found += f" The report's own files have other rows than this input gives: {', '.join(own)}."
    if pages:
        found += f" Its pages have other bytes than those made from it now: {', '.join(pages)}."
    return found


def _where(files: list[str], inputs: Path | None) -> dict[str, Path | str]:
    """Where each input is now: by its place below the folder that all had in common, else by its name.

    An object of a store is read from there again, where no folder is given.
    """
    if inputs is None:
        return {file: file if remote(file) else Path(file) for file in files}
    common = Path(os.path.commonpath([Path(file).absolute().parent for file in files]))
    below = {file: inputs / Path(file).absolute().relative_to(common) for file in files}
    return {file: path if path.is_file() else inputs / Path(file).name for file, path in below.items()}


def recorded(report: Path) -> dict[str, Any]:
    """The record of a report's run. Raises Refused where the folder has none."""
    file = report / "audit.json" if report.is_dir() else report
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"{file}: cannot be read: {error.strerror}. Expected the folder of a report.") from None
    except ValueError:
        raise Refused(f"{file}: this is not the audit.json of a report.") from None
    run_ = found.get("run") if isinstance(found, dict) else None
    if not isinstance(run_, dict) or "fingerprints" not in run_:
        raise Refused(f"{file}: this report has no record of its run; it was made before reports kept one.")
    return run_


def _differ(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in sorted({*then, *now}) if then.get(name) != now.get(name))


def _says(tables: tuple[str, ...], inputs: tuple[str, ...], rules: tuple[str, ...], software: str, now: str) -> str:
    if not tables:
        more = "" if not rules else " Files of rules have changed since, without another finding."
        if inputs:
            return f"The same findings from inputs with other bytes (another sha256): {', '.join(inputs)}.{more}"
        return f"The same input gives the same findings.{more}"
    why = []
    if inputs:
        why.append(f"inputs with other bytes: {', '.join(inputs)}")
    if rules:
        why.append(f"files of rules with other bytes: {', '.join(rules)}")
    if software != now:
        why.append(f"{software} then, {now} now")
    because = "; ".join(why) or "inputs and rules are the same, which is a fault of this software: report it"
    return f"Other rows in {', '.join(tables)}: {because}."
