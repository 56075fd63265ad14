"""The usual questions: each answer is checked against the record by another way, at each door."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html import escape
from statistics import median

import polars as pl
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import ledger287
from ledger287.analysis.answers.questions import QUESTIONS
from ledger287.analysis.answers.returns import FEWEST_LISTS
from ledger287.cli.main import app
from ledger287.web.render import languages
from ledger287.web.server.app import make_app
from sites import site_on

ON = date(2026, 5, 8)


@pytest.fixture(scope="module")
def atlas() -> ledger287.Atlas:
    return ledger287.open(today=lambda: ON)


# -- waits -----------------------------------------------------------------------------------------


def test_a_count_of_one_is_singular(atlas: ledger287.Atlas) -> None:
    """One agency that signed has no median and no spread: no unknown days are shown."""
    one = ledger287.answer("waits", atlas, state="DE")
    assert one.summary["signed"] == 1
    said = " ".join(str(sentence) for sentence in one.sentences)
    assert said.startswith("One agency was seen") and "unknown" not in said and "1 agencies" not in said
    gone = [ledger287.answer("returns", atlas, state=state) for state in ("ME", "OH", "UT", "HI")]
    for answer in gone:
        said = " ".join(str(sentence) for sentence in answer.sentences)
        assert "1 agencies" not in said and ("came back under" in said) == bool(answer.summary["returned"])


def test_one_that_came_back_is_singular_in_both_languages(atlas: ledger287.Atlas, client: TestClient) -> None:
    seen = set()
    for state in atlas.geography.states:
        answer = ledger287.answer("returns", atlas, state=state)
        seen.add(min(answer.summary["returned"], 2))
        for lang in ("", "/es") if answer.summary["left"] else ():
            page = client.get(f"{lang}/answers/returns?state={state}").text
            assert not re.search(r"[ >][01] (?:of them|de ellas|came|volvieron|agencies|agencias)\b", page), state
    assert seen == {0, 1, 2}


def test_the_median_wait_is_that_of_the_record(atlas: ledger287.Atlas) -> None:
    answer = ledger287.answer("waits", atlas)
    first = atlas.history.lists("pending")[0].number
    seen = atlas.table("pending").filter(
        pl.col("outcome") == "signed", pl.col("days_to_signing") >= 0, pl.col("first_list") != first
    )
    assert answer.summary["signed"] == seen.height > 100
    assert answer.summary["median"] == median(seen["days_to_signing"].to_list())
    assert answer.frame.height == atlas.table("pending").height
    assert Counter(answer.frame["outcome"])["dropped"] == answer.summary["dropped"]


def test_a_wait_is_not_told_before_it_was_known(atlas: ledger287.Atlas) -> None:
    then = ledger287.answer("waits", atlas, known_on="2025-06-01").frame
    assert then["pending_until"].max() == date(2025, 6, 1) or then["pending_until"].max() < date(2025, 6, 1)  # type: ignore[operator]
    assert then.filter(pl.col("signed") > date(2025, 6, 1)).is_empty()
    assert set(then.filter(pl.col("outcome") == "pending")["days_to_signing"]) == {None}


def test_waits_count_applications_and_their_agencies(client: TestClient, atlas: ledger287.Atlas) -> None:
    """An agency that applied for two models has two applications."""
    answer = ledger287.answer("waits", atlas)
    counted = answer.frame.filter("counted")
    agencies = counted["agency_id"].n_unique()
    assert answer.summary["agencies"] == agencies < counted.height
    early = answer.frame.filter(pl.col("days_to_signing") < 0)
    gone = answer.frame.filter(pl.col("outcome") == "dropped")
    for key, rows in (("early", early), ("dropped", gone)):
        assert (answer.summary[key], answer.summary[f"{key}_agencies"]) == (rows.height, rows["agency_id"].n_unique())
    assert str(answer.sentences[0]).startswith(f"{counted.height} applications of {agencies} agencies were seen")
    assert f"{early.height} (agencies: {early['agency_id'].n_unique()})" in " ".join(map(str, answer.sentences))
    assert f"De {counted.height} solicitudes de {agencies} agencias" in client.get("/es/answers/waits").text


def test_every_wait_is_counted_once_with_its_reason(atlas: ledger287.Atlas) -> None:
    for state in (None, "FL", "TX", "TN"):
        answer = ledger287.answer("waits", atlas, state=state)
        reasons = ("signed", "early", "dropped", "unseen", "undated", "pending")
        assert sum(answer.summary[key] for key in reasons) == answer.frame.height > 0
        said = " ".join(map(str, answer.sentences))
        assert (f"when they began, {answer.summary['unseen']} (" in said) == bool(answer.summary["unseen"])
    assert ledger287.answer("waits", atlas).summary["unseen"] > 30


def test_waits_name_only_groups_that_have_any(client: TestClient, atlas: ledger287.Atlas) -> None:
    """Of what the median leaves out; a group of none says nothing."""
    for params in ({}, {"state": "TX"}, {"state": "DE"}, {"model": "WSO"}, {"known_on": "2025-06-01"}):
        answer = ledger287.answer("waits", atlas, **params)
        groups = [key for key in ("early", "dropped", "unseen", "undated", "pending") if answer.summary.get(key)]
        assert str(answer).count("Not counted: ") == len(groups), params
        page = client.get("/es/answers/waits", params=params).text
        assert page.count("No se cuentan: ") == len(groups) and " 0 (agencias: 0)" not in page, params


@pytest.mark.parametrize("name", ["waits", "growth"])
@pytest.mark.parametrize("known_on", ["2019-05-01", "2021-01-01"])
def test_an_empty_table_says_why(client: TestClient, atlas: ledger287.Atlas, name: str, known_on: str) -> None:
    answer = ledger287.answer(name, atlas, known_on=known_on)
    (why,) = map(str, answer.sentences)
    assert answer.frame.is_empty()
    assert why.startswith("Cannot tell: no ") and "the first is of " in why
    assert escape(why) in client.get(f"/answers/{name}?known_on={known_on}").text
    assert "No se puede saber" in client.get(f"/es/answers/{name}?known_on={known_on}").text
    (none,) = ledger287.answer(name, atlas, state="HI", model="JEM").sentences
    assert str(none).startswith("No ")


# -- returns ---------------------------------------------------------------------------------------


def test_who_left_was_absent_and_who_came_back_is_there(atlas: ledger287.Atlas) -> None:
    answer = ledger287.answer("returns", atlas, all_left=True)
    lists = {day: place for place, day in enumerate(atlas.history.days)}
    on_list: dict[int, set[str]] = {}
    for row in answer.frame.filter(pl.col("left_by") > date(2021, 2, 1)).sample(20, seed=287).iter_rows(named=True):
        place = lists[row["left_by"]]
        for absent in range(place, min(place + FEWEST_LISTS, len(lists) - 1)):
            number = atlas.history.numbers[absent]
            held = on_list.setdefault(number, set(atlas.history.on_list(number)["agency_id"]))
            if atlas.history.days[absent] > row["left_by"]:
                assert row["agency_id"] not in held, row
    back = ledger287.answer("returns", atlas).frame
    assert set(back["agency_id"]) <= set(answer.frame["agency_id"])
    assert back["returned"].null_count() == 0
    same = back.filter("same_agreement")
    assert all(set(a.split(";")) & set(b.split(";")) for a, b in same.select(r"^agreements_.*$").iter_rows())


@pytest.mark.parametrize("model", ["JEM", "WSO", "TFM"])
def test_returns_are_answered_for_each_model(atlas: ledger287.Atlas, model: str) -> None:
    """Most agencies never held an agreement under a given model."""
    rows = ledger287.answer("returns", atlas, model=model, all_left=True).rows
    assert rows
    assert all(model == row["models_before"] for row in rows)
    assert all(row["models_after"] in (None, model) for row in rows)


def test_a_known_return(atlas: ledger287.Atlas) -> None:
    row = next(row for row in ledger287.answer("returns", atlas, state="OH").rows if row["agency"].startswith("Butler"))
    assert (row["last_listed"], row["returned"], row["same_agreement"]) == (date(2021, 6, 9), date(2025, 2, 26), False)
    assert ledger287.answer("returns", atlas, state="OH", known_on="2024-01-01").rows == []


def test_a_return_has_the_day_of_the_list_and_the_day_of_signing(client: TestClient, atlas: ledger287.Atlas) -> None:
    rows = ledger287.answer("returns", atlas).rows
    apart = 0
    for row in rows:
        agreements = {one.agreement_id: one for one in atlas.agency(row["agency_id"]).agreements}
        days = [agreements[one].signed for one in row["agreements_after"].split(";") if one in agreements]
        assert row["signed_again"] == min((day for day in days if day), default=row["signed_again"])
        apart += row["signed_again"] != row["returned"]
    assert apart > 5
    assert "signed (the agreement on that list)" in client.get("/answers/returns").text
    assert "firma (del acuerdo de esa lista)" in client.get("/es/answers/returns").text


# -- shares and ranks ------------------------------------------------------------------------------


def test_no_share_is_over_one_and_the_nation_is_the_sum(atlas: ledger287.Atlas) -> None:
    answer = ledger287.answer("shares", atlas)
    nation, *states = answer.rows
    assert (nation["state"], len(states)) == ("US", 51)
    for row in answer.rows:
        for part in ("sheriffs", "police", "counties", "people_lower", "people_upper"):
            assert row[f"{part}_share"] is None or 0 <= row[f"{part}_share"] <= 1
    for part in ("sheriffs", "police_of", "counties", "people_upper"):
        assert nation[part] == sum(row[part] for row in states)
    coverage = atlas.coverage(ON)
    assert (nation["people_lower"], nation["people_upper"]) == (coverage.people.lower, coverage.people.upper)
    held = sum(nation[part] for part in ("sheriffs", "police", "others"))
    islands = sum(
        code in ("GU", "MP", "PR", "VI", "AS") for code in (one.jurisdiction.state for one in atlas.in_force())
    )
    assert held + islands == atlas.status(ON).agencies


def test_every_sheriff_of_florida(atlas: ledger287.Atlas) -> None:
    (florida,) = ledger287.answer("shares", atlas, state="Florida").rows
    assert (florida["sheriffs"], florida["sheriffs_of"], florida["counties_share"]) == (67, 67, 1.0)
    (then,) = ledger287.answer("shares", atlas, state="FL", on="2021-06-01").rows
    assert then["sheriffs"] < 67


@pytest.mark.parametrize("of", ["state", "county"])
@pytest.mark.parametrize("by", ["agreements", "people", "officers", "agencies-per-100k"])
def test_ranks_descend_and_ties_are_equal(atlas: ledger287.Atlas, of: str, by: str) -> None:
    rows = ledger287.answer("ranks", atlas, of=of, by=by).rows
    figures = [row[by.replace("-", "_")] for row in rows]
    assert figures == sorted(figures, reverse=True)
    assert [row["rank"] for row in rows] == [1 + sum(other > own for other in figures) for own in figures]


def test_ranks_count_each_agreement(atlas: ledger287.Atlas) -> None:
    rows = ledger287.answer("ranks", atlas).rows
    assert {row["id"]: row["agreements"] for row in rows} == atlas.status(ON).by_state
    with pytest.raises(ledger287.QueryError, match=r"of=: expected one of state, county"):
        ledger287.answer("ranks", atlas, of="city")
    with pytest.raises(ledger287.Refused, match="Expected one of: waits"):
        ledger287.answer("weights", atlas)


def test_a_rank_of_one_state_is_that_among_all(atlas: ledger287.Atlas) -> None:
    """A filter by state chooses rows; it does not make every state the first."""
    every = {row["id"]: row for row in ledger287.answer("ranks", atlas).rows}
    for state in ("GA", "GU"):
        answer = ledger287.answer("ranks", atlas, state=state)
        assert answer.rows == [every[state]]
        assert answer.summary["rank"] == every[state]["rank"] > 1
        assert answer.summary["places"] == len(every)
    (georgia,) = ledger287.answer("ranks", atlas, state="GA").as_json()["says"]
    assert georgia == "Georgia ranks number 7 of 41 states and territories with an agreement; 2 share this rank."
    (none,) = ledger287.answer("ranks", atlas, state="CA").as_json()["says"]
    assert none.startswith("California has no rank")
    nation = ledger287.answer("ranks", atlas, of="county").rows
    texas = ledger287.answer("ranks", atlas, of="county", state="TX").rows
    assert texas == [row for row in nation if row["state"] == "TX"]


def test_ranks_say_who_is_left_out_and_who_shares_a_place(atlas: ledger287.Atlas) -> None:
    held = len(ledger287.answer("ranks", atlas).rows)
    for by in ("people-share", "agencies-per-100k"):
        answer = ledger287.answer("ranks", atlas, by=by)
        assert len(answer.rows) + answer.summary["unranked"] == held > len(answer.rows)
        first, left_out = map(str, answer.sentences)
        assert first.endswith(
            f"of {len(answer.rows)} states and territories with an agreement for which the figure is known."
        )
        assert left_out.endswith(f"not known: {answer.summary['unranked']}.")
    (guam,) = ledger287.answer("ranks", atlas, by="people", state="GU").sentences
    assert "the figure is not known" in str(guam)
    counties = ledger287.answer("ranks", atlas, of="county", by="people-share")
    shared = sum(row["rank"] == 1 for row in counties.rows)
    assert shared > 1
    assert str(counties.sentences[0]).startswith(f"{shared} share first place of {counties.summary['places']:,} ")


@pytest.mark.parametrize("of", ["state", "county"])
def test_what_is_not_known_is_no_zero_and_has_no_rank(client: TestClient, atlas: ledger287.Atlas, of: str) -> None:
    held = {one.jurisdiction.agency_id: one.jurisdiction for one in atlas.in_force()}
    for by in ("officers", "people"):
        answer = ledger287.answer("ranks", atlas, of=of, by=by)
        assert answer.summary["unranked"] > 0
        assert f"not known: {answer.summary['unranked']}." in str(answer.sentences[1])
        assert all(row[by] is not None for row in answer.rows)
        text = client.get(f"/answers/ranks?of={of}&by={by}").text
        assert "agencies whose officers are not known" in text
    for row in ledger287.answer("ranks", atlas, of=of).rows:
        key = "state" if of == "state" else "counties"
        own = [
            one
            for one in held.values()
            if (row["id"] == one.state if key == "state" else one.ground != "state" and row["id"] in one.counties)
        ]
        given = [one.officers for one in own if one.officers is not None]
        assert row["officers"] == (sum(given) if given else None), row
        assert row["officers_unknown"] == len(own) - len(given)
        assert row["people"] != 0 or all(one.ground == "state" for one in own), row


def test_people_of_ranks_are_said_to_be_at_most(client: TestClient, atlas: ledger287.Atlas) -> None:
    (shares,) = ledger287.answer("shares", atlas, state="TX").rows
    (ranked,) = ledger287.answer("ranks", atlas, state="TX").rows
    assert ranked["people"] == shares["people_upper"] > shares["people_lower"]
    page, printed = client.get("/answers/ranks").text, _run("ranks", "--known-on", "2026-05-08")
    assert "people at most" in page and "people share at most" in page
    assert printed.count("most") > 1  # in headings, which a narrow terminal breaks
    assert "upper bounds" in page and "upper bounds" in printed
    assert "personas, como máximo" in client.get("/es/answers/ranks").text


@pytest.mark.parametrize("state", ["GU", "MP"])
def test_shares_of_a_territory_are_not_known(client: TestClient, atlas: ledger287.Atlas, state: str) -> None:
    """The nation's figures are no answer for a territory."""
    name = {"GU": "Guam", "MP": "Northern Mariana Islands"}[state]
    told = client.get(f"/api/v1/answers/shares?state={state}").json()
    assert told["summary"]["state"] == state
    assert told["summary"]["others"] == sum(one.jurisdiction.state == state for one in atlas.in_force()) > 0
    assert {told["summary"][key] for key in told["summary"] if key.endswith(("_of", "_share", "_upper"))} == {None}
    assert told["says"][0].startswith(f"Not known for {name}")
    assert [row["state"] for row in told["rows"]] == [state]
    assert told["summary"].keys() == ledger287.answer("shares", atlas).summary.keys()
    assert "No se conoce para" in client.get(f"/es/answers/shares?state={state}").text
    assert "sheriffs&#39; offices (" not in client.get(f"/answers/shares?state={state}").text


# -- growth ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["model", "kind", "state"])
def test_growth_by_parts_adds_up(atlas: ledger287.Atlas, by: str) -> None:
    whole = {row["month"]: row for row in ledger287.answer("growth", atlas).rows}
    parts = ledger287.answer("growth", atlas, by=by).frame.group_by("month").agg(pl.col("agreements", "signed").sum())
    assert {m: (a, s) for m, a, s in parts.iter_rows()} == {
        month: (row["agreements"], row["signed"]) for month, row in whole.items()
    }
    for month in ("2021-06", "2025-08", "2026-05"):
        assert whole[month]["agreements"] == atlas.status(whole[month]["day"]).agreements
        assert whole[month]["agencies"] == atlas.status(whole[month]["day"]).agencies


def test_the_newest_month_comes_first_and_its_groups_in_their_order() -> None:
    lines = CliRunner().invoke(app, ["growth", "--by", "state"]).stdout.splitlines()
    rows = [line.split() for line in lines if re.match(r"\d{4}-\d\d ", line)]
    newest = [row[4] for row in rows if row[0] == rows[0][0]]
    assert rows[0][0] == max(row[0] for row in rows)
    assert newest == sorted(newest)
    assert len(newest) >= 20


# -- doors -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_a_command_prints_the_same_in_each_form(name: str) -> None:
    told = json.loads(_run(name, "--json", "--known-on", "2026-05-08"))
    assert told["says"]
    assert "%(" not in " ".join(told["says"])
    rows = list(csv.DictReader(io.StringIO(_run(name, "--format", "csv", "--known-on", "2026-05-08"), newline="")))
    columns = [column.name for column in QUESTIONS[name].table.columns]
    assert list(rows[0]) == list(told["rows"][0]) == columns
    assert len(rows) == len(told["rows"])
    assert told["says"][0].split()[0] in _run(name, "--known-on", "2026-05-08")


def _run(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


# -- pages -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(make_app(site_on(ON), watch=False)) as opened:
        yield opened


def test_the_pages_say_what_the_commands_say(client: TestClient, atlas: ledger287.Atlas) -> None:
    index = client.get("/answers").text
    for name in QUESTIONS:
        answer = ledger287.answer(name, atlas)
        page = client.get(f"/answers/{name}")
        assert page.status_code == 200
        assert f'href="/answers/{name}"' in index
        assert escape(str(answer.sentences[0]), quote=True) in page.text.replace("&#39;", "&#x27;")
        rows = list(csv.reader(io.StringIO(client.get(f"/answers/{name}.csv").text, newline="")))
        assert len(rows) == answer.frame.height + 1
        assert client.get(f"/answers/{name}.json").json()["summary"].keys() == answer.summary.keys()


def test_the_pages_take_what_the_commands_take(client: TestClient, atlas: ledger287.Atlas) -> None:
    told = client.get("/answers/ranks.json?of=county&by=people&state=TX&on=2025-08-14").json()
    assert told["rows"] == json.loads(
        json.dumps(ledger287.answer("ranks", atlas, of="county", by="people", state="TX", on="2025-08-14").rows)
    )
    assert "Preguntas frecuentes" in client.get("/es/answers").text
    spanish = client.get("/es/answers/growth?by=kind").text
    assert "los acuerdos vigentes pasaron de 148 a 1,783" in spanish
    for path in ("/answers/nonsense", "/answers/ranks?by=height", "/answers/waits?state=Florid"):
        assert client.get(path).status_code in (400, 404), path
    for name in QUESTIONS:
        assert client.get(f"/answers/{name}?known_on=2024-01-01&state=WV").status_code == 200, name


def test_a_page_without_groups_has_no_columns_of_them(client: TestClient) -> None:
    headings = re.compile(r'<th scope="col"[^>]*>([^<]*)</th>')
    alone, grouped = (headings.findall(client.get(f"/answers/growth{by}").text) for by in ("", "?by=model"))
    assert [one for one in grouped if one not in alone] == ["by", "group"]
    assert client.get("/answers/growth.csv").text.startswith("month,day,by,group,")


def test_changes_of_one_kind_name_no_other_kind(client: TestClient) -> None:
    span = "/changes?state=TX&since=2025-08-01&until=2026-05-08"
    assert "corrections of cells by ICE" in client.get(span).text
    assert "of cells by ICE" not in client.get(f"{span}&kind=signed").text
    assert "Corrected by ICE: " in client.get(f"{span}&kind=corrected").text


def test_every_sentence_on_who_left_is_in_spanish_too() -> None:
    """Of none, one or several that left, of which none, one or several came back."""
    spanish = languages.translations("es").gettext
    atlas = ledger287.open()
    kinds = set()
    for state in ("MT", "NE", "FL", "TX", "NC", "PA", "VA", "CO", "GA", None):
        for sentence in ledger287.answer("returns", atlas, state=state).sentences:
            kinds.add(sentence.text)
            assert spanish(sentence.text) != sentence.text, (state, sentence.text)
    assert "No agency has left the lists." in kinds
    assert str(ledger287.answer("returns", atlas, state="MT").sentences[0]) == "No agency has left the lists."


def test_rates_of_a_column_have_the_same_number_of_decimals() -> None:
    shown = CliRunner().invoke(app, ["ranks", "--on", "2026-05-08"], env={"COLUMNS": "200"}).stdout
    lines = [line for line in shown.splitlines() if re.match(r" *\d+ \w.* [A-Z]{2} ", line)]
    assert len(lines) >= 20
    assert all(re.search(r" \d+\.\d{3} +\d+\.\d{3} +\d+\.\d%", line) for line in lines), shown


def test_shares_give_no_bounds_of_nothing(client: TestClient, atlas: ledger287.Atlas) -> None:
    """Of Vermont it said "between 0 and 0 of 647,464 people"; of one figure no bounds are given."""
    says = ledger287.answer("shares", atlas, state="VT", on=ON).as_json()["says"]
    assert says[1] == "No local agency has one in any of 14 counties."
    assert (
        "Ninguna agencia local lo tiene en ninguno de los 14 condados."
        in client.get("/es/answers/shares?state=VT").text
    )
    equal = [
        row for row in ledger287.answer("shares", atlas, on=ON).rows if 0 < row["people_lower"] == row["people_upper"]
    ]
    for row in equal[:2]:
        (_, places) = ledger287.answer("shares", atlas, state=row["state"], on=ON).as_json()["says"]
        assert "etween" not in places and f"{row['people_upper']:,}" in places
    assert "between" in ledger287.answer("shares", atlas, state="TX", on=ON).as_json()["says"][1]


@pytest.mark.parametrize("of", ["county", "counties"])
def test_ranked_counties_lead_to_their_pages_whatever_the_number(client: TestClient, of: str) -> None:
    """``of=counties`` linked /state/12099, which is no page, and chose nothing in the form."""
    page = client.get(f"/es/answers/ranks?of={of}").text
    assert '<a href="/es/county/12099">Condado de Palm Beach</a>' in page
    assert '<option value="county" selected>' in page


# -- tables on a terminal --------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 80, 100, 120, 200])
@pytest.mark.parametrize("words", [["ranks"], ["ranks", "--by", "people-share"], ["shares"], ["returns"], ["waits"]])
def test_no_figure_or_word_is_cut_on_a_narrow_terminal(words: list[str], width: int) -> None:
    """What has no room is left out and named."""
    shown = CliRunner().invoke(app, words, env={"COLUMNS": str(width)}).stdout
    assert "…" not in shown
    if words[0] == "ranks":
        assert "30,503,301" in shown or "residents" in shown.partition("left out")[2]
        assert width > 150 or "left out, since the terminal is narrow: " in shown
    if "people-share" in words:
        assert "100.0%" in shown
