"""The Spanish pages: the catalog lacks nothing, every kind of page is in Spanish, days and numbers are as US Spanish
writes them, and what remains English says so."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from gettext import NullTranslations
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from benchmarks.spanish import share_of
from ledger287.charts.theme import text_width
from ledger287.core import declared
from ledger287.law.lawbook.book import shipped
from ledger287.sources.figures.reading import figures
from ledger287.web.edition.search import finder
from ledger287.web.edition.search_entries import letters
from ledger287.web.pages import KINDS
from ledger287.web.render import languages, words
from ledger287.web.render.addresses import address
from ledger287.web.render.law import law_words
from ledger287.web.render.law.law_words import law_in
from ledger287.web.server.app import make_app
from ledger287.web.server.site import Site
from sites import site_on

TODAY = date(2026, 5, 9)
STORY = (
    "As of 8 May 2026 ICE has signed 1,783 agreements in 39 states. Florida has 400 agencies. There were 635 "
    "agreements on 29 May 2025. A detainer asks for no more than 48 hours."
)
CASE = {
    "state": "NM",
    "model": "JEM",
    "booked": "2025-10-30T10:00",
    "detainer_received": "2025-11-01T09:00",
    "detainer_form": "I-247A",
    "charges_cleared": "2025-11-01T10:00",
    "hold_started": "2025-11-01T10:00",
    "released": "2025-11-07T10:00",
    "blank": "none",
}
CODES = re.compile(r"[\w-]+(, [\w-]+)*\.?")
"""Words that a program reads, which are the same in every language."""


class Lacking(NullTranslations):
    """Takes over where a catalog lacks a text, and records that text."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add(msgid1)
        return msgid1 if n == 1 else msgid2


@pytest.fixture(scope="module")
def lacking() -> Lacking:
    """What pages of this module looked up in the Spanish catalog and did not get."""
    behind = Lacking()
    languages.translations("es").add_fallback(behind)
    return behind


@pytest.fixture(scope="module")
def site() -> Site:
    return site_on(TODAY)


@pytest.fixture(scope="module")
def client(site: Site, lacking: Lacking) -> TestClient:
    return TestClient(make_app(site))


# -- the catalog ---------------------------------------------------------------------------------


def test_the_catalogue_lacks_nothing() -> None:
    assert [message.id for message in words.missing(words.read("es"))] == []


def test_the_catalogue_is_what_make_words_writes() -> None:
    assert words.path_of("es").read_bytes() == words.merged("es"), "run: make words"


def test_no_entry_is_guessed_or_left_over() -> None:
    catalog = words.read("es")
    assert [message.id for message in catalog if message.id and message.fuzzy] == []
    assert list(catalog.obsolete) == []


def test_translations_fill_in_the_same_places() -> None:
    assert [message.id for message in words.read("es") if message.id and words.fills_differ(message)] == []


def test_the_header_states_no_day_and_no_person() -> None:
    head = words.path_of("es").read_text(encoding="utf-8").partition("\n\n")[0]
    assert "es_US" in head
    for unwanted in ("Date", "Translator", "EMAIL", "PROJECT", "Generated"):
        assert unwanted not in head


def test_a_translation_stays_only_under_its_own_text() -> None:
    """A text that changes by a word is a new one, to be translated again."""
    old = words.read("es")
    told = {message.id for message in words.wanted_texts() if message.id}
    assert {message.id for message in old if message.id} == told
    assert "Task Force Model" in told
    assert "Federal reimbursement begins" in told


def test_texts_looked_up_by_value_are_each_there() -> None:
    found = words.texts_by_value()
    assert len(found) == len(set(found))
    spanish = languages.translations("es").gettext
    told = {text: spanish(text) for text in found}
    assert told["North Carolina"] == "Carolina del Norte"
    assert told["Jail Enforcement Model"] == "Modelo de aplicación de la ley migratoria en cárceles"
    assert told["county sheriff"] == "sheriff del condado"
    assert told["interrogate"] == "interrogar"


# -- the pages -------------------------------------------------------------------------------------


class Texts(HTMLParser):
    """What a page shows: each text with the language that it is marked with, and attributes that are read out."""

    VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
    READ_OUT = ("aria-label", "placeholder", "title", "alt")

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, str | None]] = []
        self.found: list[tuple[str, str]] = []
        self.root: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        lang = given.get("lang") or (self.stack[-1][1] if self.stack else None)
        if tag == "html":
            self.root = lang
        self.found += [(lang or "", text) for name in self.READ_OUT if (text := given.get(name))]
        if tag not in self.VOID:
            self.stack.append((tag, lang))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.stack and not {tag for tag, _ in self.stack} & {"script", "style", "code", "pre"}:
            self.found.append((self.stack[-1][1] or "", " ".join(data.split())))


def texts(html: str) -> Texts:
    """A page's texts."""
    read = Texts()
    read.feed(html)
    return read


ENGLISH = {
    form.strip(): " / ".join(translated)
    for message in words.read("es")
    if message.id
    for form in ((message.id,) if isinstance(message.id, str) else message.id)
    for translated in [(message.string,) if isinstance(message.string, str) else tuple(message.string or ())]
    if form not in translated
}
"""Each English text of the site that is another one in Spanish."""
TELLTALE = re.compile(r"\b(the|with|was|were|which|from|this|that|not|are|has|have|may|by|is|to|for)\b")
"""Words that no Spanish sentence and no name has."""


def left_over(html: str) -> Iterator[str]:
    """English texts of the site that a page shows as if they were Spanish."""
    page = texts(html)
    assert page.root == "es"
    for lang, text in page.found:
        if lang == "es" and len(text) > 12 and text in ENGLISH:
            yield text


@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_every_kind_of_page_is_in_spanish(client: TestClient, site: Site, name: str) -> None:
    kind = next(kind for kind in KINDS if kind.name == name)
    place = next(iter(kind.instances(site.edition)))
    answer = client.get(address(kind.pattern, place, lang="es"))
    assert answer.status_code == 200
    assert list(left_over(answer.text)) == []
    assert sentences(answer.text) == []


ENGLISH_LEFT = {"rule": 9}  # the English text of the rule, which governs
"""How many percent of the words of a kind's first page may be English sentences. This may only get smaller."""


@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_no_more_english_is_left_than_was_counted(client: TestClient, site: Site, name: str) -> None:
    kind = next(kind for kind in KINDS if kind.name == name)
    html = client.get(address(kind.pattern, next(iter(kind.instances(site.edition))), lang="es")).text
    found = share_of(name, iter([html]))
    assert found.share * 100 <= ENGLISH_LEFT.get(name, 1), (found.share, found.texts.most_common(20))


def test_english_is_counted_as_english() -> None:
    said = "The agency keeps data and gives them on request."
    found = share_of("any", iter([f"<p>{said}</p><p>La agencia guarda datos.</p><td>Lee County Sheriff's Office</td>"]))
    assert (found.english, list(found.texts)) == (9, [said])


def test_what_the_rules_say_is_in_spanish() -> None:
    """Every provision has a Spanish sentence for exactly its English; at most 3 in 100 may wait for one."""
    says = {one.says for one in shipped().provisions}
    missing = [text for text in says if law_in(text, "es") is None]
    assert len(missing) * 100 <= 3 * len(says), missing
    unused = [text for text in law_words.texts("es") if text not in says]
    assert unused == [], "the English of these has changed: translate them again"
    assert law_in("The law of the District of Columbia on holds for ICE was not checked.", "es") == (
        "Distrito de Columbia: no se comprobó su ley sobre retener a personas para ICE."
    )
    assert law_in("A sentence that no rule says.", "es") is None
    assert law_in("A sentence that no rule says.", "en") == "A sentence that no rule says."


def test_figures_and_corrections_are_in_spanish() -> None:
    """Each declared figure and each correction has a Spanish sentence for exactly its English, and no other is kept."""
    said = {text for one in figures() for text in (one.says, one.subject)}
    assert [text for text in said if law_in(text, "es") is None] == []
    named = {text for one in figures() for text in (one.by, one.source, one.note) if text}
    assert law_words.texts("es", "figures").keys() <= said | named
    describes = re.compile(r"\b(captured|counted|Appendix|Table|complaint|section|late)\b")
    assert [text for text in named if describes.search(text) and law_in(text, "es") is None] == []
    reasons = {text for one in declared.corrections() for text in (one.reason, one.source) if text}
    assert law_words.texts("es", "corrections").keys() == reasons
    assert [one.amount() for one in figures() if one.value is not None and law_in(one.amount(), "es") is None] == []


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("more than 7,310 arrests", "más de 7,310 arrestos"),
        ("Lee County Jail: WSO renewed in place of the one signed 2024-02-03", "Lee County Jail: WSO renovado, "
         "en lugar del firmado el 2024-02-03"),
        ("ICE prints no county; a sentence that is in no file", None),
        ("this agreement's own text was not read; template assumed, versions in use around Feb 3, 2024: A or B",
         "no se leyó el texto propio de este acuerdo; se suponen los formularios en uso hacia el 3 feb 2024: A o B"),
        ("no such city in the roster; ICE prints no county",
         "la lista del FBI no tiene esa ciudad; ICE no imprime ningún condado"),
    ],
)  # fmt: skip
def test_a_sentence_with_names_days_and_numbers_is_translated_by_its_pattern(english: str, spanish: str | None) -> None:
    assert law_in(english, "es") == spanish


def test_numbers_of_the_law_are_the_same_in_spanish() -> None:
    """A number, a form or a section that is in one language is in the other."""
    for english, spanish in (law_words.texts("es") | law_words.texts("es", "corrections")).items():
        marked = re.findall(r"\d[\d,.()-]*\d|\b\d+\b", english)
        assert [one for one in marked if one.strip(".,") not in spanish] == [], (english, spanish)


MORE = (
    "/es/state/FL",
    "/es/state/NM",
    "/es/county/12021",
    "/es/agency/ag-xmzr6yc",
    "/es/where/ag-xmzr6yc-tfm-2025-02-24",
    "/es/model/WSO",
    "/es/changes?by=state&since=2026-04-01",
    "/es/changes?by=kind&since=2026-04-01",
    "/es/compare?state=FL&state_b=TX",
    "/es/compare?list_a=participatingAgencies05082026am.xlsx&list_b=participatingAgencies05072026am.xlsx",
    "/es/search?q=nueva+york",
    "/es/search?q=qqqqq",
    "/es/rules?state=TX&diff=2025-01-01",
    "/es/rule/nm-hb-9",
    "/es/states?on=2025-08-14&known_on=2025-09-01",
    "/es/nada",
)


@pytest.mark.parametrize("path", MORE)
def test_more_pages_are_in_spanish(client: TestClient, path: str) -> None:
    html = client.get(path).text
    assert list(left_over(html)) == []
    assert sentences(html) == []


def sentences(html: str) -> list[str]:
    """Texts that are not marked as English and are an English sentence, by two words that no Spanish one has."""
    found = (text for lang, text in texts(html).found if lang == "es")
    return [text for text in found if len(TELLTALE.findall(text)) > 1]


def test_a_story_and_a_case_are_answered_in_spanish(client: TestClient) -> None:
    for path, given in (("/es/check", {"text": STORY}), ("/es/hold", CASE), ("/es/hold", {"state": "FL"})):
        answer = client.post(path, data=given)
        assert answer.status_code in (200, 422)
        assert list(left_over(answer.text)) == []
        assert sentences(answer.text) == []


def test_nothing_is_asked_of_the_catalogue_in_vain(client: TestClient, site: Site, lacking: Lacking) -> None:
    """No page hands a text to gettext that the catalog does not have."""
    firsts = (address(kind.pattern, next(iter(kind.instances(site.edition))), lang="es") for kind in KINDS)
    for path in (*firsts, *MORE, "/es/feeds/changes.atom", "/es/feeds/state/NY.atom"):
        assert client.get(path).status_code == (404 if path == "/es/nada" else 200)
    for path, given in (("/es/check", {"text": STORY}), ("/es/hold", CASE)):
        assert client.post(path, data=given).status_code == 200
    assert {text for text in lacking.asked if not CODES.fullmatch(text)} == set()


def test_law_that_is_quoted_says_that_the_english_counts(client: TestClient) -> None:
    for path in ("/es/rules", "/es/rule/ina-287-g-1", "/es/model/TFM", "/es/agency/ag-xmzr6yc", "/es/state/FL"):
        html = client.get(path).text
        assert re.search(r"\bprevalece el texto en inglés", html, re.IGNORECASE), path
        assert 'lang="en"' in html


# -- days, numbers, names --------------------------------------------------------------------------


def test_days_and_numbers_have_their_spanish_form(client: TestClient) -> None:
    shown = [text for _, text in texts(client.get("/es").text).found]
    assert any("8 de mayo de 2026" in text for text in shown)
    assert not any(re.search(r"\d (May|April) 20", text) for text in shown)
    assert "1,783 acuerdos de 1,497 agencias" in shown
    assert "Cambios en agosto de 2025" in client.get("/es/changes/2025-08").text


def test_axes_name_months_in_spanish(client: TestClient) -> None:
    assert ">abr</text>" in client.get("/es/agency/ag-8zwthaz").text
    assert ">Apr</text>" in client.get("/agency/ag-8zwthaz").text


def test_the_map_and_the_feed_of_the_timeline_are_in_spanish(client: TestClient) -> None:
    drawn = client.get("/es/map.svg?on=2025-08-20").text
    shown = re.findall(r"<text[^>]*>([^<]*)", drawn)
    assert shown[0] == "Dónde hay acuerdos 287(g) vigentes"
    assert shown[1].endswith("895 acuerdos de 740 agencias en 40 estados")
    assert (
        share_of("map", iter([f"<p>{text}</p>" for text in (*shown, drawn.partition("<desc")[2][:400])])).english == 0
    )
    assert 'src="/es/map.svg"' in client.get("/es").text
    feed = client.get("/es/feeds/timeline.atom").text
    assert "1,514 oficiales con 78 acuerdos en 2018" in feed
    assert client.get("/feeds/timeline.atom").text.count("<entry>") == feed.count("<entry>")


def test_one_and_many_are_told_apart(client: TestClient) -> None:
    spanish = languages.translations("es")
    assert spanish.ngettext("{n} county", "{n} counties", 1) == "{n} condado"
    assert spanish.ngettext("{n} county", "{n} counties", 2) == "{n} condados"


def test_states_stand_in_the_order_of_their_spanish_names(client: TestClient) -> None:
    options = re.findall(r'<option value="[A-Z]{2}">([^<]+)</option>', client.get("/es/hold").text)
    names = [name for name in options if name in {"Carolina del Norte", "Dakota del Sur", "Nueva York", "Oregón"}]
    assert names == ["Carolina del Norte", "Dakota del Sur", "Nueva York", "Oregón"]
    assert options.index("Wyoming") < options.index("Guam")
    assert Counter(options).most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Nueva York", "NY"), ("carolina del norte", "NC"), ("misisipi", "MS"), ("Hawái", "HI"), ("New York", "NY")],
)
def test_a_state_is_found_by_its_spanish_name(client: TestClient, typed: str, code: str) -> None:
    first = client.get("/search.json", params={"q": typed}).json()["results"][0]
    assert (first["kind"], first["id"]) == ("state", code)


@pytest.mark.parametrize(
    ("typed", "kind", "name", "state"),
    [
        ("condado de Collier", "county", "Collier County", "FL"),
        ("condado Collier", "county", "Collier County", "FL"),
        ("condado de Miami-Dade", "county", "Miami-Dade County", "FL"),
        ("parroquia de Bossier", "county", "Bossier Parish", "LA"),
        ("ciudad de Miami", "city", "Miami", "FL"),
        ("alguacil del condado de Hillsborough", "agency", "Hillsborough County Sheriff's Office", "FL"),
        ("oficina del alguacil de Lee, Florida", "agency", "Lee County Sheriff's Office", "FL"),
        ("sheriff de Union en Carolina del Norte", "agency", "Union County Sheriff's Office", "NC"),
        ("policía de Miami", "agency", "City of Miami Police Department", "FL"),
        ("departamento de policía de Tampa", "agency", "Tampa Police Department", "FL"),
        ("cárcel del condado de Collier", "county", "Collier County", "FL"),
    ],
)
def test_a_search_takes_spanish(client: TestClient, typed: str, kind: str, name: str, state: str) -> None:
    first = client.get("/search.json", params={"q": typed}).json()["results"][0]
    assert (first["kind"], first["name"], first["state"]) == (kind, name, state)


def test_spanish_words_without_a_name_find_nothing_of_their_own(client: TestClient) -> None:
    for typed in ("condado", "alguacil de", "policia xyzzyplugh"):
        assert client.get("/search.json", params={"q": typed}).status_code == 200
    assert client.get("/search.json", params={"q": "alguacil de Xyzzyplugh"}).json()["results"] == []


def test_a_spanish_state_behind_a_name_narrows_it(site: Site) -> None:
    hits = finder(site.edition).find("naples nueva york")
    assert {hit.entry.state for hit in hits} == {"NY"}


def test_no_spanish_name_stands_for_two_states(site: Site) -> None:
    spanish = languages.translations("es").gettext
    told = Counter(letters(spanish(name)) for name in site.edition.state_names.values())
    assert told.most_common(1)[0][1] == 1


def test_both_languages_lead_to_each_other(client: TestClient) -> None:
    assert 'hreflang="en" href="/state/FL"' in client.get("/es/state/FL").text
    assert 'hreflang="es" href="/es/state/FL"' in client.get("/state/FL").text


def test_two_versions_of_a_text_are_joined_in_spanish(client: TestClient) -> None:
    page = client.get("/es/model/WSO").text
    assert re.search(r"\bWSO [\w/-]+ o WSO ", page) and not re.search(r"\bWSO [\w/-]+ or WSO ", page)
    assert "Órdenes administrativas de arresto en la cárcel (WSO)" in client.get("/es/").text


@pytest.mark.parametrize("path", ["/", "/es/", "/state/FL"])
def test_no_label_of_an_event_runs_across_the_line_of_another(client: TestClient, path: str) -> None:
    """The widths are those of the typeface that the pages use."""
    page = client.get(path).text
    chart = page[page.index('class="wide"') : page.index('class="narrow"')]
    lines = [float(x) for x in re.findall(r'<g class="event"><title>[^<]*</title><path d="M([\d.]+) ', chart)]
    labels = re.findall(r'<text class="said" x="([\d.]+)" y="([\d.]+)">([^<]*)<', chart)
    assert len(lines) == len(labels) == 3
    for own, (start, _, said) in zip(lines, labels, strict=True):
        inside = [x for x in lines if x != own and float(start) < x < float(start) + text_width(said, 12)]
        assert not inside, said


def test_a_table_of_many_columns_is_set_close(client: TestClient) -> None:
    assert 'class="numbers sortable close stack"' in client.get("/answers/shares").text
    assert "sortable close" not in client.get("/answers/growth").text


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        ("ga-holds-not-checked", "Georgia, ley sobre retenciones (no comprobada)"),
        ("nj-eo-2026-02", "Orden ejecutiva de Nueva Jersey de febrero de 2026 (no se vio su número)"),
        ("moa-media", "acuerdos JEM, WSO y TFM"),
    ],
)
def test_the_title_of_a_rule_is_in_spanish(client: TestClient, rule: str, title: str) -> None:
    """What it is cited by, where that is not a name; cases and statutes keep their names."""
    page = client.get(f"/es/rule/{rule}").text
    assert title.casefold() in page.partition("<title>")[2].partition("</title>")[0].casefold()
