"""A reading that a person corrects, by the command, in the API and in Python: the same choices, the same answer."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import ledger287
from commands import run_command
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.correcting import corrected, reading_in_words, reading_of
from ledger287.web.server.app import make_app
from sites import site_on

STORY = (
    "Florida had 255 agreements under section 287(g) on August 14, 2025. The Collier County Sheriff's Office has an "
    "agreement."
)
CHOSEN = "1:unit=agencies,place=fl"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("story") / "synthetic.txt"
    file.write_text(STORY, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    site = site_on(date(2026, 5, 9))
    with TestClient(make_app(site, watch=False)) as opened:
        yield opened
    site.children.close()


def first(found: Any) -> tuple[str, str, str, list[str]]:
    claim = found["claims"][0]
    return claim["verdict"], claim["unit"], claim["meaning"], claim["notes"]


def test_python_the_command_and_the_api_give_one_answer(story: Path, client: TestClient) -> None:
    checker = Checker(ledger287.open())
    checked = checker.check_text(STORY)
    assert first(checked.as_json())[:2] != ("supported", "agencies"), "as read it counts agreements"
    number, reading = reading_in_words(CHOSEN)
    assert (number, reading) == (1, reading_of(place="FL", unit="agencies"))
    expected = first(corrected(checked, {number: reading}, checker.index).as_json())
    assert expected[:2] == ("supported", "agencies")
    assert "chosen by a person" in expected[3][-1]

    done = run_command("check", str(story), "--correct", CHOSEN, "--json")
    assert done.returncode == 0, done.stderr
    assert first(json.loads(done.stdout)) == expected

    asked = {"text": STORY, "corrections": [{"claim": 1, "place": "FL", "unit": "agencies"}]}
    answered = client.post("/api/v1/check", json=asked)
    assert answered.status_code == 200, answered.text
    assert first(answered.json()) == expected

    twice = client.post(
        "/api/v1/check", content='{"text": "One.", "text": "Two."}', headers={"content-type": "application/json"}
    )
    assert (twice.status_code, "text" in twice.text, "once" in twice.text) == (422, True, True)

    wrong = client.post("/api/v1/check", json={**asked, "corrections": [{"claim": 2, "place": "FL"}]})
    assert wrong.status_code == 422
    assert "can be corrected: 1." in wrong.json()["detail"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2:place=FL", "not one that counts something. Those that can be corrected: 1."),
        ("9:place=FL", "it has 2 claims. Those that can be corrected: 1."),
        ("1:place=ZZ", "'ZZ' is not among the choices"),
        ("1:colour=red", "expected one of place, model, unit, day"),
        ("1:place=", "expected one of place, model, unit, day"),
        ("1:place=FL,place=TX", "place is chosen twice"),
        ("1:day=August", "expected one as 2025-08-14"),
        ("place=FL", "expected the number of a claim"),
    ],
)
def test_what_cannot_be_chosen_is_said_with_what_can(story: Path, said: str, told: str) -> None:
    done = run_command("check", str(story), "--correct", said)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())


def test_a_claim_is_corrected_once_and_in_one_story(story: Path) -> None:
    twice = run_command("check", str(story), "--correct", "1:place=FL", "--correct", "1:model=TFM")
    assert (twice.returncode, "corrected twice" in twice.stderr) == (2, True)
    two = run_command("check", str(story), str(story), "--correct", "1:place=FL")
    assert (two.returncode, "give one FILE" in two.stderr) == (2, True)


@pytest.mark.parametrize(
    "corrections",
    [[{"claim": 1}], [{"claim": 1, "place": "ZZ"}], [{"claim": 0, "place": "FL"}], [{"claim": 1, "town": "x"}],
     [{"claim": 1, "place": "FL"}, {"claim": 1, "model": "TFM"}]],
)  # fmt: skip
def test_the_api_refuses_what_is_not_a_choice(client: TestClient, corrections: list[dict[str, Any]]) -> None:
    answered = client.post("/api/v1/check", json={"text": STORY, "corrections": corrections})
    assert answered.status_code in (400, 422), answered.text
