"""The state of an agency: in its own postal address, never that of an office of ICE. All agencies are synthetic."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from documents_making import Line, agreement, pdf, written
from ledger287.cli.main import app
from ledger287.sources.documents.fields.parties.agency import agency_of

COUNSEL = "shall notify the local ICE Office of the Chief Counsel at 2975 Decker Lake Drive, West Valley, UT 84119"
AFFAIRS = "For the DHS: U.S. Immigration and Customs Enforcement, 1 Hopkins Plaza, Baltimore, MD 21201"
SHORT = "an entitlement. OPLA, 925 Keynote Circle, Room 201, Brooklyn Heights, OH 44131"


def state_read(tmp_path: Path, *said: str) -> tuple[str | None, str]:
    """The state that ``documents read`` gives of an agreement with these lines on its page of points of contact."""
    pages = agreement()
    added: list[Line] = [(60.0, 130.0 + 14 * number, text) for number, text in enumerate(said)]
    pages[2] += added
    written(tmp_path, "one.pdf", pdf(pages))
    [row] = json.loads(CliRunner().invoke(app, ["documents", "read", str(tmp_path), "--json"]).stdout)
    return row["state"]["value"], row["state"]["certainty"]


@pytest.mark.parametrize("office", [COUNSEL, AFFAIRS, SHORT])
@pytest.mark.parametrize(
    ("own", "state"),
    [
        (["For the LEA:", "Sheriff", "624 Main Street", "Gooding, Id 83330"], "ID"),
        (["FortheLEA: Public Affairs Officer", "550 Gifford Ave.", "American Falls, ID 83211"], "ID"),
        (["Example County Sheriff's Office", "Green Cove Springs, Florida 32043"], "FL"),
    ],
    ids=["heading", "heading in one word", "name"],
)
def test_the_agencys_own_address_is_read_next_to_an_office_of_ice(
    office: str, own: list[str], state: str, tmp_path: Path
) -> None:
    assert state_read(tmp_path, office, *own) == (state, "read")
    assert state_read(tmp_path, *own, office) == (state, "read")


@pytest.mark.parametrize("office", [COUNSEL, AFFAIRS, SHORT])
def test_an_office_of_ice_under_the_agencys_heading_is_not_its_own(office: str, tmp_path: Path) -> None:
    assert state_read(tmp_path, "For the LEA:", office) == (None, "unread")


def test_own_addresses_in_two_states_give_none(tmp_path: Path) -> None:
    own = (
        "For the LEA: Sheriff, 1 Main Street, Gooding, ID 83330",
        "For the LEA: Clerk, 2 Elm Street, Boise, MT 59001",
    )
    assert state_read(tmp_path, *own)[0] is None


@pytest.mark.parametrize(
    ("name", "state"),
    [("EXAMPLE COUNTY TN SHERIFF'S OFFICE", "TN"), ("EXAMPLE COUNTY OF SHERIFF'S OFFICE", None)],
)
def test_a_code_between_county_and_office_is_the_state(name: str, state: str | None) -> None:
    sentence = f"The Memorandum of Agreement: employees of the {name} (hereinafter"
    texts = dict.fromkeys(range(1, 5), f"{sentence}\n{name}\n")
    assert agency_of(texts, {})[1].value == state
