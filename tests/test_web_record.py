"""The site's pages of the record: agencies, where printed, changes, comparisons, lists."""

import csv
import io
import re
from datetime import date
from itertools import pairwise

import pytest
from starlette.testclient import TestClient

from ledger287.web.api_v1.operations import OPERATIONS
from ledger287.web.edition.lists import ROWS_A_PAGE, page_of
from ledger287.web.pages import KINDS
from ledger287.web.server.app import make_app
from ledger287.web.server.site import Site
from sites import site_on

TODAY = date(2026, 5, 9)
OKALOOSA = "ag-8zwthaz"
OKALOOSA_WSO = "ag-8zwthaz-wso-2025-02-26"
SLIP = "ag-pm2afaf-tfm-2025-05-08"
NEWEST = "65621dd2dbbde247"
STALE = "participatingAgencies04212025am.xlsx"


@pytest.fixture(scope="module")
def site() -> Site:
    return site_on(TODAY)


@pytest.fixture(scope="module")
def client(site: Site) -> TestClient:
    return TestClient(make_app(site, watch=False))


def text_of(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text[:400])
    return " ".join(answer.text.split())


def rows_of(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return list(csv.DictReader(io.StringIO(answer.text)))


# -- an agency -------------------------------------------------------------------------------------


def test_an_agency_says_what_it_holds_and_since_when(client: TestClient) -> None:
    text = text_of(client, f"/agency/{OKALOOSA}")
    assert "<b>One agreement</b> on the list of May 8, 2026" in text
    assert "listed since Feb 26, 2025" in text
    assert 'rel="noreferrer">https://www.ice.gov/doclib/287gMOA/okaloosaCoCommishBoard_WSO_MOA_02262025.pdf' in text
    assert f'href="/where/{OKALOOSA_WSO}#signed"' in text
    assert "Listed under 5 names" in text
    assert "own text was not read" not in text
    assert "grants no authority" in text
    assert 'href="/county/12091"' in text


def test_years_are_named_on_the_drawing_of_a_phone_too(client: TestClient) -> None:
    for path in ("/agency/ag-xmzr6yc", "/agency/ag-dgjkfd1"):
        drawings = re.findall(r'<svg class="lanes".*?</svg>', client.get(path).text, re.DOTALL)
        assert len(drawings) == 2
        for drawing in drawings:
            places = [float(x) for x in re.findall(r'<text x="([\d.]+)" y="[\d.]+">\d{4}<', drawing)]
            assert places and all(after - before >= 34 for before, after in pairwise(places))


def test_an_agencys_answer_is_that_of_the_ledger(client: TestClient, site: Site) -> None:
    answer = client.get(f"/agency/{OKALOOSA}.json").json()
    assert [one["agreement_id"] for one in answer["agency"]["agreements"]] == [OKALOOSA_WSO]
    assert answer["listed"] == [OKALOOSA_WSO]
    assert len(answer["agency"]["names"]) == 5
    verdicts = {one["function"]: one["verdict"] for one in answer["authority"]["functions"]}
    assert verdicts["serve-arrest-warrant"] == "listed in the agreement"
    assert verdicts["interrogate"] == "not listed"
    assert site.edition.atlas.agency(OKALOOSA).county_names == ("Okaloosa County",)


def test_an_agency_on_a_day_before_its_agreement_holds_none(client: TestClient) -> None:
    text = text_of(client, f"/agency/{OKALOOSA}?on=2025-02-01")
    assert "<b>No agreement</b> on the list of" in text
    assert "first listed later, on Feb 26, 2025" in text
    assert "none lists a function" in text


def test_what_was_not_yet_known_is_not_told(client: TestClient) -> None:
    text = text_of(client, f"/agency/{OKALOOSA}?on=2025-05-01&known_on=2025-05-01")
    assert "Listed under one name" in text
    assert "Sheriff&#39;s Office</h1>" in text, "by the name that the lists of that day had"
    assert client.get(f"/agency/{OKALOOSA}?on=2025-02-01&known_on=2025-02-01").status_code == 404


def test_neighbours_that_were_not_yet_known_are_not_told(client: TestClient, site: Site) -> None:
    agency, known_on = "ag-05qk371", date(2022, 6, 1)
    now = {one["id"]: one["name"] for one in client.get(f"/agency/{agency}.json").json()["neighbours"]}
    then = client.get(f"/agency/{agency}.json?known_on={known_on}").json()["neighbours"]
    names = site.edition.names_on(known_on)
    assert now.keys() - names.keys()
    assert {one["id"]: one["name"] for one in then} == {id: names[id] for id in now.keys() & names.keys()}


def test_an_agreement_that_is_gone_says_by_which_list(client: TestClient) -> None:
    text = text_of(client, "/agency/ag-78v13fy")
    assert "gone from the list of Oct 14, 2025; when it ended is not known" in text
    assert "another replaced it" in text


def test_an_unknown_agency_has_near_names(client: TestClient) -> None:
    answer = client.get("/agency/Okaloosa County Corrections")
    assert answer.status_code == 404
    assert OKALOOSA in answer.text
    near = client.get("/agency/ag-8zwthax")
    assert near.status_code == 404 and f"/agency/{OKALOOSA}" in near.text
    for path in ("/agency/ag-zzz", "/es/agency/ag-zzz", "/agency/NYPD", "/rule/nope", "/es/rule/nope"):
        offered = client.get(path)
        assert offered.status_code == 404 and "<ul><li>" not in offered.text, path
        assert "nearest:" not in offered.text and "cercanas:" not in offered.text, path
    assert "en /es/rules." in client.get("/es/rule/nope").text
    assert "No hay ningún centro" in client.get("/es/outcomes/facility/nope").text


def test_a_word_of_a_name_leads_to_the_agency(client: TestClient) -> None:
    answer = client.get("/agency/Collier")
    assert answer.status_code == 404
    assert "Collier County Sheriff" in answer.text
    assert "Hill County Sheriff" not in answer.text  # no word of it is near


def test_every_agency_has_a_page(client: TestClient, site: Site) -> None:
    """Every twentieth in full; each kind of standing, history and jurisdiction is among them."""
    for agency in list(site.edition.indexes.agencies)[::20]:
        assert client.get(f"/agency/{agency}").status_code == 200, agency
        assert client.get(f"/es/agency/{agency}").status_code == 200, agency


# -- where printed ---------------------------------------------------------------------------------


def test_a_value_is_followed_to_its_cell_and_the_reason_of_its_reading(client: TestClient) -> None:
    text = text_of(client, f"/where/{SLIP}")
    assert "05/082025" in text
    assert "the second slash was left out" in text
    answer = client.get(f"/where/{SLIP}.json").json()
    signed = [one for one in answer["values"] if one["field"] == "signed"]
    assert [(one["printed"], one["first"]["row"]) for one in signed] == [("05/082025", 533), ("2025-05-08", 798)]
    table = rows_of(client, f"/where/{SLIP}.csv")
    assert {row["first_file"] for row in table if row["field"] == "signed"} == {
        "participatingAgencies05122025amB.xlsx",
        "participatingAgencies07232025pm.xlsx",
    }


@pytest.mark.parametrize("agreement", [SLIP, OKALOOSA_WSO])
def test_every_link_to_a_cell_lands_on_its_row(client: TestClient, agreement: str) -> None:
    text = text_of(client, f"/where/{agreement}")
    links = set(re.findall(r'class="cell" href="([^"#]+)#(r\d+)"', text))
    assert links
    for address, row in links:
        page = text_of(client, address)
        assert f'<tr id="{row}">' in page, (address, row)
        assert f"/where/{agreement}" in page


def test_no_such_agreement(client: TestClient) -> None:
    answer = client.get("/where/ag-8zwthaz-wso-2025-02-27")
    assert answer.status_code == 404
    assert OKALOOSA_WSO in answer.text


# -- changes ---------------------------------------------------------------------------------------


def test_changes_are_those_of_the_ledger(client: TestClient, site: Site) -> None:
    mine = client.get("/changes.json?since=2026-05-01&until=2026-05-08&state=KY").json()
    assert mine["counts"] == {"signed": 1, "listed": 1, "delisted": 5}
    assert mine["total"] == 7
    theirs = site.edition.atlas.changes(date(2026, 5, 1), date(2026, 5, 8), state="KY")
    assert sorted(one["agency"] for one in mine["changes"]) == sorted(theirs["agency"])


def test_corrections_stand_apart_from_events(client: TestClient) -> None:
    span = "since=2025-07-01&until=2025-07-31"
    events = client.get(f"/changes.json?{span}").json()
    corrections = client.get(f"/changes.json?{span}&kind=corrected").json()
    assert all(one["kind"] != "corrected" for one in events["changes"])
    assert corrections["total"] == events["counts"]["corrected"] > 0
    assert len(rows_of(client, f"/changes.csv?{span}")) == sum(events["counts"].values())


def test_the_span_is_ninety_days_where_none_is_asked_for(client: TestClient) -> None:
    answer = client.get("/changes.json").json()
    assert (answer["since"], answer["until"]) == ("2026-02-08", "2026-05-08")
    then = client.get("/changes.json?on=2025-08-14").json()
    assert then["until"] == "2025-08-14"


def test_pages_of_changes_hold_each_once(client: TestClient) -> None:
    address = "/changes.json?since=2026-03-01&until=2026-05-08"
    first = client.get(address).json()
    seen = [
        (one["day"], one["kind"], one["agency_id"], one["model"], one["agreement_id"])
        for page in range(1, first["pages"] + 1)
        for one in client.get(f"{address}&page={page}").json()["changes"]
    ]
    assert len(seen) == len(set(seen)) == first["total"] > 100
    assert [each[0] for each in seen] == sorted((each[0] for each in seen), reverse=True)
    assert client.get(f"{address}&page={first['pages'] + 1}").status_code == 400


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("by=week", "Week of May 4, 2026"),
        ("by=state", "<h3>Alabama</h3>"),
        ("by=kind", "<h3>Signed</h3>"),
        ("by=day", "<h3>May 7, 2026</h3>"),
    ],
)
def test_changes_stand_under_their_headings(client: TestClient, query: str, heading: str) -> None:
    assert heading in text_of(client, f"/changes?{query}")


def test_changes_of_a_county_and_a_model(client: TestClient) -> None:
    answer = client.get("/changes.json?since=2025-01-01&until=2026-05-08&county=12091&model=WSO").json()
    assert OKALOOSA in {one["agency_id"] for one in answer["changes"]}
    assert {one["model"] for one in answer["changes"]} == {"WSO"}


def test_what_a_day_could_tell_of_changes(client: TestClient) -> None:
    address = "/changes.json?since=2026-03-01&until=2026-03-10&state=MD&kind=delisted"
    then = client.get(f"{address}&known_on=2026-03-04").json()["changes"]
    now = client.get(address).json()["changes"]
    assert [one["agency"] for one in then] == ["Garrett County Sheriff's Office"]
    assert [one["agency"] for one in now] == ["Allegany County Sheriff's Office"]


@pytest.mark.parametrize(
    "query",
    ["since=2026-05-08&until=2026-05-01", "kind=ended", "by=hour", "state=ZZ", "county=Nowhere", "page=0", "page=x"],
)
def test_what_cannot_be_asked_of_changes_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/changes?{query}").status_code == 400


def test_a_month_has_all_its_changes(client: TestClient, site: Site) -> None:
    text = text_of(client, "/changes/2025-08")
    theirs = site.edition.atlas.changes(date(2025, 8, 1), date(2025, 8, 31))
    assert text.count('<li><span class="who">') == theirs.height
    assert client.get("/changes/2025-13").status_code == 404


def test_a_pending_change_leads_to_its_row(client: TestClient) -> None:
    text = text_of(client, "/changes?since=2025-08-01&until=2025-08-14&kind=pended&state=TX")
    address, row = re.findall(r'href="(/list/[^"#]+)#(r\d+)"', text)[0]
    assert f'<tr id="{row}">' in text_of(client, address)


# -- comparing -------------------------------------------------------------------------------------


def test_two_days(client: TestClient) -> None:
    answer = client.get("/compare.json").json()
    assert (answer["a"]["day"], answer["b"]["day"]) == ("2025-01-20", "2026-05-08")
    assert (answer["a"]["agreements"], answer["b"]["agreements"]) == (135, 1783)
    counts = answer["counts"]
    assert counts["only_b"] - counts["only_a"] == 1783 - 135
    table = rows_of(client, "/compare.csv?what=only_a")
    assert len(table) == counts["only_a"]
    then = client.get("/compare.json?on=2025-08-14&known_on=2025-08-14").json()
    assert (then["b"]["day"], then["b"]["agreements"]) == ("2025-08-14", 895), "an address with a day stays as it is"


def test_a_column_that_one_list_lacks_is_no_difference(client: TestClient) -> None:
    """The lists of January 2025 had neither a county nor a type: "nothing -> county" was most of what differed."""
    answer = client.get("/compare.json?a=2025-01-20&b=2026-05-08&what=changed").json()
    assert answer["not_compared"] == ["county", "type", "addendum"]
    assert answer["counts"]["changed"] == len(answer["differences"]) < 131
    assert not {"county", "type"} & {cell["field"] for one in answer["differences"] for cell in one["cells"]}
    assert "so they are not compared: County, Type, Addendum." in text_of(client, "/compare?a=2025-01-20&b=2026-05-08")
    later = client.get("/compare.json?a=2025-08-14&b=2026-05-08").json()
    assert later["not_compared"] == []
    assert {"county", "type"} & {cell["field"] for one in later["differences"] for cell in one["cells"]}
    pair = "list_a=ParticipatingEntities-20250119192356.xlsx&list_b=participatingAgencies05082026am.xlsx"
    lists = client.get(f"/compare.json?{pair}&what=changed").json()
    assert not {"county", "type"} & {cell["field"] for one in lists["differences"] for cell in one["cells"]}


def test_models_are_spelled_out_where_changes_are_chosen(client: TestClient) -> None:
    for address, name in (("/changes", "Warrant Service Officer"), ("/es/changes", "Modelo de Fuerza de Tarea")):
        assert re.search(rf'<option value="[A-Z]{{3}}">{name} \([A-Z]{{3}}\)</option>', text_of(client, address))


def test_two_days_of_one_state(client: TestClient) -> None:
    answer = client.get("/compare.json?a=2026-05-01&b=2026-05-08&state=KY").json()
    assert {one["state"] for one in answer["differences"]} == {"KY"}
    assert answer["counts"]["only_a"] == 5
    assert answer["counts"]["only_b"] == 1


def test_a_day_against_itself_has_no_difference(client: TestClient) -> None:
    answer = client.get("/compare.json?a=2025-08-14&b=2025-08-14").json()
    assert answer["counts"] == {"changed": 0, "only_a": 0, "only_b": 0}


def test_two_states(client: TestClient) -> None:
    answer = client.get("/compare.json?state=FL&state_b=TX&b=2026-05-08").json()
    assert (answer["a"]["agreements"], answer["b"]["agreements"]) == (346, 380)
    assert answer["counts"] is None
    assert "only their totals" in text_of(client, "/compare?state=FL&state_b=TX")
    assert client.get("/compare?state_b=TX").status_code == 400


def test_two_lists_row_by_row(client: TestClient) -> None:
    pair = "list_a=participatingAgencies05072026am.xlsx&list_b=participatingAgencies05082026am.xlsx"
    answer = client.get(f"/compare.json?{pair}").json()
    gone = [one for one in answer["differences"] if one["what"] == "only_a"]
    assert [(one["agency"], one["model"]) for one in gone] == [("Grafton County Sheriff's Office", "TFM")]
    mended = [one for one in answer["differences"] if one["agency"] == "Okfuskee County Sheriff's Office"]
    assert [(cell["field"], cell["a"].strip()) for cell in mended[0]["cells"]] == [
        ("agency", "Okfusfee County Sheriff's Office")
    ]
    text = text_of(client, f"/compare?{pair}")
    address, row = re.findall(r'href="(/list/[^"#]+)#(r\d+)"', text)[0]
    assert f'<tr id="{row}">' in text_of(client, address)
    assert client.get("/compare?list_a=nothing&list_b=65621dd2").status_code == 400


def test_a_list_is_like_itself_under_another_name(client: TestClient, site: Site) -> None:
    lists = site.edition.lists
    twice = next(sha for sha, one in lists.by_sha.items() if len(one.numbers) > 1)
    answer = client.get(f"/compare.json?list_a={twice}&list_b={twice}").json()
    assert answer["differences"] == []


# -- lists -----------------------------------------------------------------------------------------


def test_all_lists_with_the_set_aside_one_on_top(client: TestClient) -> None:
    text = text_of(client, "/lists")
    assert "1,173 lists were kept" in text
    assert text.index(STALE) < text.index('id="every"')
    assert "its agreements are those of an older list" in text
    aside = client.get("/lists.json?verdict=set-aside").json()
    assert [one["file"] for one in aside["items"]] == [STALE]
    assert len(rows_of(client, "/lists.csv")) == 1173
    assert len(rows_of(client, "/lists.csv?kind=pending")) == 285


def test_the_lists_of_a_month(client: TestClient) -> None:
    text = text_of(client, "/lists/2025-08")
    assert "participatingAgencies<wbr>08142025pm.xlsx" in text
    assert client.get("/lists/2020-01").status_code == 404
    assert client.get("/lists?verdict=good").status_code == 400


def test_a_list_says_what_came_with_it(client: TestClient) -> None:
    text = text_of(client, f"/list/{NEWEST}")
    assert "Accepted" in text
    assert "participatingAgencies05072026am.xlsx" in text
    assert "2 changes became known with this list" in text
    assert "None after it yet" in text
    answer = client.get(f"/list/{NEWEST}.json").json()
    assert (answer["rows"], answer["agreements"], answer["pages"]) == (1783, 1783, 9)


def test_the_same_bytes_are_one_list_with_several_names(client: TestClient) -> None:
    text = text_of(client, "/list/3c2b72f8112bdd75")
    assert "The same bytes, 7 times" in text
    assert "participatingAgencies-20250227190729.xlsx" in text


def test_a_list_set_aside_can_be_looked_at(client: TestClient, site: Site) -> None:
    sha = site.edition.lists.by_file[STALE.lower()]
    text = text_of(client, f"/list/{sha}")
    assert f"when the same bytes came again as {STALE}, April 21, 2025" in text
    assert "its agreements are those of an older list" in text
    verdicts = {one["file"]: one["verdict"] for one in client.get(f"/list/{sha}.json").json()["files"]}
    assert verdicts[STALE] == "set aside"
    assert sum(verdict == "accepted" for verdict in verdicts.values()) == len(verdicts) - 1
    assert '<tr id="r2">' in text


def test_every_row_of_a_list_stands_on_its_page_once(client: TestClient) -> None:
    seen: list[int] = []
    for page in range(1, 10):
        address = f"/list/{NEWEST}" if page == 1 else f"/list/{NEWEST}/rows/{page}"
        answer = client.get(address)
        assert len(answer.content) < 300_000
        found = [int(row) for row in re.findall(r'<tr id="r(\d+)">', answer.text)]
        assert {page_of(row) for row in found} == {page}
        seen += found
    assert seen == list(range(2, 1785))
    assert client.get(f"/list/{NEWEST}/rows/10").status_code == 404
    assert page_of(ROWS_A_PAGE) == 1
    assert page_of(ROWS_A_PAGE + 1) == 2


def test_a_cell_read_otherwise_says_as_what(client: TestClient) -> None:
    sha = "1d967df7c1508e90"
    text = text_of(client, f"/list/{sha}/rows/{page_of(533)}")
    row = text[text.index('<tr id="r533">') :]
    row = row[: row.index("</tr>")]
    assert "05/082025" in row
    assert "read as 2025-05-08" in row


def test_all_rows_of_a_list_as_data(client: TestClient) -> None:
    table = rows_of(client, f"/list/{NEWEST}.csv")
    assert len(table) == 1783
    assert table[382]["agreement_id"] == OKALOOSA_WSO
    assert table[382]["row"] == "384"


def test_no_such_list(client: TestClient) -> None:
    assert client.get("/list/0000000000000000").status_code == 404
    assert client.get("/list/0000000000000000/rows/2").status_code == 404
    assert client.get(f"/list/{NEWEST}/rows/two").status_code == 404


# -- all of them -----------------------------------------------------------------------------------

PAGES = [
    f"/agency/{OKALOOSA}",
    f"/where/{OKALOOSA_WSO}",
    "/changes",
    "/changes/2025-04",
    "/compare",
    "/lists",
    "/lists/2025-08",
    f"/list/{NEWEST}",
    f"/list/{NEWEST}/rows/2",
]


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_well_made(client: TestClient, address: str) -> None:
    """One first heading, no level skipped, each label's field is there, nothing inline, nothing from outside."""
    for place in (address, f"/es{address}"):
        page = client.get(place).text
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
        main = page[page.index("<main") :]
        told = [int(level) for level in re.findall(r"<h([1-6])[ >]", main[: main.index("</main>")])]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(told)), told
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'<label[^>]* for="([^"]+)"', page)) <= set(ids)
        assert not re.search(r"<[^>]+ (style|on[a-z]+)=", page)
        assert not re.search(r'(src|action)="(https?:)?//', page)
        assert all('rel="noreferrer"' in tag for tag in re.findall(r'<a [^>]*href="https?://[^>]+>', page))


@pytest.mark.parametrize("address", PAGES)
def test_links_within_a_page_lead_somewhere(client: TestClient, address: str) -> None:
    page = client.get(address).text
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    links = {link.partition("#")[0].replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', page)}
    for link in sorted(links)[::7]:
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "-1", "\x00", "é" * 300, "[a", "<b>", "../.."])
def test_no_question_makes_an_error(client: TestClient, text: str) -> None:
    """Whatever is requested is answered, or refused with what was expected."""
    asked = {
        "/changes": ("since", "until", "state", "kind", "model", "county", "by", "page", "on", "known_on"),
        "/compare": ("a", "b", "state", "state_b", "list_a", "list_b", "what", "page", "known_on"),
        "/lists": ("kind", "verdict", "month", "page"),
        f"/list/{NEWEST}": ("page",),
        f"/agency/{OKALOOSA}": ("on", "known_on"),
    }
    for path, names in asked.items():
        for name in names:
            answer = client.get(path, params={name: text})
            assert answer.status_code in (200, 400, 404), (path, name)
            assert "<b>&" not in answer.text
            assert text != "<b>" or f"'{text}'" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/state/FL?moddel=TFM", "/es/state/FL?moddel=TFM", "/glossary?q=a", "/map.svg?state=FL",
        "/search-index.json?q=a",
        "/download/agencies.csv?on=2025-08-14&x=1", "/download/agreements.geojson?state=FL", "/changes?Kind=signed",
        "/feeds/changes.atom?model=TFM",
    ],
)  # fmt: skip
def test_a_parameter_that_is_not_known_is_refused(client: TestClient, path: str) -> None:
    """It would seem to have narrowed the answer."""
    answer = client.get(path)
    assert answer.status_code == 400
    assert ("ningún parámetro" if path.startswith("/es/") else "no parameter") in answer.text


PLACES = {
    "state": "FL", "fips": "12021", "model": "TFM", "id": "ag-xmzr6yc", "agreement": "ag-xmzr6yc-tfm-2025-02-24",
    "month": "2025-08", "page": "1", "question": "ranks", "code": "12021", "kind": "state", "place": "FL",
    "form": "svg", "agency_id": "ag-xmzr6yc", "agreement_id": "ag-xmzr6yc-tfm-2025-02-24", "rule_id": "ina-287-g",
    "sha": "0" * 64, "list_id": "0" * 64, "sha256": "0" * 64, "part": "1", "name": "agencies.csv", "token": "x",
}  # fmt: skip
NO_QUESTION = {"asset", "health", "metrics", "robots", "sitemap", "unsubscribe", "api.openapi"}
"""URLs that answer the same whatever is appended."""


def _asked_twice() -> list[tuple[str, str]]:
    """Every URL that answers a question, and each parameter that may be given once."""
    app = make_app(site_on(date(2026, 5, 9)), watch=False)
    taken = {kind.name: kind.parameters for kind in KINDS} | {
        f"api.{one.name}": tuple(name for name in one.takes.model_fields if name != "kind") for one in OPERATIONS
    }
    found = []
    for route in app.routes:
        name, path = str(getattr(route, "name", "")), str(getattr(route, "path", ""))
        if "GET" in (getattr(route, "methods", None) or ()) and name not in NO_QUESTION:
            filled = re.sub(r"\{(\w+)\}", lambda one: PLACES[one[1]], path)
            feed = ("archive",) if name.startswith("feed.") and "timeline" not in name else ()
            found += [(filled, parameter) for parameter in taken.get(name) or feed or ("on",)]
    return found


def test_a_parameter_given_twice_is_refused_at_every_url(client: TestClient) -> None:
    """Which of the two was meant, nobody can tell."""
    asked = _asked_twice()
    assert len(asked) > 300
    for path, parameter in asked:
        value = "2025-08-14" if parameter in ("on", "known_on", "since", "until") else "1"
        answer = client.get(f"{path}?{parameter}={value}&{parameter}={value}")
        assert answer.status_code in (400, 404, 422), (path, parameter, answer.status_code)
        if answer.status_code == 400:
            assert re.search("found it 2 times|aparece 2 veces|no parameter|ningún parámetro", answer.text), (
                path,
                parameter,
            )
        elif answer.status_code == 404:
            assert "0" * 64 in path or path.startswith("/sitemap"), path


def test_data_under_a_language_leads_to_the_only_one(client: TestClient) -> None:
    for path in (
        "/es/state/FL.csv",
        "/es/changes.csv",
        "/es/answers/ranks.csv",
        "/es/county/12021.json",
        "/es/index.json",
    ):
        moved = client.get(f"{path}?on=2025-08-14", follow_redirects=False)
        assert (moved.status_code, moved.headers["location"]) == (308, f"{path.removeprefix('/es')}?on=2025-08-14")
        assert client.get(path).status_code == 200
    assert (
        client.get("/es/download/agreements_in_force.csv").content
        == client.get("/download/agreements_in_force.csv").content
    )
    assert 'href="/state/FL.csv"' in client.get("/es/state/FL").text


def test_what_other_sites_append_to_a_link_is_ignored(client: TestClient) -> None:
    plain = client.get("/state/WY").text
    assert client.get("/state/WY?fbclid=abc&utm_source=x").text == plain
    assert client.get("/glossary?on=2025-08-14").status_code == 200


def test_changes_of_a_filter_have_its_months_title_citation_and_feed(client: TestClient) -> None:
    page = client.get("/changes?state=WY&kind=signed").text
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))
    rows = client.get("/changes.json?state=WY&kind=signed&since=2021-01-01&until=2026-05-08").json()
    months = re.search(r"By month Signed: Wyoming (.*?) How to cite", shown)
    assert months is not None
    since_2021 = months[1].partition(" 2020")[0].partition(" 2017")[0]
    assert sum(int(count) for count in re.findall(r"[A-Z][a-z]{2} (\d+)", since_2021)) == rows["total"] > 10
    assert shown.count(": Wyoming, signed") >= 3, "title, heading and citation"
    assert 'href="/feeds/state/WY.atom?kind=signed"' in page
    assert client.get("/feeds/state/WY.atom?kind=signed").status_code == 200
    assert re.search(r"Wyoming: \d+ agreements signed\.", shown)
    assert "/changes?state=WY&amp;since=2026-04-01&amp;until=2026-04-30&amp;kind=signed" in page


def test_months_do_not_add_signed_and_listed(client: TestClient) -> None:
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", client.get("/changes").text))
    april = client.get("/changes/2026-04.json").json()["counts"]
    assert f" Apr {april['signed']} " in page.partition("By month Agreements signed")[2]
    assert april["listed"] and april["signed"] != april["listed"] + april["signed"]


def test_a_document_of_the_archive_has_the_time_of_the_capture_of_its_list(client: TestClient) -> None:
    """On 603 lists ICE's links are those of a capture; page, data, CSV and comparison show each list's own."""
    archived = "https://web.archive.org/web/20220621190734/https://www.ice.gov/doclib/287gMOA/287gWSO_KodiakAk"
    for path in ("", ".json", ".csv"):
        shown = client.get(f"/list/75ea4322e7747c57{path}").text
        assert archived in shown and "{capture}" not in shown, path
    beside = client.get("/compare?list_a=75ea4322e7747c57&list_b=65621dd2dbbde247").text
    assert archived in beside and "{capture}" not in beside
