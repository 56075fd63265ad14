"""The API: the answers of the command line, schemas that hold, pages, errors, and what browsers and caches need."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from ledger287.cli.main import app as command_line
from ledger287.core.jsonable import as_json
from ledger287.web.api_v1.openapi import example_of
from ledger287.web.api_v1.operations import BY_NAME, OPERATIONS, Operation
from ledger287.web.api_v1.posting import POSTS, Posting
from ledger287.web.server.app import make_app
from sites import site_on

TODAY = date(2026, 5, 9)
SITE = site_on(TODAY)
APP = make_app(SITE, watch=False)
EVERY: tuple[Operation | Posting, ...] = (*OPERATIONS, *POSTS)


@pytest.fixture(scope="module")
def client() -> Any:
    with TestClient(APP) as opened:
        yield opened


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return found


def ask(client: TestClient, operation: Operation, **changed: str) -> Any:
    """The response to an operation's example, or to it with some parameters changed."""
    given = {**operation.example, **changed}
    path = {name: given.pop(name) for name in list(given) if f"{{{name}}}" in operation.path}
    return client.get(operation.address.format(**path), params=given)


def validator(described: dict[str, Any], address: str, method: str = "get") -> Any:
    """What holds an answer against the schema that is declared for it."""
    answer = described["paths"][address][method]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **answer,
        "components": described["components"],
    }
    return jsonschema_rs.validator_for(schema, validate_formats=True)


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem details of a response, which must be complete."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    told = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(told)
    assert told["status"] == status
    return told  # type: ignore[no-any-return]


# -- answers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_an_example_is_answered_as_its_schema_says(
    client: TestClient, described: dict[str, Any], operation: Operation
) -> None:
    answer = ask(client, operation).json()
    validator(described, operation.address).validate(answer)
    whole = as_json(operation.make(SITE.edition, *example_of(operation)))
    assert answer == json.loads(json.dumps(whole))


@pytest.mark.parametrize("posting", POSTS, ids=lambda each: each.name)
def test_an_example_that_is_posted_is_answered(client: TestClient, described: dict[str, Any], posting: Posting) -> None:
    response = client.post(posting.address, json=posting.example)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.json() == json.loads(json.dumps(as_json(posting.answered(SITE.edition))))
    validator(described, posting.address, "post").validate(response.json())


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("status --on 2025-08-14 --state FL", "/api/v1/status?on=2025-08-14&state=FL"),
        ("status --on 2025-08-14 --county 12021", "/api/v1/status?on=2025-08-14&county=12021"),
        ("coverage --on 2025-08-14 --model TFM", "/api/v1/coverage?on=2025-08-14&model=TFM"),
        ("agency ag-8zwthaz --known-on 2025-07-10", "/api/v1/agencies/ag-8zwthaz?known_on=2025-07-10"),
        ("near 12021 --on 2026-05-08", "/api/v1/near?place=12021&on=2026-05-08"),
        ("source ag-pm2afaf-tfm-2025-05-08", "/api/v1/source/ag-pm2afaf-tfm-2025-05-08"),
        ("rules --on 2026-05-20 --state NM", "/api/v1/rules?on=2026-05-20&state=NM"),
        ("rules --table --on 2026-05-20 --state WA", "/api/v1/jurisdictions?on=2026-05-20&state=WA"),
        (
            "rules --diff 2019-05-20 2021-07-19 --state OR",
            "/api/v1/law-changes?before=2019-05-20&after=2021-07-19&state=Oregon",
        ),
        ("rules --functions", "/api/v1/functions"),
        ("rules form-i-247a --on 2025-08-14", "/api/v1/rules/form-i-247a?on=2025-08-14"),
        (
            "authority hold --agency ag-8zwthaz --on 2026-05-08 --setting jail",
            "/api/v1/authority?function=hold&agency=ag-8zwthaz&on=2026-05-08&setting=jail",
        ),
    ],
)
def test_answers_are_those_of_the_command_line(client: TestClient, words: str, address: str) -> None:
    told = CliRunner().invoke(command_line, [*words.split(), "--json"])
    assert told.exit_code == 0, told.output
    assert client.get(address).json() == json.loads(told.stdout)


def test_tables_are_those_of_the_command_line(client: TestClient) -> None:
    words = ["changes", "--since", "2026-03-01", "--until", "2026-03-10", "--state", "MD", "--known-on", "2026-03-04"]
    told = json.loads(CliRunner().invoke(command_line, [*words, "--json"]).stdout)
    query = "since=2026-03-01&until=2026-03-10&state=MD&known_on=2026-03-04"
    answer = client.get(f"/api/v1/changes?{query}").json()
    assert {key: answer[key] for key in told} == told
    assert (answer["total"], answer["next"]) == (1, None)
    lists = json.loads(CliRunner().invoke(command_line, ["lists", "--set-aside", "--json"]).stdout)
    assert client.get("/api/v1/lists?set_aside=true").json()["lists"] == lists
    rows = client.get("/api/v1/lists/participatingAgencies03022026am.xlsx?limit=1000").json()
    assert (rows["total"], len(rows["rows"]), rows["rows"][0]["agency_printed"].strip()) == (
        1499,
        1000,
        "Autauga County Sheriff's Office",
    )
    assert rows["list"]["file"] == "participatingAgencies03022026am.xlsx"


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("waits --state FL --known-on 2025-12-31", "waits?state=FL&known_on=2025-12-31"),
        ("returns --model WSO", "returns?model=Warrant+Service+Officer"),
        ("shares --on 2026-05-08 --state MD", "shares?on=2026-05-08&state=Maryland"),
        (
            "ranks --on 2026-05-08 --of county --by people --state GA",
            "ranks?on=2026-05-08&of=county&by=people&state=GA",
        ),
        ("growth --by kind", "growth?by=kind"),
    ],
)
def test_usual_questions_are_those_of_the_command_line(client: TestClient, words: str, query: str) -> None:
    told = json.loads(CliRunner().invoke(command_line, [*words.split(), "--json"]).stdout)
    rows: list[Any] = []
    link = f"/api/v1/answers/{query}&limit=300"
    while link:
        response = client.get(link)
        answer = response.json()
        rows += answer["rows"]
        link = response.links.get("next", {}).get("url", "")
    assert rows == told["rows"]
    assert answer["total"] == len(rows)
    assert {key: answer[key] for key in told if key not in ("rows", "on", "list")} == {
        key: told[key] for key in told if key not in ("rows", "on", "list")
    }


def test_places_are_ranked_by_their_plural_too(client: TestClient) -> None:
    for one, many in (("county", "counties"), ("state", "states")):
        found = [client.get(f"/api/v1/answers/ranks?of={of}&state=FL") for of in (one, many)]
        assert found[1].status_code == 200
        assert found[0].json() == found[1].json()
    assert "state, county" in client.get("/api/v1/answers/ranks?of=towns").json()["detail"]


def test_near_has_neighbors_where_they_are_wanted(client: TestClient) -> None:
    query = "/api/v1/near?place=Naples, FL 34102&on=2026-05-08"
    plain, found = client.get(query).json(), client.get(f"{query}&neighbors=true").json()
    assert plain["spot"]["zip"] == "34102"
    assert plain["neighbors"] is None
    assert {**found, "neighbors": None} == plain
    words = ["near", "34102", "--on", "2026-05-08", "--neighbors", "--json"]
    assert found["neighbors"] == json.loads(CliRunner().invoke(command_line, words).stdout)["neighbors"]
    assert "Lee County" in {one["name"] for one in found["neighbors"]}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("why", 404),
        ("waits?of=county", 400),
        ("ranks?by=color", 400),
        ("growth?by=agreements", 400),
        ("ranks?page=2", 422),
    ],
)
def test_usual_questions_that_are_not(client: TestClient, query: str, status: int) -> None:
    problem(client.get(f"/api/v1/answers/{query}"), status)


def test_many_answers_hold_to_their_schemas(client: TestClient, described: dict[str, Any]) -> None:
    atlas = SITE.edition.atlas
    agencies = atlas.table("agencies")["agency_id"].sample(40, seed=287).to_list()
    agreements = atlas.table("agreements")["agreement_id"].sample(40, seed=287).to_list()
    rules = [rule["id"] for rule in client.get("/api/v1/rules").json()["rules"]]
    asked = [("agency", {"agency_id": one}) for one in agencies]
    asked += [("source", {"agreement_id": one, "field": field}) for one in agreements for field in ("county", "moa")]
    asked += [("rule", {"rule_id": one}) for one in rules]
    asked += [("authority", {"agency": one, "on": "2026-05-08"}) for one in agencies[:15]]
    asked += [(name, {"state": code}) for code in ("TX", "GU", "VT", "MP") for name in ("status", "coverage", "rules")]
    asked += [("changes", {"since": "2021-01-01", "state": "FL", "limit": "1000"}), ("lists", {"limit": "1000"})]
    asked += [("agencies", {"q": "", "limit": "1000"}), ("near", {"place": "09009"}), ("near", {"place": "Guam"})]
    for name, given in asked:
        operation = BY_NAME[name]
        response = ask(client, operation, **given)
        if response.status_code == 200:
            validator(described, operation.address).validate(response.json())
        else:
            problem(response, 422 if given.get("q") == "" else 400)


def test_agencies_are_found_by_any_name_ever_printed(client: TestClient) -> None:
    found = client.get("/api/v1/agencies?q=okaloosa corrections").json()
    assert [row["agency_id"] for row in found["agencies"]] == ["ag-8zwthaz"]
    assert found["agencies"][0]["models"] == ["WSO"]
    florida = client.get("/api/v1/agencies?state=Florida&model=TFM&on=2026-05-08&limit=1000").json()
    assert {row["state"] for row in florida["agencies"]} == {"FL"}
    assert all("TFM" in row["models"] for row in florida["agencies"])
    county = client.get("/api/v1/agencies?county=12021").json()
    assert any("Collier" in row["name"] for row in county["agencies"])


# -- the description -------------------------------------------------------------------------------


def test_the_description_is_whole(described: dict[str, Any]) -> None:
    assert described["openapi"] == "3.1.0"
    assert described["info"]["title"]
    assert described["info"]["version"]
    assert set(described["paths"]) == {each.address for each in EVERY}
    for path, entry in described["paths"].items():
        for operation in entry.values():
            assert operation["summary"], path
            assert operation["description"], path
            answer = operation["responses"]["200"]["content"]["application/json"]
            assert answer["example"], path
            assert all(each["description"] for each in operation.get("parameters", ()) if each["in"] == "query")
            assert {"400", "405", "422"} <= set(operation["responses"])


def test_examples_of_the_description_hold_to_their_schemas(described: dict[str, Any]) -> None:
    for path, entry in described["paths"].items():
        for method, operation in entry.items():
            content = operation["responses"]["200"]["content"]["application/json"]
            validator(described, path, method).validate(content["example"])


def test_the_documents_name_every_address() -> None:
    text = (Path(__file__).resolve().parents[1] / "docs" / "site.md").read_text(encoding="utf-8")
    assert [each.address for each in EVERY if f"`{each.address}`" not in text] == []


# -- pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/api/v1/agreements?on=2025-08-14&state=FL", "agreements"),
        ("/api/v1/agencies?state=TX", "agencies"),
        ("/api/v1/lists", "lists"),
        ("/api/v1/lists/participatingAgencies08142025pm.xlsx", "rows"),
        ("/api/v1/changes?since=2025-08-01&until=2025-08-31&kind=listed&kind=delisted", "changes"),
    ],
)
def test_pages_are_one_answer(client: TestClient, address: str, name: str) -> None:
    sign = "&" if "?" in address else "?"
    whole = client.get(f"{address}{sign}limit=1000").json()
    found, link = [], f"{address}{sign}limit=73"
    while link:
        response = client.get(link)
        page = response.json()
        found += page[name]
        assert page["total"] == whole["total"]
        following = response.links.get("next", {}).get("url")
        assert (following is None) == (page["next"] is None)
        link = following or ""
        if len(found) >= 1000:
            return
    assert found == whole[name]
    assert len(found) == whole["total"]


def test_cursors_that_cannot_be_used(client: TestClient) -> None:
    cursor = client.get("/api/v1/agreements?on=2025-08-14").json()["next"]
    assert client.get(f"/api/v1/agreements?on=2025-08-14&limit=7&cursor={cursor}").status_code == 200
    other = problem(client.get(f"/api/v1/agreements?on=2025-08-15&cursor={cursor}"), 400)
    assert other["type"].endswith("problem/cursor")
    problem(client.get(f"/api/v1/agencies?on=2025-08-14&cursor={cursor}"), 400)
    for wrong in ("x", "WzFd", "W10", "e30", "%00", "WyJhIiwiYiIsLTFd", "🙂"):
        problem(client.get(f"/api/v1/agreements?on=2025-08-14&cursor={wrong}"), 400)


# -- errors ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/api/v1/nothing", 404, "There is no page"),
        ("/api/v1/agencies/ag-0000000", 404, "No agency has the id"),
        ("/api/v1/source/ag-pm2afaf-tfm-2025-05-09", 404, "closest ids"),
        ("/api/v1/source/ag-0000000-tfm-2025-01-01", 404, "Expected the id of an agreement"),
        ("/api/v1/rules/no-such-rule", 404, "no-such-rule"),
        ("/api/v1/lists/participatingAgencies0814.xlsx", 404, "closest names"),
        ("/api/v1/lists/nothing.xlsx", 404, "Expected the name of a list, such as participating"),
        ("/api/v1/status?on=14.8.2025", 422, "expected a day such as 2025-08-14"),
        ("/api/v1/status?on=9999-12-31", 422, "expected a day from"),
        ("/api/v1/status?stat=FL", 422, "No such parameter"),
        ("/api/v1/status?on=2025-08-14&on=2025-08-15", 422, "once"),
        ("/api/v1/changes", 422, "since"),
        ("/api/v1/changes?since=2026-01-01&kind=resigned", 422, "kind"),
        ("/api/v1/agreements?limit=0", 422, "limit"),
        ("/api/v1/status?state=Florid", 400, "Did you mean: Florida (FL)"),
        ("/api/v1/status?on=1999-01-01", 400, "the record begins on January 12, 2021"),
        ("/api/v1/changes?since=2026-02-01&until=2026-01-01", 400, "swap the two days"),
        ("/api/v1/near?place=Nowhere", 400, "Nowhere"),
        ("/api/v1/authority?function=hold&agency=Washington+County+Sheriff%27s+Office", 400, "state"),
    ],
)
def test_errors_are_problem_details(client: TestClient, address: str, status: int, told: str) -> None:
    found = problem(client.get(address), status)
    assert told in found["detail"]
    assert "--" not in found["detail"]
    assert found["instance"] == address.partition("?")[0]
    if status == 422:
        assert found["errors"]


def test_methods_and_media_types(client: TestClient) -> None:
    assert problem(client.post("/api/v1/status"), 405)["type"].endswith("problem/method")
    assert problem(client.get("/api/v1/check"), 405)
    assert problem(client.delete("/api/v1/status"), 405)
    assert problem(client.post("/api/v1/check", content="text", headers={"content-type": "text/plain"}), 415)
    assert problem(client.post("/api/v1/check", content="{", headers={"content-type": "application/json"}), 422)
    assert problem(client.post("/api/v1/check", json=["a"]), 422)
    assert problem(client.post("/api/v1/check", json={"text": "a", "file": "YQ=="}), 400)
    assert problem(client.post("/api/v1/check", json={"file": "!"}), 400)
    assert problem(client.post("/api/v1/check", json={"text": "a", "date": "yesterday"}), 422)
    assert problem(client.post("/api/v1/hold", json={"charges_cleared": "soon"}), 400)
    twice = problem(client.post("/api/v1/hold", json={"charges_cleared": "2025-11-02 01:30", "state": "FL"}), 400)
    assert "more than one time zone" in twice["detail"]


def test_the_clock_of_a_hold_says_nothing_is_missed_of_what_was_not_entered(client: TestClient) -> None:
    entered = {
        "state": "NC",
        "zone": "America/New_York",
        "model": "none",
        "detainer_form": "I-247A",
        "detainer_received": "2024-12-03 09:00",
        "served_on_person": "2024-12-03 09:30",
        "charges_cleared": "2024-12-03 10:00",
        "hold_started": "2024-12-03 10:00",
        "released": "2024-12-03 20:00",
    }
    answer = client.post("/api/v1/hold", json=entered).json()
    assert answer["clock"]["missed"] == []
    assert [said.partition(":")[0] for said in answer["clock"]["cannot_tell"]] == ["no_judges_order"]
    assert [(one["duty"], one["verdict"]) for one in answer["duties"]] == [("no_judges_order", "cannot tell")]
    looked = client.post("/api/v1/hold", json=entered | {"blank": "none"}).json()
    assert "no_warrant" in [said.partition(":")[0] for said in looked["clock"]["missed"]]


# -- caches and browsers ---------------------------------------------------------------------------


def test_an_answer_that_is_there_already_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/v1/status?on=2025-08-14")
    assert first.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in first.headers["vary"]
    for has in ({"if-none-match": first.headers["etag"]}, {"if-modified-since": first.headers["last-modified"]}):
        again = client.get("/api/v1/status?on=2025-08-14", headers=has)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["access-control-allow-origin"] == "*"
    plain = client.get("/api/v1/status?on=2025-08-14", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == first.json()
    head = client.head("/api/v1/status?on=2025-08-14")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == first.headers["etag"]


def test_other_sites_may_read_and_not_write(client: TestClient) -> None:
    other = {"origin": "https://elsewhere.example"}
    for address in ("/api/v1/status", "/api/v1/status?stat=FL", "/api/v1/openapi.json"):
        response = client.get(address, headers=other)
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers
    asked = {**other, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    preflight = client.options("/api/v1/check", headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD"
    assert "access-control-allow-origin" not in client.post("/api/v1/hold", json={}, headers=other).headers


def test_the_page_of_the_api_shows_every_address(client: TestClient) -> None:
    for prefix in ("", "/es"):
        page = client.get(f"{prefix}/api")
        assert page.status_code == 200
        assert all(each.address in page.text for each in EVERY)
    links = [link for link in page.text.split('href="') if link.startswith("/api/v1/")]
    assert len(links) > len(OPERATIONS)
    for link in links:
        address = link.partition('"')[0].replace("&amp;", "&").replace("&#39;", "'")
        assert client.get(address).status_code == 200, address
