"""Maps: what is drawn adds up to what the record says, nothing is dropped, and files need nothing else."""

import gzip
import json
import os
import re
import struct
import subprocess
import sys
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest
from typer.testing import CliRunner

import ledger287
from commands import run_command
from ledger287.charts.maps.content import MODELS, category_of, content
from ledger287.charts.maps.svg import svg
from ledger287.charts.maps.wording import words
from ledger287.charts.raster import png
from ledger287.charts.series.growth import growth
from ledger287.charts.theme import DARK, LIGHT, text_width, wrapped
from ledger287.cli.main import app
from ledger287.places.gazetteer.geography import geography
from ledger287.places.gazetteer.projection import BOXES, HEIGHT, WIDTH, placement
from ledger287.places.gazetteer.shapes import QUANTUM, drawn_as, shapes, text

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2026, 5, 8)
QUESTIONS: list[dict[str, Any]] = [
    {"on": DAY},
    {"on": date(2025, 8, 14)},
    {"on": date(2021, 3, 1)},
    {"on": date(2026, 1, 26), "known_on": date(2025, 6, 1)},
    {"on": DAY, "model": "TFM"},
    {"on": DAY, "state": "FL"},
    {"on": DAY, "state": "Guam", "model": "TFM"},
    {"on": DAY, "state": "CA"},
]


@pytest.fixture(scope="module")
def ledger() -> ledger287.Atlas:
    return ledger287.open(today=lambda: DAY)


def drawn(ledger: ledger287.Atlas, out: Path, **question: Any) -> str:
    ledger287.draw_map(ledger, out, **question)
    return out.read_text(encoding="utf-8")


def ask(*said: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["map", *said, "--json"])
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


# -- the shapes ------------------------------------------------------------------------------------


def test_the_shapes_are_small_enough_for_a_page() -> None:
    assert len(gzip.compress(text().encode(), 9)) <= 120_000
    assert not set("<>&") & set(text())


def test_every_county_of_today_and_of_old_is_drawn() -> None:
    assert len(shapes().counties) == 3231
    rose_and_swains = ["60030", "60040"]
    assert [fips for fips in geography().every_county if not drawn_as(fips)] == rose_and_swains


@pytest.mark.parametrize(
    ("code", "as_drawn"),
    [
        ("12086", ("12086",)),
        ("12025", ("12086",)),
        ("46113", ("46102",)),
        ("02063", ("02261",)),
        ("02066", ("02261",)),
        ("09120", ("09001",)),
        ("09110", ("09003", "09013")),
        ("99999", ()),
    ],
)
def test_changed_codes_are_drawn_by_the_declared_relation(code: str, as_drawn: tuple[str, ...]) -> None:
    assert drawn_as(code) == as_drawn


def test_neighbours_share_their_border_and_no_ground_is_lost() -> None:
    sides = [[] for _ in shapes().lines]  # type: list[list[tuple[str, bool]]]
    for fips, shape in shapes().counties.items():
        for number in (n for polygon in shape.polygons for ring in polygon for n in ring):
            sides[~number if number < 0 else number].append((fips, number >= 0))
    for line, walked in zip(shapes().lines, sides, strict=True):
        assert [fips for fips, _ in walked] == [side for side in line.sides if side]
        assert len(walked) == 1 or walked[0][1] != walked[1][1]


def test_each_ring_is_closed_and_has_ground() -> None:
    for shape in shapes().counties.values():
        for polygon in shape.polygons:
            assert area(shapes().ring(polygon[0])) > 0, shape.fips
            for hole in polygon[1:]:
                assert area(shapes().ring(hole)) < 0, shape.fips
            for ring in polygon:
                ends = [ended(number) for number in ring]
                assert all(one[1] == other[0] for one, other in pairwise([*ends, ends[0]])), shape.fips


def ended(number: int) -> tuple[tuple[int, int], tuple[int, int]]:
    points = shapes().lines[number if number >= 0 else ~number].points
    return (points[0], points[-1]) if number >= 0 else (points[-1], points[0])


def area(ring: list[Any]) -> float:
    return float(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2)


def test_a_states_outline_holds_its_counties() -> None:
    for state in ("FL", "MI", "HI", "DC", "PR"):
        counties = sum(area(ring) for fips in shapes().of_state(state) for ring in shapes().rings(fips))
        assert sum(map(area, shapes().outline(state))) == pytest.approx(counties)


def test_the_insets_stand_in_their_boxes() -> None:
    for box in BOXES:
        left, top, right, bottom = (side * QUANTUM for side in shapes().box(shapes().of_state(box.state)))
        assert box.x < left < right < box.x + box.width, box.state
        assert box.y + 12 < top < bottom < box.y + box.height, box.state
    left, top, right, bottom = (side * QUANTUM for side in shapes().box(shapes().counties))
    assert (left, top) > (-60, 0)
    assert (right, bottom) < (WIDTH, HEIGHT)


@pytest.mark.parametrize(
    ("fips", "longitude", "latitude"),
    [("12086", -80.2, 25.77), ("02016", 173.2, 52.9), ("15003", -157.86, 21.31), ("66010", 144.75, 13.47),
     ("69100", 145.2, 14.15), ("72127", -66.1, 18.4), ("60050", -170.7, -14.3)],
)  # fmt: skip
def test_degrees_come_back_from_the_sheet(fips: str, longitude: float, latitude: float) -> None:
    sheet = placement(fips)
    assert sheet.ground(*sheet.place(longitude, latitude)) == pytest.approx((longitude, latitude))


def test_a_town_lies_in_its_county() -> None:
    """The gazetteer's towns against the boundaries: the two sources know nothing of each other."""
    towns = [place for places in geography().places.values() for place in places if place.county]
    right = sum(lies_in(place) for place in towns[::97])
    assert right / len(towns[::97]) > 0.95


def lies_in(place: Any) -> bool:
    return any(
        sum(
            (a[1] > place.latitude) != (b[1] > place.latitude)
            and place.longitude < a[0] + (place.latitude - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
            for polygon in shapes().degrees(fips)
            for ring in polygon
            for a, b in pairwise(ring)
        )
        % 2
        for fips in drawn_as(place.county)
    )


# -- what is shown ---------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:cannot tell after:UserWarning")  # which is in the map's own text
@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_what_is_drawn_adds_up_to_the_status(ledger: ledger287.Atlas, tmp_path: Path, question: dict[str, Any]) -> None:
    answer = ledger287.draw_map(ledger, tmp_path / "map.svg", **question)
    status = ledger.status(**question)
    assert (answer.agreements, answer.agencies, answer.list) == (status.agreements, status.agencies, status.list)
    assert answer.in_counties + answer.statewide + answer.unplaced == status.agreements


def stand_in() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Agreements and jurisdictions of seven agencies: of a state, of counties, of a town, of nowhere."""
    agreements = pl.DataFrame(
        [
            ("a1", "ag-state", "Florida Highway Patrol", "FL", "TFM"),
            ("a2", "ag-duval", "Jacksonville Sheriff's Office", "FL", "WSO"),
            ("a3", "ag-duval", "Jacksonville Sheriff's Office", "FL", "TFM"),
            ("a4", "ag-town", "Neptune Beach Police Department", "FL", "TFM"),
            ("a5", "ag-town2", "Coral Gables Police Department", "FL", "TFM"),
            ("a6", "ag-jail", "Two County Regional Jail", "VA", "JEM"),
            ("a7", "ag-region", "Hartford Police Department", "CT", "TFM"),
            ("a8", "ag-lost", "Nowhere Police Department", "PA", "TFM"),
        ],
        schema=["agreement_id", "agency_id", "agency", "state", "model"],
        orient="row",
    )
    jurisdictions = pl.DataFrame(
        [
            ("ag-state", "state_agency", [], "FL"),
            ("ag-duval", "county_sheriff", ["12031"], "FL"),
            ("ag-town", "municipal_police", ["12031"], "FL"),
            ("ag-town2", "municipal_police", ["12025"], "FL"),
            ("ag-jail", "county_police_or_jail", ["51001", "51003"], "VA"),
            ("ag-region", "municipal_police", ["09110"], "CT"),
        ],
        schema={"agency_id": pl.String, "kind": pl.String, "county_fips": pl.List(pl.String), "state": pl.String},
        orient="row",
    )
    return agreements, jurisdictions


def test_each_agreement_is_in_a_county_or_of_a_state_or_not_placed() -> None:
    shown = content(*stand_in())
    assert shown.agreements == 8
    assert set(shown.counties) == {"12031", "12086", "51001", "51003", "09003", "09013"}
    assert [agency.agency_id for agency in shown.statewide["FL"]] == ["ag-state"]
    assert [agency.agency_id for agency in shown.unplaced] == ["ag-lost"]
    assert shown.changed == {"12025": ("12086",), "09110": ("09003", "09013")}
    duval = shown.counties["12031"]
    assert (duval.category, duval.local_only, duval.by_model) == ("both", False, {"JEM": 0, "WSO": 1, "TFM": 2})
    assert shown.counties["12086"].local_only
    assert shown.counties["51003"].category == "jail"
    assert shown.by_category() == {"both": 1, "task": 3, "jail": 2}


def test_what_is_not_placed_is_written_on_the_map(ledger: ledger287.Atlas) -> None:
    shown = content(*stand_in())
    picture = svg(shown, words(ledger.status(DAY), shown), None)
    assert "Nowhere Police Department, PA" in picture
    assert "09110 as Hartford County, Tolland County" in picture


@pytest.mark.parametrize(
    ("held", "category"), [("TFM", "task"), ("JEM", "jail"), ("WSO JEM", "jail"), ("WSO TFM", "both")]
)
def test_categories(held: str, category: str) -> None:
    assert category_of(held.split()) == category


# -- SVG and PNG -----------------------------------------------------------------------------------


def test_the_svg_has_every_county_and_names_who_holds_what(ledger: ledger287.Atlas, tmp_path: Path) -> None:
    root = ElementTree.fromstring(drawn(ledger, tmp_path / "map.svg"))
    paths = {path.get("id", ""): path for path in root.iter(f"{SVG}path") if re.match(r"c\d{5}$", path.get("id", ""))}
    assert set(paths) == {f"c{fips}" for fips in shapes().counties}
    titled = {name[1:] for name, path in paths.items() if path.find(f"{SVG}title") is not None}
    assert titled == set(content(ledger.as_of(), ledger.jurisdictions()).counties)
    palm_beach = paths["c12099"].findtext(f"{SVG}title") or ""
    assert palm_beach.startswith("Palm Beach County, Florida. Palm Beach County Sheriff's Office: WSO, TFM; ")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.filterwarnings("ignore:cannot tell after:UserWarning")  # which is in the map's own text
def test_the_svg_says_day_list_and_counts(ledger: ledger287.Atlas, tmp_path: Path) -> None:
    root = ElementTree.fromstring(drawn(ledger, tmp_path / "map.svg", on=date(2026, 6, 1), model="TFM"))
    said = " ".join(part.text or "" for part in root.iter(f"{SVG}text"))
    assert "Where Task Force Model agreements are in force" in said
    assert "June 1, 2026, by a list then 24 days old: 1,109 agreements of 1,109 agencies in 32 states" in said
    assert "participatingAgencies05082026am.xlsx" in said
    assert "sha256 65621dd2dbbd" in said
    assert "US Census Bureau, 2017" in said
    assert "605 counties" in said
    assert "Cannot tell after May 8, 2026: the newest list is of that day." in said


@pytest.mark.filterwarnings("ignore:cannot tell after:UserWarning")  # which is in the map's own text
def test_a_day_past_the_newest_list_is_said_with_the_map(ledger: ledger287.Atlas, tmp_path: Path) -> None:
    later = ledger287.draw_map(ledger, tmp_path / "map.svg", date(2027, 1, 1))
    assert later.cannot_tell_after == date(2026, 5, 8)
    then = ledger287.draw_map(ledger, tmp_path / "then.svg", date(2026, 5, 8))
    assert then.cannot_tell_after is None and "Cannot tell" not in (tmp_path / "then.svg").read_text()


def test_a_state_alone_is_drawn_large(ledger: ledger287.Atlas, tmp_path: Path) -> None:
    picture = drawn(ledger, tmp_path / "map.svg", state="Florida")
    assert len(re.findall(r'id="c\d{5}"', picture)) == 67
    assert "Florida Highway Patrol" in picture or "Florida Department of Highway Safety" in picture
    assert ">Miami-Dade<" in picture


def test_the_picture_has_its_size_and_its_letters(ledger: ledger287.Atlas, tmp_path: Path) -> None:
    ledger287.draw_map(ledger, tmp_path / "map.png", state="DE")
    made = (tmp_path / "map.png").read_bytes()
    assert made.startswith(b"\x89PNG\r\n")
    assert struct.unpack(">I", made[16:20]) == (2240,)
    whole = drawn(ledger, tmp_path / "map.svg", state="DE")
    assert png(whole) == made
    assert png(re.sub(r"<text.*?</text>", "", whole)) != made


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_fills_stay_apart_in_grey(palette: Any) -> None:
    steps = [lightness(asdict(palette)[name]) for name in ("land", "jail", "task", "both")]
    assert all(abs(one - other) > 14 for one, other in pairwise(steps))
    assert steps in (sorted(steps), sorted(steps, reverse=True))


def lightness(colour: str) -> float:
    """CIE lightness, 0 to 100."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return float(116 * luminance ** (1 / 3) - 16)


def test_lines_of_text_fit() -> None:
    lines = wrapped("Where agreements of agencies are in force " * 20, 12, 500)
    assert all(text_width(line, 12) <= 500 for line in lines)
    assert wrapped("one two three", 12, 40, most=1)[0].endswith("…")


# -- the page --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(ledger: ledger287.Atlas, tmp_path_factory: pytest.TempPathFactory) -> str:
    return drawn(ledger, tmp_path_factory.mktemp("page") / "map.html", on=DAY)


def embedded(page: str) -> dict[str, Any]:
    found = re.search(r'(?s)<script type="application/json" id="data">(.*?)</script>', page)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_page_asks_for_nothing_outside(page: str) -> None:
    addresses = set(re.findall(r"[\w+.-]+://[^\s\"'`]+", page))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"(?i)\b(src|href|action)\s*=|@import|\bfetch\(|XMLHttpRequest|\bimport\(", page)
    assert set(re.findall(r"url\(([^)]{4})", page)) <= {"#loc", "#wit"}


def test_the_policy_lets_only_this_style_and_script_run(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    style, script = re.search(r"(?s)<style>(.*?)</style>", page), re.search(r"(?s)<script>(.*?)</script>", page)
    assert policy
    assert style
    assert script
    assert policy[1].startswith("default-src 'none'; ")
    for part, found in (("style-src", style[1]), ("script-src", script[1])):
        assert f"{part} 'sha256-{b64encode(sha256(found.encode()).digest()).decode()}'" in policy[1]
    assert " style=" not in page
    assert "unsafe" not in policy[1]


def test_every_month_of_the_page_adds_up_to_the_status(ledger: ledger287.Atlas, page: str) -> None:
    data = embedded(page)
    assert data["frames"][0][0] == "2021-01-31"
    assert data["frames"][-1] == ["2026-05-08", "2026-05-08"]
    assert len(data["frames"]) == 65
    for place in (0, 12, 30, 50, 55, 60, 64):
        held = [
            (agency, MODELS[model], count)
            for agency, (*_, numbers) in enumerate(data["agencies"])
            for model, first, last, count in zip(*[iter(numbers)] * 4, strict=True)
            if first <= place <= last
        ]
        status = ledger.status(on=date.fromisoformat(data["frames"][place][0]))
        assert sum(count for *_, count in held) == status.agreements
        assert len({agency for agency, *_ in held}) == status.agencies
        for model in MODELS:
            assert sum(count for _, held_model, count in held if held_model == model) == status.by_model[model]
        assert status.list
        assert data["frames"][place][1] == status.list.published_at.date().isoformat() or place != 64


def test_later_knowledge_does_not_change_the_months(ledger: ledger287.Atlas) -> None:
    known = growth(ledger, DAY, known_on=date(2025, 3, 15))
    assert known.frames[-1].day <= date(2025, 3, 15)
    assert known.frames == growth(ledger, known.frames[-1].day).frames


def test_the_page_reads_without_scripts(page: str) -> None:
    assert re.search(r'<th scope="row">Florida</th><td>67</td><td>\d+</td><td>\d+</td><td>\d+</td><td>346</td>', page)
    assert "1,783 agreements of 1,497 agencies in 39 states and 2 territories" in page
    assert "<noscript>" in page
    assert "{" not in re.sub(r"(?s)<(style|script).*?</\1>", "", page)


def test_the_page_is_compact(page: str) -> None:
    assert len(gzip.compress(page.encode(), 9)) < 180_000


def test_the_page_of_a_state_has_its_agencies_alone(ledger: ledger287.Atlas, tmp_path: Path) -> None:
    data = embedded(drawn(ledger, tmp_path / "map.html", state="TX", model="JEM"))
    assert (data["state"], data["model"]) == ("TX", "JEM")
    assert {agency[1] for agency in data["agencies"]} == {"TX"}


# -- GeoJSON ---------------------------------------------------------------------------------------


def test_geojson_has_every_county_and_every_agreement(ledger: ledger287.Atlas, tmp_path: Path) -> None:
    data = json.loads(drawn(ledger, tmp_path / "map.geojson"))
    assert [feature["properties"]["fips"] for feature in data["features"]] == list(shapes().counties)
    agencies = {agency["id"]: agency for f in data["features"] for agency in f["properties"]["agencies"]}
    agencies |= {agency["id"]: agency for part in ("statewide", "unplaced") for agency in data["ledger287"][part]}
    status = ledger.status()
    assert len(agencies) == data["ledger287"]["agencies"] == status.agencies
    assert sum(sum(agency["agreements"].values()) for agency in agencies.values()) == status.agreements
    assert status.list
    assert data["ledger287"]["list"]["sha256"] == status.list.sha256
    collier = next(f["properties"] for f in data["features"] if f["id"] == "12021")
    assert (collier["name"], collier["state"], collier["category"]) == ("Collier County", "FL", "both")
    assert sum(collier["agreements"].values()) == sum(sum(a["agreements"].values()) for a in collier["agencies"])


def test_geojson_rings_are_as_the_format_wants_them(ledger: ledger287.Atlas, tmp_path: Path) -> None:
    data = json.loads(drawn(ledger, tmp_path / "map.geojson"))
    for feature in data["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            for place, ring in enumerate(polygon):
                assert len(ring) >= 4
                assert ring[0] == ring[-1]
                assert (area(ring[:-1]) > 0) == (place == 0), feature["id"]
                assert all(-180 <= x <= 180 and -15 < y < 72 for x, y in ring)
                assert max(x for x, _ in ring) - min(x for x, _ in ring) < 30


# -- the command -----------------------------------------------------------------------------------


FORMS = ("svg", "png", "html", "geojson")
DRAWING = """
import sys
from test_map import draw
draw(sys.argv[1:])
"""


def draw(outs: Sequence[str]) -> None:
    for out in outs:
        drawn = CliRunner().invoke(app, ["map", "--on", "2025-10-01", "--out", out])
        assert drawn.exit_code == 0, drawn.output


def test_the_same_question_gives_the_same_bytes(tmp_path: Path) -> None:
    """In this process, and in one that orders its sets otherwise."""
    here, there = ([str(tmp_path / f"{place}.{form}") for form in FORMS] for place in (1, 2))
    draw(here)
    settings = {**os.environ, "PYTHONHASHSEED": "2", "PYTHONPATH": str(Path(__file__).parent)}
    subprocess.run([sys.executable, "-c", DRAWING, *there], check=True, capture_output=True, env=settings)
    for form in FORMS:
        assert (tmp_path / f"1.{form}").read_bytes() == (tmp_path / f"2.{form}").read_bytes(), form


def test_the_command_says_what_it_drew(tmp_path: Path) -> None:
    out = tmp_path / "Florida.SVG"
    answer = ask("--on", "2026-05-08", "--state", "FL", "--out", str(out))
    assert answer["format"] == "svg"
    assert answer["bytes"] == out.stat().st_size
    assert answer["counties"] == {"both": 67, "task": 0, "jail": 0}
    assert answer["agreements"] == 346 == answer["in_counties"] + answer["statewide"] + answer["unplaced"]
    assert answer["list"]["file"] == "participatingAgencies05082026am.xlsx"
    assert sum(map(len, answer["statewide_by_state"].values())) == 12
    assert [path.name for path in tmp_path.iterdir()] == ["Florida.SVG"]
    told = CliRunner().invoke(app, ["map", "--on", "2026-05-08", "--state", "FL", "--out", str(out)])
    assert "Jail and task force: 67 counties" in told.output


def test_the_json_keys_are_documented(tmp_path: Path) -> None:
    promised = (Path(__file__).resolve().parents[1] / "docs" / "maps.md").read_text(encoding="utf-8")
    answer = ask("--on", "2026-05-08", "--out", str(tmp_path / "map.svg"))
    assert [key for key in answer if f"`{key}`" not in promised] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["--out", "map.jpg"], "ends in .jpg; a map is written as one of .svg, .png, .html, .geojson"),
        (["--out", "map"], "has no file extension; a map is written as one of .svg, .png, .html, .geojson"),
        (["--out", "nowhere/map.svg"], "make it first"),
        (["--out", "folder.svg"], "is a folder"),
        (["--out", "map.svg", "--on", "2020-01-01"], "the record begins on January 12, 2021"),
        (["--out", "map.html", "--on", "2020-01-01"], "the record begins on January 12, 2021"),
        (["--out", "map.svg", "--model", "XYZ"], "Expected one of: JEM, WSO, TFM"),
        (["--out", "map.svg", "--state", "Texsa"], "Did you mean: Texas (TX)"),
        ([], "expected --out FILE.svg|png|html|geojson, found nothing"),
    ],
    ids=" ".join,
)
def test_asked_wrongly(tmp_path: Path, said: list[str], told: str) -> None:
    (tmp_path / "folder.svg").mkdir()
    (tmp_path / "map.svg").write_text("kept")
    done = run_command("map", *said, folder=tmp_path)
    assert done.returncode == 2
    assert told in " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.stderr).split())
    assert "Traceback" not in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"folder.svg", "map.svg"}
    assert (tmp_path / "map.svg").read_text() == "kept"
