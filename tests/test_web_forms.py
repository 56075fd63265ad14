"""Forms that are sent: a field that a form does not have is refused everywhere in the same plain words."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from ledger287.web.server.app import make_app
from sites import site_on

FORMS = ("/check", "/hold", "/hold.ics")
CASE = {"state": "GA", "charges_cleared": "2025-07-03 10:00", "detainer_received": "2025-07-01 10:00"}
SENT = {"/check": {"text": "ICE has 1,783 agreements.", "date": "2026-05-08"}, "/hold": CASE, "/hold.ics": CASE}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(make_app(site_on(date(2026, 5, 10))), base_url="http://127.0.0.1")


@pytest.mark.parametrize("url", FORMS)
@pytest.mark.parametrize(
    ("root", "unknown", "twice"),
    [
        ("", "no field 'agencia' in this form; expected: ", "expected the field 'state' once, found it 2 times."),
        ("/es", "No hay ningún campo 'agencia' en este formulario; se esperaba: ", "aparece 2 veces"),
    ],
)
def test_a_field_that_a_form_does_not_have_is_refused(
    client: TestClient, url: str, root: str, unknown: str, twice: str
) -> None:
    answer = client.post(root + url, data={**SENT[url], "agencia": "x"})
    assert answer.status_code == 400
    assert unknown.casefold() in answer.text.replace("&#39;", "'").casefold()
    if url == "/check":  # with a file it is another kind of body
        answer = client.post(root + url, data={"fecha": "2025"}, files={"file": ("a.txt", b"ICE has 5 agreements.")})
        assert answer.status_code == 400 and "fecha" in answer.text
    else:
        answer = client.post(root + url, content="state=FL&state=GA", headers={"content-type": FORM})
        assert answer.status_code == 400
        assert twice in answer.text.replace("&#39;", "'")
    assert client.post(f"{root}{url}?agencia=x", data=SENT[url]).status_code == 400
    assert client.post(root + url, data=SENT[url]).status_code == 200


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(("url", "body"), [("check", {"text": "ICE has 5 agreements."}), ("hold", CASE)])
def test_the_api_refuses_it_as_everywhere_there(client: TestClient, url: str, body: dict[str, str]) -> None:
    answer = client.post(f"/api/v1/{url}", json={**body, "agencia": "x"})
    assert answer.status_code == 422
    assert "agencia" in answer.text
    assert client.post(f"/api/v1/{url}?agencia=x", json=body).status_code == 422
