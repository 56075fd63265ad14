"""A person's name as an agency, or typed for an agency or a case, reaches no output. All names are synthetic."""

from pathlib import Path
from typing import Any

import pytest

from commands import run_command
from ledger287.api import custody_audit, custody_clock
from ledger287.core.problem import Refused

PASSED = "case,state,agency,detainer_received,charges_cleared,hold_started,custody_passed_to_ice,released\n"
HEAD = "Booking #,Facility,Detainer Received,Detainer Form,Releasable,Released\n"
TIMES = "2025-06-15 09:00,I-247A,2025-06-16 13:00,2025-06-18 14:00"


def audit(folder: Path, *agencies: str, **asked: Any) -> Any:
    file = folder / "holds.csv"
    rows = "".join(f'25-{place},"{name}",{TIMES}\n' for place, name in enumerate(agencies, 1))
    file.write_text(HEAD + rows, encoding="utf-8")
    return custody_audit(file, folder / "out", **{"zone": "America/Chicago", "state": "TX", "model": "WSO"} | asked)


@pytest.mark.parametrize(
    "agencies",
    [
        ("Main Jail", "Maria Gonzalez"),
        ("Deputy Garcia",),
        ("Annex", "JOHNSON TYRELL"),
        ("Gonzalez, Maria",),
        ("Nguyen", "Patel", "Rivera", "Main Jail"),
    ],
    ids=["two words", "a title", "in capitals", "last first", "a column of last names"],
)
def test_a_persons_name_as_an_agency_is_refused_and_not_shown(tmp_path: Path, agencies: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        audit(tmp_path, *agencies)
    said = str(refused.value)
    assert "looks like a person's name" in said or "look like people's names" in said
    assert not any(word in said for word in ("Gonzalez", "Garcia", "JOHNSON", "Patel"))
    assert not (tmp_path / "out").exists()


def test_jails_and_agencies_pass(tmp_path: Path) -> None:
    names = (
        "Main Jail",
        "Twin Towers",
        "Eagle Pass Annex",
        "Jackson",
        "Smith County",
        "Travis County Sheriff's Office",
    )
    assert audit(tmp_path, *names).cases == len(names)


def test_what_is_typed_for_an_agency_or_a_case_is_looked_at_too(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="looks like a person's name"):
        audit(tmp_path, "Main Jail", agency="Maria Gonzalez")
    for case in ("GONZALEZ MARIA 2025-01", "Gonzalez, Maria", "A 012 345 678"):
        with pytest.raises(Refused) as refused:
            custody_clock("2025-07-03 10:00", zone="America/Chicago", form="I-247A", case=case)
        assert "not shown" in str(refused.value) and "onzalez" not in str(refused.value).lower()
    done = run_command(
        "custody",
        "clock",
        "--releasable",
        "2025-07-03T10:00-05:00",
        "--form",
        "I-247A",
        "--case",
        "25-000117",
        "--json",
    )
    assert done.returncode == 0 and '"25-000117"' in done.stdout


@pytest.mark.parametrize(
    ("agency", "state", "year", "answer"),
    [
        ("Harris County Sheriff's Office", "TX", 2025, "missed"),  # ended in 2017: on pages only, and on no list
        ("Harris County Sheriff's Office", "TX", 2014, "cannot tell"),
        ("Collier County Sheriff's Office", "FL", 2014, "cannot tell"),  # on the pages of 2014, as later on the lists
        ("Collier County Sheriff's Office", "FL", 2025, None),
        ("Bristol County Sheriff's Office", "MA", 2025, "missed"),
        ("Bristol County Sheriff's Office", "MA", 2026, "cannot tell"),  # after the newest list
        ("Synthetic County Sheriff's Office", "TX", 2025, "cannot tell"),
    ],
)
def test_that_no_agreement_is_in_force_is_known_only_while_there_are_lists(
    tmp_path: Path, agency: str, state: str, year: int, answer: str | None
) -> None:
    file = tmp_path / "holds.csv"
    days = [f"{year}-08-{day:02} 10:00" for day in (2, 8, 8, 8, 9)]
    file.write_text(f"{PASSED}1,{state},{agency},{','.join(days)}\n", encoding="utf-8")
    done = custody_audit(file, tmp_path / "out", zone="America/New_York")
    named = [row for row in done.duties if row.duty == "custody_without_agreement"]
    counts = {"missed": [1, 0], "cannot tell": [0, 1], None: []}[answer]
    assert [count for row in named for count in (row.missed, row.cannot_tell)] == counts
