"""Forms that are sent: a field that a form does not have is refused everywhere in the same plain words."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfWriter
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


STORY = "As of 8 May 2026 ICE has signed 1,783 agreements. {}"


@pytest.mark.parametrize(
    ("more", "english", "spanish"),
    [
        ("", {"1 supported"}, {"1 respaldada"}),
        (
            "Texas has 900 agreements. Georgia has 901 agreements. ICE has agreements in 39 states.",
            {"2 supported", "2 contradicted"},
            {"2 respaldadas", "2 contradichas"},
        ),
    ],
)
def test_verdicts_are_counted_in_their_plural(
    client: TestClient, more: str, english: set[str], spanish: set[str]
) -> None:
    for root, expected in (("", english), ("/es", spanish)):
        said = client.post(f"{root}/check", data={"text": STORY.format(more), "date": "2026-05-08"}).text
        tally = said.partition('<ul class="tally">')[2].partition("</ul>")[0]
        assert {re.sub("<[^>]+>", "", each) for each in re.findall("<li.*?</li>", tally)} == expected


def _pdf() -> bytes:
    writer, data = PdfWriter(), BytesIO()
    writer.add_blank_page(612, 792)
    writer.write(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "english", "spanish"),
    [
        (_pdf(), "story.pdf: the PDF has no text: its pages are pictures, or empty. ", "el PDF no tiene texto"),
        (b"%PDF-1.4\n", "story.pdf: a damaged PDF that cannot be read. ", "un PDF dañado que no se puede leer. "),
    ],
    ids=["blank", "damaged"],
)
def test_a_pdf_without_text_says_so(client: TestClient, data: bytes, english: str, spanish: str) -> None:
    for root, says in (("", english), ("/es", spanish)):
        answer = client.post(f"{root}/check", data={"text": ""}, files={"file": ("story.pdf", data)})
        assert answer.status_code == 422
        assert says in answer.text and "PdfStreamError" not in answer.text
