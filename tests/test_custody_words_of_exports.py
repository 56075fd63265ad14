"""Words of exports that were misread once: totals and headings in Spanish, papers given to ICE, one wrong year.

Every case is synthetic.
"""

from pathlib import Path

import pytest

from commands import run_command
from conftest import SHARED
from ledger287.custody.case.event_words import event_named
from ledger287.custody.intake.columns.headings import held


def test_totals_in_spanish_are_no_case(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    head = "Número de caso,Fecha de ingreso,Hora de ingreso,Elegible para liberación,Fecha y hora de salida"
    row = "25-1,2025-03-14,11:05,2025-03-15 09:00,2025-03-15 09:30"
    for total in ("Gran total: 4", "Suma: 4", "Conteo: 1", "Página 2 de 3", "(4 rows affected)"):
        file.write_text(f"{head}\n{row}\n{total},,,,\n", encoding="utf-8")
        done = run_command("custody", "audit", str(file), "--zone", "America/Chicago", "--state", "TX")
        assert done.returncode == 0, done.stderr
        assert "1 case in 1 file" in done.stdout
        assert "1 line of totals or notes not read" in done.stdout


@pytest.mark.parametrize(
    "heading",
    ["Número de caso", "N.º de caso", "No. de Caso", "Caso", "Número de registro", "Folio", "Docket #", "Cause Number",
     "Jail Case #", "Case Ref.", "Hold ID"],
)  # fmt: skip
def test_usual_headings_of_a_cases_number(heading: str) -> None:
    for found in (held(heading, "cases"), held(heading, "log")):
        assert found is not None and found.field == "case"


def test_another_number_next_to_the_booking_number_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    file.write_text(
        "Docket #,Booking #,Booked,Releasable,Released\nD-1,25-1,2025-03-14 11:05,2025-03-15 09:00,2025-03-15 09:30\n",
        encoding="utf-8",
    )
    done = run_command("custody", "audit", str(file), "--zone", "America/Chicago", "--state", "TX", "--all-problems")
    assert "1 case in 1 file" in done.stdout
    assert "Docket #" in done.stdout


@pytest.mark.parametrize("column", ["Apellidos", "Nombre del detenido", "Fecha de nacimiento", "Nacionalidad"])
def test_personal_headings_in_spanish_are_refused(tmp_path: Path, column: str) -> None:
    file = tmp_path / "cases.csv"
    file.write_text(
        f"case,{column},booked,charges_cleared,released\n1,x,2025-03-14 11:05,2025-03-15 09:00,2025-03-15 09:30\n",
        encoding="utf-8",
    )
    assert run_command("custody", "audit", str(file), "--zone", "America/Chicago").returncode == 2


def test_a_paper_given_to_ice_is_not_served_on_the_person() -> None:
    for words in (
        "DETAINER GIVEN TO ICE",
        "i-247a served to ice",
        "Detainer delivered to ERO",
        "ICE WARRANT GIVEN TO ICE",
    ):
        assert event_named(words) is None, words
    assert event_named("DETAINER GIVEN TO INMATE") == "served_on_person"
    assert event_named("ICE WARRANT SERVED ON INMATE") == "warrant_served"


@pytest.mark.skipif(not (SHARED / "cases").is_dir(), reason="../shared/cases is not here")
def test_one_wrong_year_is_one_problem() -> None:
    done = run_command(
        "custody",
        "audit",
        str(SHARED / "cases/custody/order_of_events.csv"),
        "--zone",
        "America/Chicago",
        "--all-problems",
    )
    assert done.returncode == 1
    assert done.stdout.count("order_of_events.csv row 1 ") == 1
    assert done.stdout.count("order_of_events.csv row 2 ") == 1


def test_a_release_to_ice_is_read_and_said(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    row = "2025-03-14 11:05,2025-03-14 12:00,2025-03-15 09:00,2025-03-16 09:30"
    rows = "".join(f"25-{place},{row},{to}\n" for place, to in enumerate(("ICE", "Release To: ICE", "Self")))
    file.write_text(f"case,booked,detainer_received,charges_cleared,released,Release To\n{rows}", encoding="utf-8")
    done = run_command("custody", "audit", str(file), "--zone", "America/Chicago", "--state", "TX")
    assert "2 releases to ICE, as released_to says, are read as ice_took_person." in done.stdout


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Enough cases with problems that several threads write them; all files of a report but the page's own record."""
    file = tmp_path / "cases.parquet"
    run_command("custody", "simulate", "--cases", "250000", "--seed", "7", "--out", str(file))
    written: list[dict[str, bytes]] = []
    for name in ("one", "two"):
        out = tmp_path / name
        run_command("custody", "audit", str(file), "--zone", "America/Chicago", "--out", str(out))
        written.append({str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert written[0].keys() == written[1].keys()
    assert [name for name, data in written[0].items() if data != written[1][name]] == []
