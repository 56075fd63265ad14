"""An agreement of a time whose text was not read: what it asks for is unknown, and the end that is shown stays.

Every case is synthetic.
"""

from pathlib import Path

import pytest

from ledger287.api import custody_audit, custody_clock

HEAD = (
    "case,state,model,detainer_received,citizenship_claimed,claim_reported,charges_cleared,hold_started,"
    "custody_passed_to_ice,released,complaint_filed,complaint_forwarded\n"
)
DAYS = ("02 09:00", "03 09:00", "03 19:00", "08 10:00", "08 10:00", "08 11:00", "11 10:00", "08 10:00", "21 10:00")
OF_THE_TEXT = ("exceeds_agreement", "claim_late", "complaint_late")


@pytest.mark.parametrize(
    ("model", "year", "missed"),
    [("JEM", 2014, False), ("JEM", 2019, False), ("JEM", 2025, True), ("WSO", 2018, False), ("WSO", 2025, True)],
)
def test_an_agreement_is_not_judged_by_a_later_text(tmp_path: Path, model: str, year: int, missed: bool) -> None:
    file = tmp_path / "holds.csv"
    times = ",".join(f"{year}-07-{day}" for day in DAYS)
    file.write_text(f"{HEAD}1,TX,{model},{times}\n", encoding="utf-8")
    done = custody_audit(file, tmp_path / "out", zone="America/Chicago")
    found = {row.duty: (row.missed, row.cannot_tell) for row in done.duties}
    assert {name: found[name] for name in OF_THE_TEXT} == dict.fromkeys(OF_THE_TEXT, (1, 0) if missed else (0, 1))
    assert found["exceeds_request"] == (1, 0)


def test_the_end_that_is_shown_is_the_earliest_all_the_same() -> None:
    done = custody_clock("2014-07-08 10:00", model="JEM", zone="America/Chicago", passed="2014-07-07 10:00")
    assert f"{done.no_later_than:%Y-%m-%d}" == "2014-07-09"
