"""Answers of Spanish pages are Spanish: stories checked, holds answered, errors, feeds and calendars.

What has no Spanish is shown in English and marked so; these tests count it, and list it where there is more than a
little. New sentences of the checker go to ``web/render/languages/checking.es.yml`` (and ``measures.es.yml``).
"""

import ast
import html as html_lib
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient

from benchmarks.spanish import english_words, read_page
from ledger287.core import declared
from ledger287.custody.case.vocabulary import codes, events
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.measures.measures import measures
from ledger287.factcheck.verdicts.withheld.unsettled import constructions
from ledger287.law.lawbook.book import shipped
from ledger287.law.lawbook.zones import zones_of
from ledger287.web.edition.edition import Edition, open_edition
from ledger287.web.forms.holding import CODES, HoldAnswer, hold_answer
from ledger287.web.forms.stories import Examined
from ledger287.web.pages import KINDS
from ledger287.web.pages.check import answered
from ledger287.web.pages.law import hold as hold_page
from ledger287.web.render import languages
from ledger287.web.render.law import law_places, law_words
from ledger287.web.render.law.law_words import law_in
from ledger287.web.render.rendering import html
from ledger287.web.server.app import make_app
from ledger287.web.server.query import read_query
from ledger287.web.server.workers.child import answer
from sites import site_on

TODAY = date(2026, 5, 9)
SETS = ("claim_blind_es_2.yml",)
DATA = Path(__file__).parent.parent / "benchmarks" / "data"
MOST = 0.01
"""The share of the words of answers that may be English."""
BY_NAME = {kind.name: kind for kind in KINDS}


class Answers(HTMLParser):
    """The texts of a checked story's findings: Spanish ones, and those that are marked as English."""

    VOID = frozenset({"input", "br", "img", "link", "meta", "hr", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, bool, str | None]] = []
        self.spanish: list[str] = []
        self.english: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.VOID:
            return
        given = dict(attrs)
        _, inside, lang = self.stack[-1] if self.stack else ("", False, None)
        inside = inside or "finding" in str(given.get("class"))
        if tag in ("q", "code", "a"):
            inside = False  # the story's own words, a sha256, the name of a list
        self.stack.append((tag, inside, given.get("lang") or lang))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.stack and self.stack[-1][1]:
            (self.english if self.stack[-1][2] == "en" else self.spanish).append(" ".join(data.split()))


@pytest.fixture(scope="module")
def edition() -> Edition:
    return open_edition(None)


@pytest.fixture(scope="module")
def checker(edition: Edition) -> Checker:
    return Checker(edition.atlas)


def page_of(story: str, day: str | None, checker: Checker, edition: Edition) -> str:
    """A story as the Spanish page answers it."""
    reply: Mapping[str, Any] = answer(checker, {"name": "nota.txt", "date": day}, story.encode())
    page = answered(Examined(reply["answer"], tuple(reply["blocks"]), tuple(reply["correctable"])))
    return html("check.html", BY_NAME["check"], page, read_query("es", {}, TODAY), edition, {}, BY_NAME)


def stories() -> Iterator[tuple[str, str | None]]:
    for name in SETS:
        for one in declared.read_yaml((DATA / name).read_text(encoding="utf-8")):
            yield one["sentence"], str(one["date"]) if one.get("date") else None


def test_answers_to_spanish_stories_are_in_spanish(checker: Checker, edition: Edition) -> None:
    found: Counter[str] = Counter()
    words = 0
    for story, day in stories():
        read = Answers()
        read.feed(page_of(story, day, checker, edition))
        words += sum(len(text.split()) for text in (*read.spanish, *read.english))
        found.update(read.english)
        found.update(text for text in read.spanish if english_words(re.sub("“[^”]*”", "", text)))
    left = sum(len(text.split()) * many for text, many in found.items())
    assert words > 5_000
    assert left <= MOST * words, "\n".join(f"{many} × {text}" for text, many in found.most_common(40))


def test_each_measure_is_said_in_spanish() -> None:
    """Every declared measure, of a state and of a model, about and exactly, on a day and over days."""
    own = set(declared.read_yaml(law_words.read("measures")))
    assert own == set(measures())
    missing = [
        text
        for one in measures().values()
        for value, units in (("1", one.one), ("about 320", one.many), ("3rd", one.many))
        for days in ("on Mar 6, 2026", "from Apr 30, 2026 to May 8, 2026")
        for place in ("nationwide", "in Texas and Florida", "in Volusia County, Florida", "outside Georgia")
        if (value == "3rd") == one.evaluator.startswith("rank")
        and law_in(text := _sentence(one.sentence, value, units, days, place), "es") is None
    ]
    assert missing == []


def _sentence(template: str, value: str, units: str, days: str, place: str) -> str:
    return template.format(
        value=value, units=units, days=days, place=place, model=" under the Task Force Model", were="were",
        scope="in Texas under the Task Force Model", kind="sheriff's offices", name="Ohio", against="Idaho",
        rival="the Jail Enforcement Model" if "under {rival}" in template else "state agencies",
    )  # fmt: skip


def test_each_declared_reading_and_meaning_is_in_spanish() -> None:
    rows = declared.declared_yaml("factcheck/readings.yml")
    terms = {row["if"] for units in rows.values() for found in units.values() for row in found if "if" in row}
    meanings = {row["meaning"] for row in declared.declared_yaml("factcheck/stated.yml")}
    qualities = declared.declared_yaml("factcheck/outcomes.yml")["qualities"].values()
    others = {text for row in qualities for text in row.get("others", {}).values()}
    assert len(terms) > 20 and len(meanings) > 20
    assert [text for text in sorted(terms | meanings | others) if law_in(text, "es") is None] == []


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("320 agreements were in force in Texas on Mar 6, 2026",
         "320 acuerdos estaban vigentes en Texas el 6 de marzo de 2026"),
        ("1 agreement was in force in the District of Columbia on Mar 6, 2026",
         "1 acuerdo estaba vigente en el Distrito de Columbia el 6 de marzo de 2026"),
        ("no agencies held an agreement in Georgia and Idaho from Feb 27, 2026 to Mar 6, 2026",
         "ninguna agencia tenía un acuerdo en Georgia e Idaho del 27 de febrero al 6 de marzo de 2026"),
        ("2 agencies that ICE lists as state held an agreement in Lee County and Polk County, Florida on May 8, 2026",
         "2 agencias que la lista de ICE da como estatales tenían un acuerdo en los condados de Lee y Polk, Florida, "
         "el 8 de mayo de 2026"),
        ("nearly 60.0% of all agreements were under the Task Force Model from Dec 30, 2025 to Jan 6, 2026",
         "casi el 60.0% de todos los acuerdos era del modelo de fuerza de tarea (TFM) del 30 de diciembre de 2025 al "
         "6 de enero de 2026"),
        ("more than 12 pending applications were on ICE's pending list nationwide on Feb 17, 2026",
         "más de 12 solicitudes pendientes figuraban en la lista de pendientes de ICE en todo el país el 17 de febrero "
         "de 2026"),
        ("Ohio had 3 fewer agreements than Idaho on May 8, 2026",
         "Ohio tenía 3 acuerdos menos que Idaho el 8 de mayo de 2026"),
        ("Wyoming ranked 12th by agencies with an agreement on May 8, 2026",
         "Wyoming ocupaba el lugar 12 por agencias con un acuerdo el 8 de mayo de 2026"),
        ("right on Aug 1, 2025 to Aug 28, 2025; Oct 3, 2025, not on the article's day, when the record gives 379.",
         "correcto del 1 al 28 de agosto de 2025; el 3 de octubre de 2025, no el día del artículo, cuando el registro "
         "da 379."),
        ("the figure fits (the record gives 2); not checked in the sentence: “hoy”, “ya” and 3 more.",
         "la cifra concuerda (el registro da 2); no se comprobó en la oración: “hoy”, “ya” y 3 más."),
        ("Ajax Police Department (OH): WSO; no signing under JEM then.",
         "Ajax Police Department (OH): WSO; ninguna firma según JEM entonces."),
        ("Ajax Police Department (OH): TFM, signed TFM on May 1, 2025, WSO on May 2, 2025; no signing then.",
         "Ajax Police Department (OH): TFM; firmó TFM el 1 de mayo de 2025, WSO el 2 de mayo de 2025; ninguna firma "
         "entonces."),
        ("the record gives 2. no agency named Ajax Police Department was on any list of the record; it may be listed "
         "under another name.",
         "el registro da 2. Ninguna agencia llamada Ajax Police Department figuró en las listas del registro; puede "
         "figurar con otro nombre."),
        ("the record gives 2. A sentence that is in no file.", None),
    ],
)  # fmt: skip
def test_sentences_of_the_checker_are_made_of_their_parts(english: str, spanish: str | None) -> None:
    assert law_in(english, "es") == spanish


def test_every_place_of_a_pattern_is_one_that_can_be_filled() -> None:
    """A place of the translation is one of the English, and a kind of place is spelled as it is declared."""
    known = law_places.kinds() | {"text", "texts", "state", "counted", "day", "by", "forms", "sourcelines", "pct"}
    for one in law_words.sentences():
        own = set(law_words.FILL.findall(one.spanish))
        assert own <= set(law_words.FILL.findall(one.english)), one
        if one.typed:
            assert {kind for kind, _ in law_words.FILL.findall(one.english)} <= known, one


# -- a hold -----------------------------------------------------------------------------------------

STARTS = ("2012-06-01T10:00", "2017-01-19T08:00", "2021-01-19T08:00", "2024-12-23T10:00", "2025-07-03T10:00",
          "2026-01-19T23:00")  # fmt: skip
"""Before the calendars and forms of today, around Inauguration Day, before closures by order, around holidays."""


def holds() -> Iterator[dict[str, str]]:
    """Cases of each state and territory: some events in any order, with every code; and a plain one in its order."""
    chance = random.Random(287)
    for code in (*declared.states(), *declared.territories()):
        for start in STARTS:
            place = {"state": code.code, "zone": zones_of(code.code)[0], "charges_cleared": start}
            yield place | {
                **{event: _at(start, chance.randint(-20, 90)) for event in events() if chance.random() < 1 / 2},
                **{field: chance.choice((*codes(field), "")) for field in CODES},
                "charges_cleared": start,
            }
            yield place | {
                "booked": _at(start, -30), "detainer_received": _at(start, -3), "hold_started": start,
                "released": _at(start, chance.choice((5, 47, 49, 90))), "blank": chance.choice(("", "none")),
                "detainer_form": chance.choice(codes("detainer_form")), "model": chance.choice(codes("model")),
                "citizenship_claimed": _at(start, -2), "complaint_filed": _at(start, -1),
            }  # fmt: skip


def _at(start: str, hours: int) -> str:
    return (datetime.fromisoformat(start) + timedelta(hours=hours)).isoformat()[:16]


def said_of(found: HoldAnswer) -> Iterator[str]:
    """Every sentence that the page has of an answer."""
    if found.clock:
        yield found.clock.why
        yield from (one.note for one in found.clock.clocks)
        yield from (one.says for one in found.clock.deadlines)
    for problem in found.problems:
        yield from (problem.expected, problem.found)
    yield from found.notes
    yield from found.nothing_found
    yield from (says for says, _ in found.not_looked_at)
    for one in found.duties:
        yield from (one.says, one.settled_by)


def test_answers_to_holds_are_in_spanish() -> None:
    said = {text for given in holds() for text in said_of(hold_answer(given))}
    assert len(said) > 60
    assert [text for text in sorted(said) if text and law_in(text, "es") is None] == []


def test_calendar_entries_of_a_hold_are_in_spanish() -> None:
    given = {
        "state": "FL", "zone": "America/New_York", "model": "JEM", "charges_cleared": "2025-07-03T10:00",
        "detainer_received": "2025-07-02T09:00", "detainer_form": "I-247A", "citizenship_claimed": "2025-07-02T11:00",
        "complaint_filed": "2025-07-02T12:00",
    }  # fmt: skip
    text = re.sub(r"\r?\n ", "", hold_page.calendar(given, "es") or "")
    titles = re.findall(r"^(?:SUMMARY|DESCRIPTION):(.*)$", text, re.MULTILINE)
    assert len(titles) > 6
    assert all(one.startswith(("La retención", "A más tardar", "Norma")) for one in titles), titles
    assert [one for one in titles if english_words(one)] == []
    assert "SUMMARY:Hold must have ended" in (hold_page.calendar(given) or "")


# -- what cannot be answered ------------------------------------------------------------------------

WRONG = (
    "/es/changes?county=zz", "/es/changes?county=Springfield", "/es/changes?county=Colier,+FL",
    "/es/changes?county=St+P,+FL",
    "/es/timeline?agency=nobody", "/es/timeline?agency=Lee+County+Sheriff%27s+Office", "/es/timeline?agency=TBI",
    "/es/timeline?agency=NYPD", "/es/timeline?agency=LCSO", "/es/timeline?agency=Okaloosa+County",
    "/es/timeline?agency=Florida+State&state=TX", "/es/timeline?agency=Hialeah+Police+Department&state=TX",
    "/es/changes/2026-13", "/es/rules?diff=2026-02-01&on=2026-01-01", "/es?on=9999-12-31",
    "/es/chart/outcomes.svg?chart=9",
    "/es/nada", "/es/state/ZZ", "/es/state/Texs", "/es/county/99999", "/es/county/xx", "/es/agency/none", "/es/model/Q",
    "/es/model/TTFM",
    "/es/rule/none", "/es/list/none", "/es/where/none", "/es/lists/2020-13", "/es/answers/none",
    "/es/states?on=2025-13-40", "/es/states?on=1990-01-01", "/es/states?known_on=x", "/es/states?foo=1", "/es/?foo=2",
    "/es/changes?since=2026-05-01&until=2026-01-01", "/es/changes?kind=zz", "/es/changes?by=zz", "/es/timeline?kind=zz",
    "/es/compare?list_a=x&list_b=y", "/es/outcomes/state/ZZ", "/es/outcomes/county/99999", "/es/rules?diff=x",
    "/es/feeds/changes.atom?foo=1", "/es/feeds/changes.atom?archive=x", "/es/feeds/state/ZZ.atom", "/es/map.svg?on=x",
    "/es/map.svg?foo=1", "/es/" + "x" * 9000,
)  # fmt: skip


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(make_app(site_on(TODAY)))


@pytest.mark.parametrize("path", WRONG)
def test_errors_are_in_spanish(client: TestClient, path: str) -> None:
    answered_ = client.get(path)
    assert answered_.status_code in (400, 404, 414)
    found = [re.sub("«[^»]*»", "", text) for text in read_page(answered_.text).found]
    assert [text for text in found if english_words(text)] == []
    assert 'class="dek"><span lang="en">' not in answered_.text
    assert "expected" not in answered_.text and "Expected" not in answered_.text


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("/es/state/FL", {"data": {"a": "b"}}, 405),
        ("/es/check", {"content": b"x", "headers": {"content-type": "application/json"}}, 400),
        ("/es/check", {"data": {"text": "hola", "date": "nunca"}}, 400),
        ("/es/check", {"data": {"text": "Le programme 287(g) est un accord. " * 20}}, 422),
        ("/es/check", {"files": {"file": ("a.pdf", b"%PDF-1.4 nada")}}, 422),
        ("/es/hold", {"data": {"state": "KY", "charges_cleared": "2025-03-09T02:30"}}, 422),
    ],
)
def test_forms_that_are_not_answered_say_so_in_spanish(
    client: TestClient, path: str, given: dict[str, Any], status: int
) -> None:
    answered_ = client.post(path, **given)
    assert answered_.status_code == status
    assert [text for text in read_page(answered_.text).found if english_words(text)] == []


@pytest.mark.parametrize("path", ["/es/feeds/changes.atom", "/es/feeds/county/12021.atom", "/es/map.svg"])
def test_feeds_and_the_map_picture_are_in_spanish(client: TestClient, path: str) -> None:
    texts = [text for text in re.findall(r">([^<]+)<", client.get(path).text) if text.strip()]
    assert len(texts) > 20
    assert [text for text in texts if english_words(html_lib.unescape(text))] == []


def test_why_an_agency_has_its_place_is_in_spanish(edition: Edition) -> None:
    """Every reason of every agency, the decisions of a person too; names of roster rows stay as they are."""
    english = re.compile(r"(?<!-)\b(the|names|decided|whose|which|neither|not in)\b(?!-)")
    reasons = {one.evidence for one in edition.atlas.jurisdiction_of.values()}
    assert len(reasons) > 1_000
    said = {reason: law_in(reason, "es") for reason in reasons}
    assert [reason for reason, spanish in said.items() if not spanish or english.search(spanish)] == []


def test_a_former_county_is_explained_in_spanish(client: TestClient) -> None:
    page = client.get("/es/county/46113").text
    assert "es ahora 46102 Oglala Lakota County (desde 2015): cambió su nombre" in page
    assert " is now " not in page


def test_statewide_agencies_of_a_county_without_a_local_one(client: TestClient) -> None:
    assert "Sí lo tienen 3 agencias estatales" in client.get("/es/county/46113").text
    assert "También los tienen 12 agencias estatales" in client.get("/es/county/12021").text
    assert "3 statewide agencies do." in client.get("/county/46113").text


def test_places_on_the_map_picture_have_spanish_names(client: TestClient) -> None:
    drawn = client.get("/es/map.svg").text
    assert "Samoa Americana" in drawn
    assert "American Samoa" not in drawn
    assert "Carolina del Sur. South Carolina Law" not in drawn
    assert "<title>Carolina del Sur. " in drawn


def test_the_map_of_a_state_is_in_spanish_as_picture_and_as_file(client: TestClient) -> None:
    drawn = client.get("/es/map/state/GA.svg?on=2025-08-14").text
    assert "Dónde hay acuerdos 287(g) vigentes: Georgia" in drawn
    assert re.search(r"\d+ acuerdos de \d+ agencias<", drawn)
    assert (
        "acuerdo de agencias estatales: Georgia Department of" in drawn or "acuerdos de agencias estatales: " in drawn
    )
    assert not re.search(r"agreements? of|Where |Jail only|Source: ", drawn)
    page = client.get("/es/state/GA?on=2025-08-14").text
    assert 'href="/es/map/state/GA.svg?on=2025-08-14"' in page and 'href="/es/map/state/GA.png"' in page
    assert 'href="/es/map.png"' in client.get("/es/map").text
    assert client.get("/es/map/state/GA.png").content[:4] == b"\x89PNG"


ENGLISH_MONTH = re.compile(r"\b(January|February|March|April|June|July|August|September|October|November|December)\b")


def test_values_and_units_of_rules_are_in_spanish(client: TestClient) -> None:
    for provision in shipped().provisions:
        if not provision.parameters:
            continue
        table = client.get(f"/es/rule/{provision.id}").text.partition("<tbody>")[2].partition("</tbody>")[0]
        left = re.findall(r'<td>[^<]*<span lang="en">([^<]*)</span>', table)
        assert not [text for text in left if re.search(r"\b[a-z]{3}", text) and "-" not in text], provision.id
        source = law_in(provision.source, "es") or provision.source
        citation = law_in(provision.citation, "es") or provision.citation
        assert not re.search(r"\b(the|which|account|accounts|by|from|as|texts?)\b", source), provision.id
        assert not ENGLISH_MONTH.search(f"{source} {citation}"), provision.id
    assert "48 horas" in client.get("/es/rule/jem-hold").text
    assert "48 hours" in client.get("/rule/jem-hold").text
    assert "<td>1 hour</td>" in client.get("/rule/jem-citizenship-claim").text


@pytest.mark.parametrize("left", sorted({one.open for one in constructions()}))
def test_what_a_construction_leaves_open_is_said_in_spanish(left: str) -> None:
    found = law_in(f"the sentence leaves open {left}. As it was read: the record gives 124.", "es")
    assert found is not None
    assert left not in found and found.endswith("el registro da 124.")


WARRANT = re.compile(r"\b(?:warrants?|Warrants?)\b")
BARE = re.compile(
    r"\b[oó]rden(?:es)?\b"
    r"(?! (?:administrativas?|judicial(?:es)?|migratorias?|final|de (?:arresto|deportación|un juez)))"
)
"""An order of any kind: newspapers always tell a judge's warrant from the one that ICE signs."""
AS_ONE = "El oficial que ejecutó la orden o retuvo", "orden ejecutada o persona retenida por un oficial"
"""Where the act is named, not the paper."""


def _said_in_spanish() -> Iterator[tuple[str, str]]:
    """Every English text of the site that has a Spanish one, and that one."""
    for key, spanish in languages.translations("es")._catalog.items():
        yield (key[0] if isinstance(key, tuple) else key), spanish
    folder = Path(languages.__file__).parent / "languages"
    for path in sorted(folder.glob("*.es.yml")):
        yield from _pairs(yaml.safe_load(path.read_text(encoding="utf-8")))


def _pairs(found: Any) -> Iterator[tuple[str, str]]:
    if isinstance(found, dict):
        if isinstance(found.get("en"), str) and isinstance(found.get("es"), str):
            yield found["en"], found["es"]
        for inner in found.values():
            yield from _pairs(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from _pairs(inner)


def test_a_warrant_is_never_a_bare_order() -> None:
    found = [(english, spanish) for english, spanish in _said_in_spanish() if WARRANT.search(english)]
    assert len(found) > 50
    assert not [spanish for _, spanish in found if BARE.search(spanish) and not spanish.startswith(AS_ONE)]


def test_holding_is_not_arresting_and_leaving_the_list_has_one_word() -> None:
    found = [spanish for _, spanish in _said_in_spanish()]
    assert len(found) > 3000
    assert not [text for text in found if re.search(r"\b(?:nómina|expulsi[oó]n|expulsad[oa]s?|ausente de la)\b", text)]
    assert not [text for text in found if re.search(r"agencias? de todo el estado", text)]
    assert not [text for text in found if re.search(r"\bdetener\b[^.]*\bretención", text)]


def _handed_to_gettext() -> Iterator[tuple[str, str]]:
    """Every text that the code of the site hands to gettext, with its file."""
    package = Path(languages.__file__).parents[2]
    for path in sorted((package / "web").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("gettext", "_", "N_") and isinstance(node.args[0].value, str):
                    yield path.name, node.args[0].value


def test_each_text_of_the_code_is_in_the_catalog() -> None:
    """A text inside of an f-string is not collected, and stayed English in silence: titles of corrections."""
    found = list(_handed_to_gettext())
    assert len(found) > 100
    words = languages.translations("es")
    names = {*(code.name for code in declared.states()), *(code.name for code in declared.territories())}
    assert not [(path, text) for path, text in found if text and text not in names and text not in words._catalog]


def test_titles_and_cells_of_corrections_are_spanish_in_feeds(client: TestClient) -> None:
    feed = client.get("/es/feeds/changes.atom?kind=corrected").text
    assert "<title>Corrección: " in feed and "Correction: " not in feed
    assert re.search(r"\. (?:Firmado|Agencia|Documento|Tipo|Condado|Adenda): ", feed)
    assert not re.search(r"\. (?:signed|agency|moa|type|county|addendum): ", feed)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/es/county/12021", "<h1>Condado de Collier, Florida</h1>"),
        ("/es/county/22071", "<h1>Parroquia de Orleans, Luisiana</h1>"),
        ("/es/county/51760", "<h1>Ciudad de Richmond, Virginia</h1>"),
        ("/es/agency/ag-xmzr6yc", ">condado de Collier</a>"),
        ("/es/search?q=collier", ">Condado de Collier</a>"),
        ("/es/state/FL", "<title>Condado de Collier. "),
        ("/es/answers/ranks?of=county", ">Condado de "),
        ("/es/outcomes/county/12021", "en el condado de Collier"),
        ("/es/outcomes/county/22071", "en la parroquia de Orleans"),
        ("/es/county/12021", "Mapa con el condado de Collier"),
        ("/es/feeds/county/12021.atom", "condado de Collier, FL"),
        ("/es/map.svg", "<title>Condado de Maricopa, Arizona. "),
        ("/es/changes?county=12021", "condado de Collier"),
    ],
)
def test_counties_have_spanish_names(client: TestClient, path: str, says: str) -> None:
    page = client.get(path).text
    assert says in page
    bare = re.sub(r'(?s)<script.*?</script>|<(\w+)[^>]* lang="en".*?</\1>|<a[^>]*/agency/.*?</a>', " ", page)
    assert not re.search(r"(?<!, )\b(?:Collier|Maricopa|Orleans) (?:County|Parish)[,.<]", bare)


def test_charts_and_the_map_can_be_shown_on_another_site() -> None:
    with TestClient(make_app(site_on(TODAY, "https://record.example"), watch=False)) as opened:
        for path, picture in (
            ("/map", "/map.svg"),
            ("/answers/growth", "/chart/growth.svg"),
            ("/answers/growth?state=FL", "/chart/state/FL.svg"),
            ("/answers/growth?model=TFM", "/chart/model/TFM.svg"),
            ("/es/map", "/es/map.svg"),
            ("/state/FL", "/chart/state/FL.svg"),
        ):
            page = opened.get(path).text
            assert f"&lt;img src=&#34;https://record.example{picture}" in page or (
                f'&lt;img src="https://record.example{picture}' in page
            ), path
            assert opened.get(picture).status_code == 200
            for form in re.findall(r'href="([^"]*\.png)"', page):
                assert opened.get(form).status_code == 200, form


@pytest.mark.parametrize(
    ("agency", "says"),
    [("ag-7fqcqjp", "omite «ICE will provide the LEA"), ("ag-5sv4w1m", "añade «and will be effective")],
)
def test_what_an_own_document_changes_is_said_in_spanish(client: TestClient, agency: str, says: str) -> None:
    page = html_lib.unescape(client.get(f"/es/agency/{agency}").text)
    assert says in page
    assert "it differs from its form" not in page
