"""Fields beyond model and days, several agreements in a file, and files made to harm. All names are synthetic."""

import json
import re
import zlib
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from documents_making import Line, agreement, pdf, written
from ledger287.cli.main import app
from ledger287.sources.documents.fields.bound import appendices_of, effective_said
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.fields.flow import Flow
from ledger287.sources.documents.fields.identity import undated_of, version_of
from ledger287.sources.documents.fields.parties.agency import agency_of
from ledger287.sources.documents.fields.signed_pages.days import read_day
from ledger287.sources.documents.fields.signed_pages.signers.offices import office_in_writing
from ledger287.sources.documents.fields.terms import terms_of
from ledger287.sources.documents.reading_texts import read_texts
from ledger287.sources.documents.versions.clauses import compare_versions, version_named
from ledger287.sources.documents.versions.effects import effect_of
from ledger287.web.server.app import make_app
from ledger287.web.server.site import Site

OPEN = (
    "This MOA becomes effective upon signature of both parties and will remain in effect until either party "
    "terminates or suspends the MOA. Termination by the LEA shall be provided, in writing, to the local Field Office. "
    "In instances where serious misconduct is found, ICE may suspend. If ICE decides to move from suspension to "
    "termination, ICE will provide the LEA a {ice}-day notice in advance."
)
BOTH = (
    "This MOA becomes effective upon signature of both parties and will remain in effect until either party, upon "
    "{days}-day written notice to the other party, provides notice of termination or suspension of the MOA. Suspension "
    "shall take effect {after}-days after receipt of such notice."
)
ICE, AGENCY = Field("2025-03-10", "read", 9), Field("2025-03-04", "read", 9)


def test_effective_day_is_the_later_signature_and_no_surer_than_it() -> None:
    texts = {8: OPEN.format(ice=90)}
    assert terms_of(Flow(texts), ICE, AGENCY).effective.value == "2025-03-10"
    assert terms_of(Flow(texts), AGENCY, ICE).effective.value == "2025-03-10"
    doubted = terms_of(Flow(texts), ICE, Field("2025-03-04", "doubt", 9)).effective
    assert (doubted.value, doubted.certainty) == ("2025-03-10", "doubt")
    assert terms_of(Flow(texts), ICE, Field(None, "unread")).effective.certainty == "unread"


def test_days_of_notice_are_those_that_the_page_prints() -> None:
    terms = terms_of(Flow({8: OPEN.format(ice=45)}), ICE, AGENCY)
    assert terms.ending_by_ice.value == "45 days' written notice"
    assert terms.ending_by_agency.value == "written notice, no period"
    assert terms.term.value == "until a party ends it"
    terms = terms_of(Flow({6: BOTH.format(days=30, after=30)}), ICE, AGENCY)
    assert [terms.ending_by_ice.value, terms.ending_by_agency.value] == ["30 days' written notice"] * 2
    assert terms.ending_by_agency.certainty == "read"


def test_two_numbers_of_days_in_one_clause_are_a_doubt() -> None:
    terms = terms_of(Flow({6: BOTH.format(days=90, after=30)}), ICE, AGENCY)
    assert terms.ending_by_agency.certainty == "doubt"
    assert "30" in terms.ending_by_agency.why


def test_period_and_day_that_are_printed_are_read() -> None:
    said = "This MOA becomes effective upon signature of both parties for a period of three (3) years."
    assert terms_of(Flow({8: said}), ICE, AGENCY).term.value == "3 years"
    said = "This MOA becomes effective upon May 1, 2025 and shall terminate on June 30, 2027."
    terms = terms_of(Flow({8: said}), ICE, AGENCY)
    assert (terms.effective.value, terms.term.value) == ("2025-05-01", "until 2027-06-30")


def test_clause_of_no_known_form_is_unread() -> None:
    terms = terms_of(Flow({8: "This MOA becomes effective upon a vote of the board."}), ICE, AGENCY)
    assert {terms.effective.certainty, terms.term.certainty, terms.ending_by_ice.certainty} == {"unread"}
    assert terms_of(Flow({1: "Nothing of the kind."}), ICE, AGENCY).term.certainty == "unread"


def test_appendix_is_a_heading_and_not_a_mention() -> None:
    texts = {
        8: "as outlined in\nAppendix B.\nXVI. CIVIL RIGHTS",
        10: "APPENDIX A\nPOINTS OF CONTACT\nFor ICE:\nEnforcement and Removal Operations\nFor the LEA:\nPat Example\n"
        "Records Division\n555-0100",
        12: "APPENDIXB\nCOMPLA1NT PROCEDURE\n",
    }
    found = appendices_of(texts)
    assert [(one.letter, one.title.value, one.title.page) for one in found] == [
        ("A", "Points of Contact", 10),
        ("B", "Complaint Procedure", 12),
    ]
    assert [(one.side, one.office) for one in found[0].contacts] == [
        ("ice", "Enforcement and Removal Operations"),
        ("agency", "Records Division"),
    ]


def test_addendum_says_when_the_agreement_took_effect() -> None:
    said = "Memorandum of Agreement that was effective on June 9, 2020 by which ICE delegates"
    assert effective_said(said, 12).value == "2020-06-09"
    assert effective_said("Memorandum of Agreement by which ICE delegates", 12).certainty == "unread"


@pytest.mark.parametrize(
    ("before", "after", "bears_on", "sure"),
    [
        (["48", "hours"], ["72", "hours"], (), True),
        (["shall", "supervise"], ["may", "supervise"], (), True),
        (["within", "48", "hours"], [], ("hold",), False),
        (["termination", "notice", "in", "writing"], [], ("term",), True),
        (["custody"], ["cust0dy"], ("hold",), False),
        (["date", "signature"], ["date", "title", "director"], (), False),
    ],
)
def test_what_a_change_bears_on(before: list[str], after: list[str], bears_on: tuple[str, ...], sure: bool) -> None:
    effect = effect_of("changed" if after else "omitted", "PURPOSE", before, after)
    assert effect.bears_on == bears_on
    assert effect.sure is sure


def test_section_says_what_a_change_bears_on() -> None:
    assert effect_of("changed", "ICE SUPERVISION", ["shall"], ["may"]).bears_on == ("supervision",)


def addendum() -> list[Line]:
    """A page with an addendum, in the form of 2020, with printed days."""
    rows = [
        "ADDENDUM TO MODIFY MEMORANDUM OF AGREEMENT",
        "The law enforcement agency agrees to modify the Memorandum of Agreement that was effective on",
        "March 10, 2025 by which ICE delegates personnel the authority to perform functions, as follows:",
        "By signing this addendum, each party represents it is fully authorized to enter into this addendum.",
        "This addendum is effective upon signature by both parties.",
    ]
    page: list[Line] = [(60, 100 + 14 * n, text) for n, text in enumerate(rows)]
    for left, party, day, office in (
        (60, "For the LEA:", "05/20/2025", "Sheriff"),
        (311, "For ICE:", "05/30/2025", ""),
    ):
        for n, text in enumerate((party, f"Date: {day}", "Signature:", f"Title: {office or 'Acting Director'}")):
            page.append((left, 190 + 22 * n, text))
    return page


def picture_bomb(side: int) -> bytes:
    """A PDF whose one page is a picture of ``side`` by ``side`` points of one bit."""
    data = zlib.compress(b"\0" * (side // 8 * side), 9)
    return objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /XObject "
            b"<< /I 5 0 R >> >> >>",
            b"<< /Length 30 >>\nstream\nq 612 0 0 792 0 0 cm /I Do Q \nendstream",
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1 "
            b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (side, side, len(data), data),
        ]
    )


def stream_bomb(megabytes: int) -> bytes:
    """A PDF of a few kilobytes whose page unpacks, twice, to many megabytes that draw nothing."""
    packer = zlib.compressobj(9)
    first, block = (packer.compress(b"q Q\n" * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    data = zlib.compress(first + block * (megabytes // 4) + packer.flush(), 9)
    return objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
            b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream" % (len(data), data),
        ]
    )


def objects(parts: list[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("fields")
    one = agreement(agency_day="03/08/2025")
    one[7] = [*one[7], *((60.0, 140.0 + 14 * n, OPEN.format(ice=90)[90 * n : 90 * n + 90]) for n in range(6))]
    written(folder, "addendum.pdf", pdf([*one, addendum()]))
    written(folder, "alone.pdf", pdf([addendum()]))
    further = [*one[:8], [*one[8], (60.0, 330.0, "Date: 04/01/2025"), (60.0, 374.0, "Title: County Judge")]]
    written(folder, "further.pdf", pdf(further))
    unread = [*one[:8], [*one[8], (60.0, 374.0, "Sam Example"), (60.0, 388.0, "County Judge")]]
    written(folder, "below.pdf", pdf(unread))
    written(
        folder, "two.pdf", pdf([*agreement(), *agreement("Sample City Police Department", ice_day="April 2, 2025")])
    )
    written(folder, "picture.pdf", picture_bomb(30_000))
    written(folder, "stream.pdf", stream_bomb(2000))
    saved = "This web page says that the county signed a memorandum of agreement. Share it. Read more news of the day."
    written(folder, "web.pdf", pdf([[(60, 60, saved), (60, 80, "Subscribe to the letter of the office.")]]))
    opening = (
        "This Memorandum of Understanding (MOU) constitutes an agreement between the United States",
        "Department of Justice (DOJ) and the State of Example to create a pilot project pursuant to which",
        "the Immigration and Naturalization Service (INS) authorizes state and local officers.",
    )
    written(folder, "older.pdf", pdf([[(60, 100 + 14 * n, text) for n, text in enumerate(opening)]]))
    done = CliRunner().invoke(app, ["documents", "read", str(folder), "--json"])
    return {row["file"]: row for row in json.loads(done.stdout)}


def test_an_addendum_without_its_agreement_says_so(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["alone.pdf"]
    assert [(one["kind"], one["found"]) for one in row["problems"]] == [("not_an_agreement", "an addendum alone")]
    assert [one["ice_signed"]["value"] for one in row["addenda"]] == [
        one["ice_signed"]["value"] for one in rows["addendum.pdf"]["addenda"]
    ]


def test_addendum_has_its_own_days(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["addendum.pdf"]
    assert (row["ice_signed"]["value"], row["ice_signed"]["page"]) == ("2025-03-10", 9)
    (found,) = row["addenda"]
    assert found["page"] == 10
    assert found["agreement_effective"]["value"] == "2025-03-10"
    assert [found[side]["value"] for side in ("agency_signed", "ice_signed")] == ["2025-05-20", "2025-05-30"]
    assert row["effective"]["value"] == "2025-03-10"
    assert row["ending_by_ice"] | {"box": None, "why": None} == {
        "value": "90 days' written notice", "certainty": "read", "page": 8, "box": None, "confidence": 1.0, "why": None,
    }  # fmt: skip
    assert row["ending_by_ice"]["box"]


@pytest.mark.parametrize("name", ["further.pdf", "below.pdf"])
def test_a_further_signature_leaves_the_effective_day_in_doubt(rows: dict[str, dict[str, Any]], name: str) -> None:
    """The second has the office of a county judge below the sheriff's, and a day by hand that no text layer has."""
    row = rows[name]
    assert row["agency_signed"]["value"] == "2025-03-08"
    assert "further" in row["effective"]["why"]
    assert (row["effective"]["value"], row["effective"]["certainty"]) == ("2025-03-10", "doubt")
    assert rows["addendum.pdf"]["effective"]["certainty"] == "read"


def test_two_agreements_in_a_file_are_both_read(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["two.pdf"]
    (other,) = row["also"]
    assert row["agency"]["value"] == "Example County Sheriff's Office"
    assert other["agency"]["value"] == "Sample City Police Department"
    assert [row["ice_signed"]["value"], other["ice_signed"]["value"]] == ["2025-03-10", "2025-04-02"]
    assert other["ice_signed"]["page"] == 18
    assert [(problem["kind"], problem["page"]) for problem in row["problems"]] == [("several_agreements", 10)]


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("picture.pdf", "picture_too_large"),
        ("stream.pdf", "too_much_memory"),
        ("web.pdf", "not_an_agreement"),
        ("older.pdf", "older_form"),
    ],
)
def test_file_made_to_harm_is_a_problem_of_its_own_row(rows: dict[str, dict[str, Any]], file: str, kind: str) -> None:
    problem = rows[file]["problems"][0]
    assert problem["kind"] == kind
    assert problem["remedy"]
    assert rows[file]["model"]["value"] is None
    assert rows["two.pdf"]["model"]["value"] == "TFM"


def test_agency_page_and_source_say_what_its_own_document_says() -> None:
    with TestClient(make_app(Site(None)), base_url="http://localhost") as client:
        page = client.get("/agency/ag-nwr4afa").text
    assert re.search(r"Read in the document itself: form of 02/15/2025; .*signed by ICE on Mar 26, 2025", page)
    assert "FranklinCountyAL_WSO_MOA_030625.pdf#page=7" in page
    done = CliRunner().invoke(app, ["source", "ag-nwr4afa-wso-2025-03-27", "--json"])
    document = json.loads(done.stdout)["document"]
    assert (document["ice_signed"], document["signed_page"]) == ("2025-03-26", 7)


def test_authority_names_what_an_agreements_own_document_changes() -> None:
    words = ["authority", "hold", "--agency", "Tarrant County Sheriff's Office", "--state", "TX", "--on", "2025-06-01"]
    done = CliRunner().invoke(app, [*words, "--json"])
    said = " ".join(json.loads(done.stdout)["finding"]["open_questions"])
    assert "differs from its form on term, page 6" in said
    assert "effective immediately if no date is given" in said


def test_authority_names_what_an_agreements_own_document_leaves_out() -> None:
    words = ["authority", "hold", "--agency", "Kansas Bureau of Investigation", "--state", "KS", "--on", "2025-06-01"]
    done = CliRunner().invoke(app, [*words, "--json"])
    said = " ".join(json.loads(done.stdout)["finding"]["open_questions"])
    assert "differs from its form on term, page 9: it omits 'ICE will provide the LEA a 90-day notice" in said


def test_contacts_are_offices_and_no_persons() -> None:
    texts = {14: "APPENDIX C\nPUBLIC INFORMATION POINTS OF CONTACT\nFor the LEA:\nSheriff Pat Example\nSheriff Sites\n"
                 "Records Division\nChief of Police\n"}  # fmt: skip
    assert [one.office for one in appendices_of(texts)[0].contacts] == ["Records Division", "Chief of Police"]


def parties(agency: str, security: str = "Security") -> str:
    return (
        "This Memorandum of Agreement (MOA) constitutes an agreement between U.S. Immigration and Customs Enforcement "
        f"(ICE), a component of the Department of Homeland {security} (DHS), and the {agency}, pursuant to which ICE "
        "delegates to nominated personnel the authority to perform certain functions."
    )


@pytest.mark.parametrize(
    ("texts", "name", "certainty"),
    [
        ({1: parties("Elm County Sherifrs Office (ECSO)"), 2: "x"}, "Elm", "doubt"),
        (
            {
                1: parties("Elm County Sherifrs Office (ECSO)"),
                7: "Elm County Sherriff",
            },
            "Elm County Sheriff's Office",
            "read",
        ),
        (
            {
                1: parties("E lm County Sheriff's Office {ECSO)", "Secmity"),
                3: "Elm County Sheriff",
            },
            "Elm County Sheriff's Office",
            "read",
        ),
        (
            {
                1: parties("____"),
                11: "This MOA is an agreement between ICE and the Oak Bureau of Investigation, hereinafter the agency.",
                14: "Oak Bureau of Investigation",
            },
            "Oak Bureau of Investigation",
            "read",
        ),
        (
            {
                1: parties("____"),
                14: "For the LEA: Ash Police Department Major Pat Example 12 Elm Street, Ash",
            },
            "Ash Police Department",
            "doubt",
        ),
        ({9: "Title: Attorney General of\nName: Office of Pat Example"}, None, "unread"),
    ],
    ids=["once", "again as its sheriff", "with slips", "in the complaint procedure", "without the person", "no title"],
)
def test_agency_is_read_where_two_places_print_it(texts: dict[int, str], name: str | None, certainty: str) -> None:
    agency, _ = agency_of(texts, {})
    assert agency.certainty == certainty
    assert agency.value == name or (certainty == "doubt" and name is not None and (agency.value or "").startswith(name))
    assert "Example" not in (agency.value or "")


def test_date_of_the_form_is_no_day_of_a_signature() -> None:
    over = "By signing this MOA, each party represents it is fully authorized to enter into this MOA."
    signing = f"{over}\n{{}}\nRevised 03/07/2025"
    first = f"{parties('Elm County Sheriff Office')}\nTask Force Model\nRevised 03/07/2025"
    one = read_texts("a.pdf", "0" * 64, [first, signing.format("Date: 03/21/2025\n03/07/2026")])
    assert (one.ice_signed.value, one.ice_signed.certainty, one.agency_signed.value) == ("2025-03-21", "doubt", None)
    both = read_texts("a.pdf", "0" * 64, [first, signing.format("Date: 03/21/2025\nDate: 03/18/2025")])
    assert (both.ice_signed.value, both.agency_signed.value) == ("2025-03-21", "2025-03-18")


@pytest.mark.parametrize(
    ("seen", "office"),
    [
        ("Title:Actng Directcr", ("Acting Director", True)),
        ("ActingDirector", ("Acting Director", True)),
        ("Chief of Police", ("Chief of Police", True)),
        ("A ting Director", ("Acting Director", False)),
        ("Sheriff Xyzzy", ("Sheriff", False)),
        ("Xyzzy", (None, False)),
    ],
)
def test_office_in_writing_has_all_of_its_words_or_is_a_doubt(seen: str, office: tuple[str | None, bool]) -> None:
    assert office_in_writing(seen) == office


def test_two_forms_without_a_date_are_distinguished_by_their_words() -> None:
    later = {1: "The LEA and ICE. " * 25}
    assert undated_of("WSO", later) == "2020-07"
    assert undated_of("WSO", {**later, 7: "Date: 07/23/2020"}) == "2020-07"
    assert undated_of("WSO", {**later, 7: "Date: March 3, 2025"}) is None
    assert undated_of("WSO", {1: "The ECSO and ICE."}) == "2019-20"
    assert undated_of("JEM", later) == "2020"
    assert undated_of(None, later) is None
    changes = compare_versions(version_named("WSO 2019-20"), version_named("WSO 2020-07"))
    assert any("in no case" in one.before and "generally" in one.after for one in changes)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("this 4th day of March, 2025", "2025-03-04"),
        ("4-Mar-25", "2025-03-04"),
        ("SEP - 9 2019", "2019-09-09"),
        ("2025-03-04", "2025-03-04"),
        ("2025/03/04", "2025-03-04"),
        ("2025-13-04", None),
        ("03042025", "2025-03-04"),
        ("13042025", None),
        ("11212025", None),
        ("Mar. 2025, Sgt. Bills 4", None),
    ],
)
def test_day_in_words_and_as_stamped_is_no_row_of_misread_digits(text: str, day: str | None) -> None:
    found = read_day(text)
    assert (str(found.day) if found else None) == day


def test_a_page_says_by_whose_text_its_functions_are() -> None:
    with TestClient(make_app(Site(None)), base_url="http://localhost") as client:
        own = client.get("/agency/ag-5sv4w1m?on=2026-05-08").text
        spanish = client.get("/es/agency/ag-5sv4w1m?on=2026-05-08").text
        form = client.get("/agency/ag-gkv4erw?on=2026-05-08").text
        mixed = client.get("/agency/ag-mnzqw0c?on=2026-05-08").text
        assumed = client.get("/es/agency/ag-gkv4erw?on=2026-05-08").text
    assert "template assumed: by the text of the model’s template" in form
    assert "where it was read; elsewhere template assumed" in mixed
    assert "con plantilla supuesta: según el texto de la plantilla" in assumed
    assert "by the text of the agency’s own agreement, which was read" in own
    assert "by the text of the model’s template" not in own
    assert "según el texto del acuerdo propio de la agencia, que se leyó" in spanish


RUNNING = {
    number: f"{'On this page are words of the form, which are its own. ' * number} The Elm County Sheriffs Office will "
    "notify ICE of them, and will keep what it is given, as the parties agree."
    for number in range(2, 6)
}
POOR = {
    number: f"The Elm County {office} will notify ICE of the words on page {number}."
    for number, office in enumerate(("Shcritrs Otlice", "Sherill's Ollicc", "Sheritrs Oflice", "Shcriff s Ollicc"), 2)
}
PRECINCT = "Elm County Constable Precinct 2"
PAGE = "This Memorandum of Agreement (MOA) constitutes an agreement between ICE and the ____________, pursuant to which"


@pytest.mark.parametrize(
    ("texts", "name", "certainty"),
    [
        (RUNNING | {1: parties("Elrn County Sheriffs Office")}, "Elm County Sheriff's Office", "read"),
        ({1: parties("Elm Creek PD, KY"), 2: "Elm Creek PD, KY 2", 3: "Elm Creek PD, KY 3", 4: "Elm Creek PD, KY"},
         "Elm Creek PD", "read"),
        ({1: parties("Elm City P.O."), 2: "x"}, "Elm City PD", "doubt"),
        ({1: parties("Elm County Sheriff’s Office") + " The LEA represents Elm County Sheriffs Office in the "
          "implementation and administration of this MOA.", 2: "x"}, "Elm County Sheriff's Office", "read"),
        ({1: parties("Elm County Sheriff’s Office"), 2: "x"}, "Elm County Sheriff's Office", "doubt"),
        ({1: f"{PAGE}\nElm Police Department (EPD) EPD\nEPD", 2: "x"}, "Elm Police Department", "read"),
        ({1: f"{PAGE}\nElm Police Department (XYZ)", 2: "x"}, "Elm Police Department", "doubt"),
        ({1: PAGE, 9: "For the LEA: Pat Example Assistant Chief of Police Elm Beach PD 18070 Elm Ave",
          14: "For the LEA: Pat Example/ Kim Example Chief of Police Elm Beach Police Department 18070 Elm Ave"},
         "Elm Beach PD", "read"),
        ({1: parties("Elm County Sheriff’s Office"), 6: "points of contact (POCs) are: For the LEA: Elm County "
          "UnderSheriff For DHS: ERO Field Office Director"}, "Elm County Sheriff's Office", "read"),
        ({1: parties(PRECINCT), **dict.fromkeys((2, 3, 4), PRECINCT)}, PRECINCT, "read"),
        ({1: parties("Elm County Marshal"), **{page: f"Elm County Marshal {page}" for page in (2, 3, 4)}},
         "Elm County Marshal", "read"),
        ({1: parties("____") + " The LEA represents Elmwood County, FL in the implementation of this MOA.",
          11: "COMPLAINT PROCEDURE Elmwood County Sheriff's Office This MOA is an agreement between ICE and the __"},
         "Elmwood County Sheriff's Office", "read"),
        ({1: parties("University Police Department"), 10: "For the LEA: Captain Kim Example University of Elm Police "
          "Department PH: 555.0100", 14: "For the LEA: Captain Pat Example, PIO University of Elm Police Department "
          "Ph: 555.0101"}, "University of Elm Police Department", "read"),
        (POOR | {1: parties("Elm County Shcritrs Otlice")}, "Elm County Sheriff's Office", "read"),
        ({number: f"The Elm County Recorder's Bureau will notify ICE of the words on page {number}."
          for number in range(2, 6)} | {1: parties("Elm County Rccordcrs Burcau")}, "Elm County Rccordcrs Burcau",
         "doubt"),
    ],
)  # fmt: skip
def test_an_agency_is_read_where_two_places_of_the_form_agree(texts: dict[int, str], name: str, certainty: str) -> None:
    agency, _ = agency_of(texts, {})
    assert (agency.value, agency.certainty) == (name, certainty)
    assert "Example" not in str(agency.value)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Coosa County Sheriff's Office, Sheriff", "Coosa County Sheriff's Office"),
        ("Coosa County Sheriff’s Department, Sheriff", "Coosa County Sheriff's Department"),
        ("Coosa County, Sheriff", "Coosa County Sheriff's Office"),
    ],
)
def test_a_point_of_contact_names_the_agency_and_not_its_office_twice(printed: str, expected: str) -> None:
    texts = {6: f"The points of contact are:\nFor the LEA: {printed}\nFor DHS: Dallas, Field Office Director\n"}
    agency, _ = agency_of(texts, {})
    assert agency.value == expected


@pytest.mark.parametrize(
    "name",
    [
        "Borough of Elm Police Department",
        "Town of Elm Police Department",
        "Village of North Elm Police Department",
        "Charter Township of Elm Police Department",
        "Incorporated Village of Elm Police Department",
        "City and County of Elm Sheriff's Department",
        "Elm County Probation Department",
        "Elm County Prosecutor's Office",
        "Elm County Detention Center",
        "Metropolitan Elm Police",
        "Elm Township Police",
        "Elm County Constable, Precinct 4",
    ],
)
@pytest.mark.parametrize("abbreviated", [False, True])
def test_an_agency_keeps_every_word_of_its_name(name: str, abbreviated: bool) -> None:
    who = name if not abbreviated else f"{name} (EX)"
    body = f"Officers of the {name} report to the supervisor. The {name} shall keep its records with the {name}."
    end = f"This MOA is an agreement between ICE and the {name}, hereinafter the agency."
    agency, _ = agency_of({1: parties(who), **dict.fromkeys(range(2, 8), body), 9: end}, {})
    assert (agency.value, agency.certainty) == (name, "read")


@pytest.mark.parametrize("behind", ["", " 7", " 12", "\t3"])
@pytest.mark.parametrize("printed", ["Rev 2/14/25", "Revised 02/14/2025", "Rev. 2/14/25"])
def test_the_number_of_the_page_is_no_part_of_the_date_of_the_form(printed: str, behind: str) -> None:
    texts = dict.fromkeys(range(1, 9), f"Elm County Sheriff's Office {printed}{behind}")
    found = version_of(texts, "WSO")
    assert (found.value, found.certainty) == ("02/14/2025", "read")


@pytest.mark.parametrize("printed", ["Rev 2/14/2", "Revised 02/1412 5", "Rev 12 7"])
def test_a_broken_date_of_a_form_is_not_completed_by_the_number_of_the_page(printed: str) -> None:
    assert version_of(dict.fromkeys(range(1, 9), printed), "WSO").value is None
