"""``import ledger287`` is the Python door: complete, forgiving about days, readable."""

import inspect
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

import pytest

import ledger287
from ledger287 import api


@pytest.fixture(scope="module")
def atlas() -> ledger287.Atlas:
    return ledger287.open(today=lambda: date(2026, 5, 8))


def test_dir_lists_all_that_a_user_calls_and_each_explains_itself() -> None:
    assert set(api.__all__) <= set(dir(ledger287))
    assert {"open", "build", "check", "authority", "export", "roster"} <= set(api.__all__)
    for name in api.__all__:
        found = getattr(ledger287, name)
        assert inspect.getdoc(found), name
    with pytest.raises(AttributeError, match=r"see ledger287\.api"):
        _ = ledger287.nothing_such


def test_the_package_is_typed() -> None:
    assert files("ledger287").joinpath("py.typed").is_file()


def test_days_may_be_text(atlas: ledger287.Atlas) -> None:
    assert atlas.status("2025-08-14") == atlas.status(date(2025, 8, 14))
    assert atlas.status(" 2025-08-14", known_on="2025-08-01") == atlas.status(
        date(2025, 8, 14), known_on=date(2025, 8, 1)
    )
    assert atlas.as_of("2025-08-14").equals(atlas.as_of(date(2025, 8, 14)))
    assert atlas.changes("2026-05-01", "2026-05-07").equals(atlas.changes(date(2026, 5, 1), date(2026, 5, 7)))
    assert atlas.near("Naples, FL", on="2025-08-14").on == date(2025, 8, 14)
    assert ledger287.rules_on("2026-05-08", "NM") == ledger287.rules_on(date(2026, 5, 8), "NM")
    asked = ("serve-arrest-warrant", "Collier County Sheriff's Office")
    assert ledger287.authority(atlas, *asked, state="FL", on="2025-08-14") == ledger287.authority(
        atlas, *asked, state="FL", on=date(2025, 8, 14)
    )


@pytest.mark.parametrize("wrong", ["August 14", "2025-13-01", 20250814, datetime(2025, 8, 14, 12)])
def test_a_wrong_day_says_what_to_give(atlas: ledger287.Atlas, wrong: object) -> None:
    for ask in (atlas.status, atlas.coverage):
        with pytest.raises(ledger287.QueryError) as raised:
            ask(known_on=wrong)  # type: ignore[arg-type]
        said = str(raised.value)
        assert said == f"known_on=: expected a day such as '2025-08-14' or date(2025, 8, 14), found {wrong!r}."
        assert raised.value.code == "not_a_day"
        assert raised.value.fields == ("known_on",)


def test_a_day_that_is_needed_is_asked_for() -> None:
    with pytest.raises(ledger287.QueryError, match="since=: expected a day such as '2025-08-14', found none"):
        ledger287.open().changes(None)  # type: ignore[arg-type]


def test_a_ledger_and_its_answers_are_readable(atlas: ledger287.Atlas) -> None:
    assert repr(atlas) == ("<Atlas of 1,172 lists, Jan 12, 2021 to May 8, 2026: 1,889 agreements of 1,571 agencies>")
    status = atlas.status("2025-08-14")
    shown = status._repr_html_()
    assert shown.startswith("<table><tr><th>on</th><td>2025-08-14</td></tr>")
    assert "<th>agreements</th><td>895</td>" in shown
    assert status.to_polars()["agreements"].to_list() == [895]
    agency = atlas.agency("Okaloosa County Corrections")
    assert "&#x27;" in agency._repr_html_() or "'" not in agency.name
    assert agency.to_polars().height == 1


def test_a_story_is_checked_from_text_or_a_file(tmp_path: Path, atlas: ledger287.Atlas) -> None:
    story = "By August 14, 2025, 895 agreements were in force under section 287(g), 317 of them in Florida."
    file = tmp_path / "story.txt"
    file.write_text(story, encoding="utf-8")
    found = ledger287.check(story, published="2025-08-20", ledger=atlas)
    again = ledger287.check(file, published=date(2025, 8, 20), ledger=atlas)
    assert [answer.verdict for answer in found.answers] == [answer.verdict for answer in again.answers]
    assert found.answers
    with pytest.raises(ledger287.Refused, match="cannot be read"):
        ledger287.check(tmp_path / "nowhere.txt", ledger=atlas)


def test_a_record_is_exported_and_a_build_of_nothing_is_refused(tmp_path: Path, atlas: ledger287.Atlas) -> None:
    done = ledger287.export(atlas, tmp_path / "out", "csv")
    assert (tmp_path / "out" / "datapackage.json").is_file()
    assert done.format == "csv"
    with pytest.raises(ledger287.Refused):
        ledger287.build(tmp_path / "nowhere", tmp_path / "record")
