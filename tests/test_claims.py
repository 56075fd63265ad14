"""The claim checker: synthetic sentences with their verdicts, properties, bad input, the command."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ledger287
from commands import Done, run_command
from drawing import draws
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.measures.evaluating import everywhere
from ledger287.factcheck.measures.index import Scope
from ledger287.factcheck.measures.measures import Reading, measures
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.parse.numbers import words_value
from ledger287.factcheck.report import as_fragment, as_html, as_text
from ledger287.factcheck.text.cleaning import MOST_BYTES, read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.verdicts.answers import Answer, Checked, as_json

HERE = Path(__file__).parent
CASES = [
    (path.stem, case)
    for path in sorted((HERE / "articles").glob("*.yml"))
    for case in declared.read_yaml(path.read_text(encoding="utf-8"))
]
AGAINST = ("contradicted", "arithmetic_fails", "figure_fits", "cannot_tell", "not_in_record", "was_true", "became_true")


def check(checker: Checker, text: str, day: str | None = None, name: str = "made up") -> Checked:
    return checker.check(read_article(text.encode(), name, month_or_day(day) if day else None))


def has(answer: Answer, value: float | None) -> bool:
    figure = answer.claim.figure
    if value is None or figure is None:
        return value is None and figure is None
    return abs(figure.value - value) < 0.05 + 1e-4 * value


def senses(answer: Answer) -> tuple[str, ...]:
    """The words by which a case may name the claim of an answer."""
    claim = answer.claim
    return (claim.sense, f"kind:{claim.kind}", claim.topic)


def found(answers: tuple[Answer, ...], value: float | None, measure: str) -> list[Answer]:
    """The answers on a figure of a test, those of its measure first."""
    same = [one for one in answers if has(one, value)]
    return sorted(same, key=lambda one: one.measure != measure and measure not in senses(one))


# -- the sentences written for the tests -------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "case"), CASES, ids=lambda value: value["text"][:60] if isinstance(value, dict) else value
)
def test_made_up_sentences(checker: Checker, file: str, case: dict[str, Any]) -> None:
    answers = check(checker, case["text"], str(case["date"]) if case["date"] else None).answers
    if not case["claims"]:
        assert not [one for one in answers if one.compared], [one.meaning for one in answers]
    for value, measure, verdict in case["claims"]:
        matching = found(answers, value, measure)
        assert matching, f"{value} not found among {[one.claim.figure for one in answers]}"
        answer = matching[0]
        assert measure in (answer.measure, *senses(answer)), (answer.measure, answer.reason)
        withdrawn = not answer.account.whole and answer.verdict in ("cannot_tell", "figure_fits")
        assert withdrawn or verdict in ("any", answer.verdict), answer.reason


def test_there_are_enough_of_them() -> None:
    claims = [claim for _, case in CASES for claim in case["claims"] or [[None, "none", "none"]]]
    assert len(claims) >= 150
    assert sum(claim[2] in AGAINST or claim[2] == "none" for claim in claims) * 3 >= len(claims)


# -- properties: a claim made from the record ----------------------------------------------------------

PHRASES = {
    "agreements": "ICE had {n} agreements{model}{place} on {day}.",
    "agencies": "Exactly {n} law enforcement agencies held 287(g) agreements{model}{place} on {day}.",
    "sheriffs": "Exactly {n} sheriff's offices held 287(g) agreements{model}{place} on {day}.",
    "police": "Exactly {n} police departments held 287(g) agreements{model}{place} on {day}.",
    "constables": "Exactly {n} constable offices held 287(g) agreements{model}{place} on {day}.",
    "campuses": "Exactly {n} campus police departments held 287(g) agreements{model}{place} on {day}.",
    "state_agencies": "Exactly {n} state agencies held 287(g) agreements{model}{place} on {day}.",
    "counties": "Exactly {n} counties{place} had an agency with 287(g) agreements{model} on {day}.",
    "states": "Agencies in exactly {n} states held 287(g) agreements{model} on {day}.",
    "territories": "Agencies in exactly {n} territories held 287(g) agreements{model} on {day}.",
    "states_and_territories": "Agencies in exactly {n} states and territories held 287(g) agreements{model} on {day}.",
}
OFFICIAL = {
    "JEM": " under the jail enforcement model",
    "WSO": " under the warrant service officer model",
    "TFM": " under the task force model",
    None: "",
}
NATIONAL = ("states", "territories", "states_and_territories")


def told(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def claimed(measure: str, number: int, scope: Scope, day: date) -> str:
    place = f" in {name_of(scope.states[0])}" if scope.states else " nationwide"
    return PHRASES[measure].format(n=f"{number:,}", model=OFFICIAL[scope.model], place=place, day=told(day))


@st.composite
def scopes(draw: st.DrawFn) -> tuple[str, Scope, int]:
    measure = draw(st.sampled_from(sorted(PHRASES)))
    state = draw(st.sampled_from(["FL", "TX", "GA", "NC", "PA", "WI", "TN", "VA", None]))
    model = draw(st.sampled_from(["JEM", "WSO", "TFM", None]))
    return measure, Scope((state,) if state and measure not in NATIONAL else (), model), draw(st.integers(0, 886))


def value_at(checker: Checker, measure: str, scope: Scope, place: int) -> tuple[int, list[int]]:
    series = [int(point.value) for point in everywhere(Reading(measures()[measure], scope, ()), checker.index)]
    day = checker.index.days[place]
    last = max(at for at in range(place, min(place + 12, len(series))) if checker.index.days[at] == day)
    return series[last], series


@settings(max_examples=draws(120, 40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scopes())
def test_a_claim_made_from_the_record_is_supported(checker: Checker, made: tuple[str, Scope, int]) -> None:
    measure, scope, place = made
    value, _ = value_at(checker, measure, scope, place)
    day = checker.index.days[place]
    if value < 2:
        return
    answers = check(checker, claimed(measure, value, scope, day), (day + timedelta(days=9)).isoformat()).answers
    answer = next(
        one for one in answers if one.measure == measure and one.claim.figure and one.claim.figure.value == value
    )
    assert answer.verdict == "supported", (claimed(measure, value, scope, day), answer.reason)
    assert answer.evidence[0].sha256


@settings(max_examples=draws(120, 40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scopes(), st.integers(-400, 400))
def test_a_claim_off_by_more_than_its_precision_is_never_supported(
    checker: Checker, made: tuple[str, Scope, int], off: int
) -> None:
    measure, scope, place = made
    value, series = value_at(checker, measure, scope, place)
    day = checker.index.days[place]
    wrong = value + off
    zeros = len(str(wrong)) - len(str(wrong).rstrip("0"))
    slack = 0.5 * 10 ** (zeros - 1) if zeros >= 2 else 0
    near = checker.index.window(day, day)
    if wrong < 2 or any(abs(series[at] - wrong) <= slack for at in near):
        return
    answers = check(checker, claimed(measure, wrong, scope, day), (day + timedelta(days=9)).isoformat()).answers
    answer = next(
        one for one in answers if one.measure == measure and one.claim.figure and one.claim.figure.value == wrong
    )
    assert answer.verdict != "supported", (claimed(measure, wrong, scope, day), answer.reason)
    if answer.verdict in ("was_true", "became_true"):
        assert any(abs(one - wrong) <= slack for one in series)
        assert answer.right
    elif answer.verdict == "supported_if":
        assert abs(answer.evidence[0].value - wrong) <= slack
        assert answer.requires
    elif answer.verdict == "cannot_tell":
        assert answer.evidence[0].value == wrong, answer.reason
    else:
        assert answer.verdict == "contradicted", answer.reason
        assert not any(abs(one - wrong) <= slack for one in series)


@settings(max_examples=draws(60, 20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["FL", "TX", "GA", "AL", "OK"]), st.integers(700, 886), st.integers(-60, 60))
def test_shares(checker: Checker, state: str, place: int, off: int) -> None:
    index = checker.index
    near, of_agencies = (
        [point.value for point in everywhere(Reading(measures()[name], Scope((state,)), ()), index)]
        for name in ("share_agreements", "share_agencies")
    )
    day = index.days[place]
    places = list(index.window(day, day))
    near, of_agencies = ([series[at] for at in places] for series in (near, of_agencies))
    said = round(near[-1]) + off
    if said < 1:
        return
    text = f"On {told(day)}, {name_of(state)} accounted for {said}% of all 287(g) agreements."
    answer = next(
        one for one in check(checker, text, (day + timedelta(days=9)).isoformat()).answers if one.claim.shape == "share"
    )
    rounded = any(abs(value - said) < 0.499 for value in near)
    cut_off = any(said - 0.501 < value < said + 1 for value in near)
    another = any(said - 0.501 < value < said + 1 for value in of_agencies)
    allowed = ("supported",) if rounded else ("supported", "supported_if") if cut_off else ()
    assert (answer.verdict in allowed) == bool(allowed), (text, answer.verdict, answer.reason)
    if not (rounded or cut_off):
        assert answer.verdict != "supported", (text, answer.reason)
        assert answer.verdict != "supported_if" or another, (text, answer.reason)


@settings(max_examples=draws(60, 20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(610, 880), st.integers(0, 60), st.integers(-90, 300))
def test_signings_and_growth(checker: Checker, place: int, days: int, off: int) -> None:
    index = checker.index
    first = index.days[place]
    last = min(first + timedelta(days=days), index.days[-1])
    published = last + timedelta(days=9)
    right = index.signed(first, last, Scope(), known_on=published)
    later = index.signed(first, last, Scope())
    said = right + off
    if said < 2:
        return
    text = f"From {told(first)} through {told(last)}, ICE signed {said} 287(g) agreements nationwide."
    answer = check(checker, text, published.isoformat()).answers[0]
    if said == right:
        assert answer.verdict == "supported", (text, answer.reason)
    elif said == later:
        assert answer.verdict != "contradicted", (text, answer.reason)
    elif abs(said - right) > 50:
        assert answer.verdict in ("contradicted", "supported_if", "cannot_tell"), (text, answer.reason)
        assert answer.verdict != "cannot_tell" or answer.evidence[0].value == said


@given(st.integers(0, 9999))
def test_numbers_in_words(number: int) -> None:
    ones = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
    tens = ["x", "x", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

    def small(value: int) -> str:
        if value < 20:
            return ones[value]
        if value < 100:
            return tens[value // 10] + (f"-{ones[value % 10]}" if value % 10 else "")
        return f"{ones[value // 100]} hundred" + (f" and {small(value % 100)}" if value % 100 else "")

    words = (
        small(number)
        if number < 1000
        else f"{small(number // 1000)} thousand" + (f" {small(number % 1000)}" if number % 1000 else "")
    )
    assert words_value(words) == number


def test_the_index_counts_as_the_ledger_does(checker: Checker) -> None:
    ledger, index = checker.index.ledger, checker.index
    for place in range(5, len(index.lists), 97):
        day = index.days[place]
        last = max(at for at in range(len(index.days)) if index.days[at] == day)
        for state, model in ((None, None), ("FL", None), (None, "WSO"), ("TX", "JEM")):
            status = ledger.status(day, state=state, model=model)
            scope = Scope((state,) if state else (), model)
            given_ = [
                index.series(unit, scope)[last] for unit in ("rows", "agreements", "agencies", "states", "territories")
            ]
            assert given_ == [status.rows, status.agreements, status.agencies, status.states, status.territories]


def test_the_pending_counts_are_the_ledgers(checker: Checker) -> None:
    index = checker.index
    for place in range(3, len(index.pending_lists), 41):
        day = index.pending_lists[place].day
        last = max(at for at, one in enumerate(index.pending_lists) if one.day == day)
        assert index.pending(Scope())[last] == index.ledger.status(day).pending


def test_residents_stand_beside_the_bounds_of_places(checker: Checker) -> None:
    text = "Some 142 million residents live in places where 287(g) agreements are in force."
    answer = check(checker, text, "2026-05-08").answers[0]
    bounds = ledger287.open().coverage(on=date(2026, 5, 8))
    assert answer.verdict == "not_in_record"
    assert f"{bounds.people.lower:,}" in answer.notes[0]
    assert f"{bounds.with_statewide:,}" in answer.notes[0]


# -- text ----------------------------------------------------------------------------------------------

STORY = (
    "As of August 14, ICE had signed 895 agreements under its 287(g) program. “We count 1,200 agreements in "
    "Florida alone,” "
    "said Sheriff John Doe of the association.\n\nThe program had 895 agreements as of August 14."
)


def test_spans_speakers_and_repetition(checker: Checker) -> None:
    checked = check(checker, STORY, "2025-08-20")
    said = [checked.article.text[one.claim.span.start : one.claim.span.end] for one in checked.answers]
    assert said == ["895 agreements", "1,200 agreements", "895 agreements"]
    assert "John Doe" in (checked.answers[1].claim.wording.speaker or "")
    assert [one.same_as for one in checked.answers] == [None, None, 1]
    assert checked.answers[1].verdict == "contradicted"
    assert checked.against == 1


def test_statements_that_cannot_both_hold(checker: Checker) -> None:
    text = (
        "When Joe Biden entered the White House, nearly 900 agencies had joined 287(g).\n\nNearly 900 agencies have "
        "joined 287(g). That is up from 135 agencies as Trump returned to the White House."
    )
    assert check(checker, text).conflicts
    text = "ICE has 895 agreements nationwide under 287(g).\n\nICE has 640 agreements nationwide under 287(g)."
    assert check(checker, text, "2025-08-14").conflicts
    assert not check(checker, STORY, "2025-08-20").conflicts


@pytest.mark.parametrize(
    "text",
    [
        "ICE has 895 agreements nationwide under 287(g).\n\nFlorida has 1,200 agreements under 287(g).",
        "There are 740 agencies nationwide in 287(g).\n\nNationwide, 900 sheriff's offices are in 287(g).",
        "ICE has 895 287(g) agreements nationwide.\n\nNationwide, 950 agreements follow the task force model.",
        "Florida has the most 287(g) agreements of any state.\n\nTexas has the most 287(g) agreements of any state.",
        "ICE has 600 agreements nationwide under 287(g).\n\nIn all, 740 agencies nationwide hold 287(g) agreements.",
    ],
    ids=["place", "kind", "model", "rank", "agencies"],
)
def test_a_part_cannot_outnumber_its_whole(checker: Checker, text: str) -> None:
    assert check(checker, text, "2025-08-14").conflicts


def test_what_can_both_hold_is_no_conflict(checker: Checker) -> None:
    text = (
        "ICE has 895 agreements with 740 agencies nationwide under 287(g). Florida has 317 agreements under 287(g), "
        "and Texas has 137 agreements.\n\nIn January there were 135 agreements nationwide under 287(g).\n\nFlorida has "
        "the most 287(g) agreements of any state. Texas has the second-most 287(g) agreements of any state."
    )
    assert not check(checker, text, "2025-08-14").conflicts


def test_one_checker_serves_several_threads(checker: Checker) -> None:
    fresh = Checker(ledger287.open())
    texts = [f"ICE had {number} agreements in Texas under 287(g)." for number in range(120, 160)]

    def verdict(text: str) -> str:
        return fresh.check_text(text, published=date(2025, 8, 14)).answers[0].verdict

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(verdict, texts)) == [
            check(checker, text, "2025-08-14").answers[0].verdict for text in texts
        ]


def test_the_public_door(checker: Checker) -> None:
    checked = checker.check_text(STORY, published=date(2025, 8, 20), name="a story")
    data = checked.as_json()
    assert data == as_json(checked)
    for one in data["claims"]:
        assert STORY[slice(*one["span"])] == one["said"]
    fragment = as_fragment(checked, prefix="x-")
    assert fragment.count('<mark class="') == 3
    assert 'id="x-c1"' in fragment
    assert 'href="#x-e1"' in fragment
    assert "<html" not in fragment
    assert "<style" not in fragment


PAGE = """<!doctype html><html><head><title>287(g)</title><meta property="article:published_time" 
content="2025-08-14T10:00:00Z"><script>var x = "999 agreements under 287(g)";</script></head><body>
<nav><ul><li><a href="/">ICE has 111 287(g) agreements</a></li><li>222 agreements under 287(g)</li></ul></nav>
<div class="ad-banner">333 agreements under 287(g)!</div>
<article><h1>A story</h1>
<p>Officials say that ICE has <b>895</b> agreements&nbsp;under the 287(g) program &amp; more to come.</p></article>
<aside>444 agreements under 287(g)</aside><div class="related-posts">555 agreements under 287(g)</div>
<footer>666 agreements under 287(g)</footer></body></html>"""


def test_html_without_its_menus(checker: Checker) -> None:
    checked = check(checker, PAGE, name="page.html")
    assert [one.claim.figure.value for one in checked.answers if one.claim.figure] == [895]
    assert checked.answers[0].verdict == "figure_fits"
    assert checked.answers[0].account.unread_words == ("more",)
    start = as_json(checked)["claims"][0]["span"][0]
    assert PAGE[start : start + 3] == "895"


def test_text_html_and_json_say_the_same(checker: Checker) -> None:
    checked = check(checker, STORY, "2025-08-20")
    page, text, data = as_html(checked), as_text(checked), as_json(checked)
    for one in data["claims"]:
        assert one["reason"] in text or one["same_as"]
    assert page.count("<mark") == 3
    assert "<script" not in as_html(
        check(checker, "ICE has 5 <script>alert(1)</script> agreements under 287(g).", "2025-08-20")
    )


def test_menus_and_related_posts_in_text(checker: Checker) -> None:
    text = (
        "Home | News (12 agreements) | 287(g) | Contact\n\n"
        + STORY
        + "\n\nRelated Posts\n\nICE has 77 agreements under 287(g)."
    )
    assert 77 not in [one.claim.figure.value for one in check(checker, text, "2025-08-20").answers if one.claim.figure]
    assert 12 not in [one.claim.figure.value for one in check(checker, text, "2025-08-20").answers if one.claim.figure]


# -- bad input -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"\x00\x01\x02" * 400, b"%PDF-1.4 broken", b"%PDF-1.7\n%%EOF", b"x" * (MOST_BYTES + 1),
     b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
     "Le programme 287(g) de l'ICE a 900 accords avec les agences des villes et des comtés qui sont dans la loi pour "
     "le pays.".encode()],
    ids=["empty", "blank", "binary", "broken pdf", "empty pdf", "large", "png", "french"],
)  # fmt: skip
def test_what_is_no_article_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read_article(data, "file")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(checker: Checker, encoding: str) -> None:
    text = "“ICE has signed 895 agreements,” the sheriff’s office said of 287(g) – in its report."
    checked = checker.check(read_article(text.encode(encoding), "file", month_or_day("2025-08-14")))
    assert [one.verdict for one in checked.answers] == ["supported"]


def test_a_french_paragraph_is_left_aside_and_said_so(checker: Checker) -> None:
    text = (
        STORY
        + "\n\nLe programme de l'ICE a 900 accords avec les agences des villes et des comtés qui sont dans la loi "
        "pour le pays."
    )
    checked = check(checker, text, "2025-08-20")
    assert any("French" in note for note in checked.notes)


def test_a_text_on_something_else(checker: Checker) -> None:
    text = "The council signed 12 agreements with 30 agencies in 4 states to build playgrounds. " * 20
    checked = check(checker, text, "2025-08-20")
    assert not checked.answers
    assert checked.notes


@settings(max_examples=draws(150, 50), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400)
    | st.text(max_size=400).map(str.encode)
    | st.lists(st.sampled_from(STORY.split() + PAGE.split()), max_size=60).map(lambda w: " ".join(w).encode())
)
def test_any_bytes_are_answered_or_refused(checker: Checker, data: bytes) -> None:
    try:
        checked = checker.check(read_article(data, "file", Days(date(2025, 8, 14), date(2025, 8, 14))))
    except Refused as refused:
        assert str(refused)
        return
    as_json(checked)
    as_text(checked)
    as_html(checked)


PIECES = [
    *("<p>", "</p>", "<div class='x'>", "</div>", "<table><tr><td>", "</table>", "<b>", "<br/>", "&nbsp;", "&#0;"),
    *("<!--", "-->", "<![CDATA[", "<script>", "</script>", "<p", "<a href='", "'>", "\x00", "\ufffd", "§ 287(g)", "%"),
    *("The sheriff spoke at length. ", "Ein Satz auf Deutsch mit der und die und das. ", "12,345,678 agreements"),
]
MENU = "<nav><ul><li><a href='/'>ICE has 111 287(g) agreements</a></li></ul></nav>"
ADVERT = "<div class='advertisement'>ICE has 222 287(g) agreements. Buy now.</div>"


@settings(max_examples=draws(150, 50), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.lists(st.sampled_from(PIECES), max_size=25))
def test_no_claim_comes_from_a_menu_of_any_page(checker: Checker, before: list[str], after: list[str]) -> None:
    page = (
        f"<!doctype html><html><body>{MENU}{ADVERT}{''.join(before)}<p>ICE spoke of 287(g).</p>{''.join(after)}{MENU}"
    )
    try:
        checked = checker.check_text(page.encode(), published=date(2025, 8, 14))
    except Refused as refused:
        assert str(refused)
        return
    as_html(checked)
    if "<!--" not in before and "<script>" not in before:
        figures = [one.claim.figure.value for one in checked.answers if one.claim.figure]
        assert not {111, 222} & set(figures)


@settings(max_examples=draws(60, 20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["utf-8", "utf-16", "utf-16-be", "cp1252", "latin-1"]), st.integers(0, 200), st.binary(max_size=3)
)
def test_a_broken_encoding_is_answered_or_refused(checker: Checker, encoding: str, at: int, noise: bytes) -> None:
    data = STORY.encode(encoding, "replace")
    try:
        checked = checker.check_text(data[:at] + noise + data[at:], published=date(2025, 8, 14))
    except Refused as refused:
        assert str(refused)
        return
    as_text(checked)


# -- the command ---------------------------------------------------------------------------------------


def run(*words: str, text: str = "") -> Done:
    return run_command("check", *words, text=text)


def test_the_command(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("ICE had 895 agreements under 287(g).", encoding="utf-8")
    bad.write_text("ICE had 9,895 agreements under 287(g).", encoding="utf-8")
    assert run(str(good), "--date", "2025-08-14").returncode == 0
    done = run(str(bad), "--date", "2025-08-14", "--html", str(tmp_path / "out.html"))
    assert done.returncode == 1
    assert "contradicted" in done.stdout
    assert "<mark" in (tmp_path / "out.html").read_text(encoding="utf-8")
    data = json.loads(run("-", "--date", "2025-08-14", "--json", text=good.read_text(encoding="utf-8")).stdout)
    assert data["claims"][0]["verdict"] == "supported"
    both = json.loads(run(str(good), str(bad), "--date", "2025-08", "--json", "--jobs", "2").stdout)
    assert [one["against"] for one in both] == [0, 1]


@pytest.mark.parametrize("words", [("nowhere.txt",), (), ("-", "--date", "soon"), ("-", "--html", "/nowhere/x.html")])
def test_asked_wrongly(words: tuple[str, ...]) -> None:
    done = run(*words, text="ICE had 895 agreements under 287(g).")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
