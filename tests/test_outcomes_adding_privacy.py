"""What people typed into columns of categories, or a first row without headings, is written and printed nowhere."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from ledger287.cli.main import app
from ledger287.ledger.outcomes.small import small_withheld

SECRET = "SYNTHETIC PERSON"


def rows(kind: str) -> pl.DataFrame:
    """Synthetic rows; in each column of texts three have a name that is of no one."""
    texts = {
        "arrests": ("apprehension_method", "apprehension_criminality", "apprehension_state",
                    "apprehension_site_landmark", "unique_identifier"),
        "detainers": ("detention_facility", "detainer_lift_reason", "facility_state"),
        "detentions": ("detention_facility_code", "detention_facility"),
    }[kind]  # fmt: skip
    days = {"arrests": "apprehension_date", "detainers": "detainer_prepare_date", "detentions": "book_in_date_time"}
    typed = [{days[kind]: "2025-03-02", **dict.fromkeys(texts, f"{SECRET} {number}")} for number in range(3)]
    usual = [{days[kind]: "2025-03-03", **dict.fromkeys(texts, "OFTEN")} for _ in range(9)]
    found = pl.DataFrame(typed + usual)
    return found.with_columns(book_out_date_time=pl.lit("2025-03-05")) if kind == "detentions" else found


@pytest.mark.parametrize("kind", ["arrests", "detainers", "detentions"])
def test_a_text_of_few_rows_is_counted_and_not_written(tmp_path: Path, kind: str) -> None:
    rows(kind).write_csv(tmp_path / "rows.csv")
    result = CliRunner().invoke(app, ["outcomes", "add", str(tmp_path / "rows.csv"), "--out", str(tmp_path / "out")])
    assert f"{kind}\n" in result.output and SECRET not in result.output
    for made in sorted((tmp_path / "out").glob("added*")):
        if made.suffix == ".parquet":
            frame = pl.read_parquet(made)
            texts = [text for name in frame.columns if frame.schema[name] == pl.String for text in frame[name].unique()]
            assert not any(SECRET in text for text in texts), made.name
            assert not texts or "OFTEN" in texts, made.name
        else:
            assert SECRET.encode() not in made.read_bytes()


def test_the_number_of_rows_stays(tmp_path: Path) -> None:
    from ledger287.sources.outcomes.counts.person_files import count_file

    rows("arrests").write_csv(tmp_path / "rows.csv")
    tables = count_file(tmp_path / "rows.csv").tables
    assert tables["added_arrests_by_state"]["arrests"].sum() == 12


def test_a_first_row_of_persons_is_not_printed_as_headings(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"{SECRET},TEXAS\n{SECRET} 2,OHIO\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["outcomes", "add", str(path), "--out", str(tmp_path / "out")])
    assert result.exit_code != 0
    assert SECRET not in result.output + str(result.exception)


def test_how_many_were_taken_is_withheld_where_it_or_the_rest_is_small() -> None:
    months = [
        {"month": date(2025, month, 1), "detainers": number, "taken": taken}
        for month, number, taken in ((1, 40, 2), (2, 40, 37), (3, 40, 20), (4, 40, 0), (5, 40, 40))
    ]
    counts = {"months": months, "total": 200, "taken": 99, "reasons": []}
    found = small_withheld(counts, "detainers")
    assert found is not None
    assert [row["taken"] for row in found["months"]] == [None, None, 20, 0, 40]
    assert found["taken"] == 99
    assert small_withheld({**counts, "taken": 3}, "detainers")["taken"] is None  # type: ignore[index]
