"""What a user of ledger287 can rely on, door by door, for ``test_golden.py``.

What enters: the program, used through its command line, its web application and ``import ledger287``, and a few
synthetic files. What leaves: for each group of doors a mapping of door -> lines, each one thing that users may rely on:
a key with its type, a column, an option, a URL, an id, a word. The lines are the same on any day, and on any machine.

``python tests/golden_doors.py --write`` writes today's lines to ``tests/golden``. Do so when something was added, or
changed on purpose and listed in CHANGELOG.md; never only to make a failing test pass.

Parts of the package are imported below and nowhere else, so that only these lines follow when a part is moved.
"""

import csv
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import polars as pl
import typer
from starlette.testclient import TestClient

import ledger287
from ledger287 import api
from ledger287.cli.main import app as command_line
from ledger287.cli.main import run as run_command_line
from ledger287.core.declared import read_yaml
from ledger287.core.problem import declared_kinds
from ledger287.custody.duties import table as duties
from ledger287.factcheck.verdicts.answers import Verdict as ClaimVerdict
from ledger287.law.agreements import clauses, requirements
from ledger287.law.agreements import held as agreements
from ledger287.law.authority import authority_answer
from ledger287.law.lawbook import provisions
from ledger287.law.lawbook.shown import listing
from ledger287.law.officers import roster
from ledger287.ledger.fold import changes
from ledger287.ledger.fold import pending as pendings
from ledger287.places.jurisdictions import kinds
from ledger287.places.jurisdictions import match as found
from ledger287.web.render.problem.problems import KINDS as WEB_PROBLEMS
from ledger287.web.server.app import make_app
from ledger287.web.server.site import Site
from making import PARTICIPATING, list_name, made_up_rows, raw_workbook, three_lists, workbook_bytes

PACKAGE = Path(ledger287.__file__).parent
VOCABULARY = PACKAGE / "declared" / "custody" / "vocabulary.yml"
REGISTRY = PACKAGE / "declared" / "registry"

GOLDEN = Path(__file__).with_name("golden")
TODAY = date(2026, 5, 9)
OPEN = ExitStack()
"""What is open until ``close``: a folder of synthetic files, the web application."""
Lines = list[str]
Doors = dict[str, Lines]

COLLIER = "Collier County Sheriff's Office"
AGREEMENT = "ag-pm2afaf-tfm-2025-05-08"
LIST_FILE = "participatingAgencies08142025pm.xlsx"
STORY = (
    "As of August 14, 2025, ICE had 895 agreements under the 287(g) program, in 12 states. In Florida, about 200 "
    "agencies take part. The sheriff called them a third of all agreements."
)
TRUE_STORY = "As of August 14, 2025, ICE had 895 agreements under the 287(g) program."
OFFICERS = (
    "officer_id,agency,model,nominated,eligibility_attested,trained,certified,authorised,authorised_until,revoked,"
    "under_complaint\n"
    f"made-up-7,{COLLIER},TFM,2025-01-02,yes,2025-01-03,2025-01-04,2025-03-01,,,\n"
    f"made-up-12,{COLLIER},TFM,2025-01-02,yes,2025-01-03,2025-01-04,2025-03-01,2025-06-01,,\n"
)
BAD_OFFICERS = OFFICERS + f"made-up-30,{COLLIER},TFM,soon,yes,,,,,,\n"


# -- telling ---------------------------------------------------------------------------------------------------


def kind_of(value: Any) -> str:
    """The JSON type of a value; integers and other numbers are one type, as in JSON."""
    names = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


DATA_KEY = re.compile(r"[A-Z]{2}|\d+|\d{4}-.*|ag-.*|.*[ ./].*")
"""Keys of an object that are data (a state, a code, a day), not names."""


def key_paths(value: Any, path: str = "") -> Iterator[str]:
    """Every key with its type: ``list.sha256: string``; items of lists as one, and keys that are data as one."""
    if path or not isinstance(value, dict):
        yield f"{path or '.'}: {kind_of(value)}"
    if isinstance(value, dict):
        for name, inner in value.items():
            part = "{}" if DATA_KEY.fullmatch(name) else name
            yield from key_paths(inner, f"{path}.{part}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from key_paths(inner, f"{path}[]")


def lines(told: Iterable[str]) -> Lines:
    """Lines in order, each once."""
    return sorted(set(told))


def digest(data: bytes, length: int = 64) -> str:
    """The SHA-256 of some bytes, or the first digits of it."""
    return hashlib.sha256(data).hexdigest()[:length]


@contextmanager
def setting(**variables: str) -> Iterator[None]:
    """Environment variables for a time; LEDGER287_RECORD is unset where it is not given."""
    before = dict(os.environ)
    os.environ.pop(api.RECORD_VARIABLE, None)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def run(*words: str | Path, **variables: str) -> tuple[int, str, str]:
    """A command through its entry point, in this process: exit code, standard output, standard error."""
    out, err = StringIO(), StringIO()
    before, handler = sys.argv, signal.getsignal(signal.SIGTERM)
    sys.argv = ["ledger287", *map(str, words)]
    code: Any = 0
    try:
        with setting(**variables), redirect_stdout(out), redirect_stderr(err):
            run_command_line()
    except SystemExit as stopped:
        code = stopped.code or 0
    finally:
        sys.argv = before
        signal.signal(signal.SIGTERM, handler)
    return int(code), out.getvalue(), err.getvalue()


def answer(*words: str | Path, code: int = 0) -> Any:
    """What a command prints with ``--json``."""
    done, out, err = run(*words, "--json")
    if done != code:
        raise AssertionError(f"{' '.join(map(str, words))}: expected exit code {code}, found {done}: {err}")
    return json.loads(out)


@cache
def workshop() -> Path:
    """A folder with the synthetic files that doors are tried on: lists, two records, a story, rosters, cases."""
    folder = Path(OPEN.enter_context(tempfile.TemporaryDirectory(prefix="ledger287-golden-")))
    three_lists(folder / "lists")
    odd = made_up_rows(24)
    odd[3][0] = "NO SUCH STATE"
    (folder / "odd").mkdir()
    (folder / "odd" / list_name(date(2025, 5, 6))).write_bytes(workbook_bytes(odd))
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    (folder / "true.txt").write_text(TRUE_STORY, encoding="utf-8")
    (folder / "officers.csv").write_text(OFFICERS, encoding="utf-8")
    (folder / "bad-officers.csv").write_text(BAD_OFFICERS, encoding="utf-8")
    return folder


@cache
def client() -> TestClient:
    """The web application, as on a day that does not pass."""
    site = Site(None, today=lambda: TODAY, base_url="https://ledger.example")
    OPEN.enter_context(setting())
    return OPEN.enter_context(TestClient(make_app(site, watch=False)))


def close() -> None:
    """Close what was opened, and remove the synthetic files."""
    OPEN.close()
    for kept in (workshop, client, _exported, _audited):
        kept.cache_clear()


# -- the record ------------------------------------------------------------------------------------------------


def tables_of_record() -> Doors:
    """Each table's content as a hash of its CSV, in the order in which it is stored."""
    ledger = ledger287.open()
    names = sorted(path.stem for path in ledger.stored.tables.glob("*.parquet"))
    content = {name: ledger.table(name) for name in names}
    return {name: [f"rows {frame.height}", f"sha256 {digest(_csv(frame))}"] for name, frame in content.items()}


def _csv(frame: pl.DataFrame) -> bytes:
    nested = [name for name, kind in frame.schema.items() if kind.is_nested()]
    return frame.with_columns(pl.col(nested).map_elements(str, pl.String)).write_csv().encode()


def record() -> Doors:
    """Ids, columns and pointers of the record that ships, and the released lines of the registry."""
    ledger = ledger287.open()
    package = _package()
    columns = [
        f"{part['name']}.{field['name']}: {field['type']}"
        for part in package["resources"]
        for field in part["schema"]["fields"]
    ]
    stored = [
        f"{path.stem}.{name}: {kind}"
        for path in sorted(ledger.stored.tables.glob("*.parquet"))
        for name, kind in pl.read_parquet_schema(path).items()
    ]
    signed = ledger.table("agreements")["agreement_id"].to_list()
    named = {"-".join(agreement.split("-")[:2]) for agreement in signed}
    return {
        "agreements": lines(signed),
        "agencies that no id of an agreement names": lines(set(ledger.table("agencies")["agency_id"]) - named),
        "columns of the export": lines(columns),
        "columns of the tables": lines(stored),
        "keys of datapackage.json": lines(key_paths(package)),
        "keys of record.json": lines(
            key_paths(json.loads((ledger.stored.folder / "record.json").read_text(encoding="utf-8")))
        ),
    } | {f"registry/{path.name}": _registered(path) for path in sorted(REGISTRY.glob("*.csv"))}


def _registered(path: Path) -> Lines:
    """The lines of a registry as short hashes: lines may be added, none may go."""
    return lines(digest(line.encode(), 8) for line in path.read_text(encoding="utf-8").splitlines())


@cache
def _exported() -> tuple[Any, Path]:
    folder = workshop() / "export"
    return answer("export", folder, "--format", "csv"), folder


def _package() -> Any:
    return json.loads((_exported()[1] / "datapackage.json").read_text(encoding="utf-8"))


# -- the command line ------------------------------------------------------------------------------------------


def commands() -> Doors:
    """Every command with its arguments and options."""
    return dict(_commands("ledger287", typer.main.get_command(command_line)))


def _commands(name: str, command: Any) -> Iterator[tuple[str, Lines]]:
    yield name, lines(_described(param) for param in command.params)
    for inner, below in getattr(command, "commands", {}).items():
        yield from _commands(f"{name} {inner}", below)


def _described(param: Any) -> str:
    if param.param_type_name == "argument":
        words = [f"argument {param.name}"]
    else:
        words = ["/".join(sorted([*param.opts, *param.secondary_opts]))]
        words.append("flag" if getattr(param, "is_flag", False) else "value")
    words += ["required"] if param.required else []
    words += ["repeated"] if getattr(param, "multiple", False) or param.nargs == -1 else []
    words += [f"of {param.nargs}"] if param.nargs > 1 else []
    default = param.default
    words += [f"default {default}"] if isinstance(default, int | str) and not isinstance(default, bool) else []
    return ", ".join(words)


def json_of_commands() -> Doors:
    """The keys of what each command prints with ``--json``, by a question or two."""
    place = workshop()
    on = ("--on", "2025-08-14")
    cases = ("custody", "simulate", "--cases", "300", "--seed", "7", "--out")
    asked: dict[str, list[Callable[[], Any]]] = {
        "overview": [partial(answer, "overview")],
        "status": [
            partial(answer, "status", *on),
            partial(answer, "status", *on, "--known-on", "2025-09-01", "--county", "12021"),
        ],
        "changes": [partial(answer, "changes", "--since", "2025-08-01", "--until", "2025-10-10")],
        "agency": [partial(answer, "agency", name) for name in ("ag-8zwthaz", "ag-pm2afaf", "ag-xmzr6yc")],
        "coverage": [partial(answer, "coverage", "--on", "2026-05-08", "--state", "FL")],
        "near": [partial(answer, "near", place_of, "--on", "2026-05-08") for place_of in ("Naples, FL", "12021")],
        "map": [partial(answer, "map", *on, "--out", place / "map.geojson")],
        "rules": [partial(answer, "rules", "--on", "2026-05-20", "--state", "NM")],
        "rules ID": [partial(answer, "rules", rule, *on) for rule in ("form-i-247a", "jem-hold")],
        "rules --diff": [partial(answer, "rules", "--diff", "2025-01-01", "2026-05-01")],
        "check": [partial(answer, "check", place / "story.txt", "--date", "2025-08-20", code=1)],
        "authority": [
            partial(answer, "authority", "hold", "--agency", "Curry County Sheriff's Office", "--state", "NM", *on),
            partial(answer, "authority", "interrogate", "--agency", COLLIER, "--officer", place / "officers.csv", *on),
        ],
        "roster": [partial(answer, "roster", place / "officers.csv", *on)],
        "roster, with problems": [partial(answer, "roster", place / "bad-officers.csv", *on, code=1)],
        "source": [partial(answer, "source", AGREEMENT)],
        "lists": [partial(answer, "lists")],
        "lists --file": [partial(answer, "lists", "--file", LIST_FILE)],
        "build": [partial(answer, "build", place / "lists", "--out", place / "record")],
        "build, with problems": [partial(answer, "build", place / "odd", "--out", place / "odd-record", code=1)],
        "export": [lambda: _exported()[0]],
        "custody audit": [lambda: _audited()[0]],
        "custody clock": [
            partial(answer, "custody", "clock", "--releasable", "2025-07-03 10:00", *more)
            for more in (
                ("--zone", "America/Chicago", "--state", "TX", "--form", "I-247A", "--model", "WSO"),
                ("--zone", "America/Chicago", "--model", "JEM", "--claimed", "2025-07-03 11:00", "--complaint",
                 "2025-07-03 12:00", "--received", "2025-07-02 16:30", "--left", "2025-07-07 12:00"),
            )
        ],
        "custody simulate": [partial(answer, *cases, place / "simulated.csv")],
        "update": [_updated],
        "serve": [_serving],
    }  # fmt: skip
    return {name: lines(line for ask in asks for line in key_paths(ask())) for name, asks in asked.items()}


def _updated() -> Any:
    """``update`` from a page on this machine that links one list with a cell that cannot be understood."""
    place = workshop()
    pages = place / "pages" / "doclib"
    pages.mkdir(parents=True)
    shutil.copytree(place / "odd", pages, dirs_exist_ok=True)
    links = "".join(f'<a href="/doclib/{path.name}">a list</a>' for path in pages.iterdir())
    (pages.parent / "index.html").write_text(f"<!doctype html><html><body>{links}</body></html>", encoding="utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(pages.parent)))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        answer("build", place / "lists", "--out", place / "updated")
        page = f"http://127.0.0.1:{server.server_port}/index.html"
        return answer("update", "--record", place / "updated", "--from", page, code=1)
    finally:
        server.shutdown()
        server.server_close()


def _serving() -> Any:
    """What ``serve --json`` prints once it serves; it is then ended at once, before it makes every page."""
    module = run_command_line.__module__
    command = [sys.executable, "-m", module, "serve", "--port", "0", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as server:
        told = ""
        try:
            for line in server.stdout or ():
                told += line
                if line.rstrip() == "}":
                    break
        finally:
            os.killpg(server.pid, signal.SIGKILL)
    return json.loads(told)


def exit_codes() -> Doors:
    """Exit codes by representative calls: 0 answered, 1 answered with problems, 2 wrong usage."""
    place = workshop()
    answer("build", place / "lists", "--out", place / "record")
    calls: dict[str, tuple[str | Path, ...]] = {
        "help": ("--help",),
        "status": ("status", "--on", "2025-08-14"),
        "status, of another record": ("status", "--on", "2025-05-06", "--record", place / "record"),
        "check, nothing contradicted": ("check", place / "true.txt", "--date", "2025-08-20"),
        "check, contradicted": ("check", place / "story.txt", "--date", "2025-08-20"),
        "roster, with problems": ("roster", place / "bad-officers.csv", "--on", "2025-08-14"),
        "build, with problems": ("build", place / "odd", "--out", place / "odd-record"),
        "no command": (),
        "unknown command": ("nonsense",),
        "unknown option": ("status", "--nonsense"),
        "day not read": ("status", "--on", "14.8.2025"),
        "unknown state": ("status", "--state", "Florid"),
        "unknown agency": ("agency", "Colier County Sherif"),
        "unknown rule": ("rules", "nonsense"),
        "unknown function": ("authority", "nonsense", "--agency", COLLIER),
        "no such record": ("status", "--record", place / "nowhere"),
        "no such file": ("custody", "audit", place / "nowhere.csv"),
        "site, a folder that is no site": ("site", "--out", place / "lists"),
        "export, a folder that is no export": ("export", place / "lists", "--format", "csv"),
    }
    told = lines(f"{name}: {run(*words)[0]}" for name, words in calls.items())
    asked = ("status", "--on", "2025-05-06", "--json")
    given = run(*asked, LEDGER287_RECORD=str(place / "record"))
    named = run(*asked, "--record", place / "record")
    return {
        "exit codes": told,
        "LEDGER287_RECORD": [
            f"agreements of the record it names: {json.loads(given[1])['agreements']}",
            f"nowhere: {run(*asked, LEDGER287_RECORD=str(place / 'nowhere'))[0]}",
            f"same as --record: {given == named}",
        ],
    }


def python() -> Doors:
    """Names of the Python API, and the columns and fields of what it gives."""
    ledger = ledger287.open(today=lambda: TODAY)
    public = sorted(name for name in dir(ledger) if not name.startswith("_"))
    return {
        "ledger287": lines([*api.__all__, "__version__"]),
        "resolved by ledger287": lines(name for name in api.__all__ if hasattr(ledger287, name)),
        "the ledger": public,
        "as_of": [f"{name}: {kind}" for name, kind in ledger.as_of(date(2025, 8, 14)).schema.items()],
        "lists": [f"{name}: {kind}" for name, kind in ledger.lists().schema.items()],
        "jurisdictions": [f"{name}: {kind}" for name, kind in ledger.jurisdictions().schema.items()],
    }


# -- the site --------------------------------------------------------------------------------------------------


API = {
    "status": "/status?on=2025-08-14&state=FL",
    "status, of a county": "/status?on=2025-08-14&known_on=2025-09-01&county=12021",
    "changes": "/changes?since=2025-09-01&until=2025-09-10",
    "agencies": "/agencies?q=collier&on=2026-05-08",
    "agencies, a page": "/agencies?limit=2&on=2026-05-08",
    "agency": "/agencies/ag-8zwthaz",
    "agreements": "/agreements?on=2025-08-14&state=MD",
    "source": f"/source/{AGREEMENT}?field=signed",
    "lists": "/lists?limit=1000",
    "list": f"/lists/{LIST_FILE}?limit=5",
    "coverage": "/coverage?on=2026-05-08&state=FL",
    "near": "/near?place=Naples,%20FL&on=2026-05-08",
    "rules": "/rules?on=2026-05-20&state=NM",
    "rule": "/rules/form-i-247a?on=2025-08-14",
    "authority": "/authority?function=hold&agency=Curry%20County%20Sheriff%27s%20Office&state=NM&on=2026-05-20",
    "no such address": "/nowhere",
    "no such agency": "/agencies/ag-0000000",
    "unknown parameter": "/status?stat=FL",
    "unknown state": "/status?state=Florid",
    "another question's cursor": "/agencies?cursor=nonsense",
}
POSTED: dict[str, tuple[str, Any]] = {
    "check": ("/check", {"text": STORY, "date": "2025-08-20"}),
    "check, no story": ("/check", {"text": "", "date": "2025-08-20"}),
    "hold": (
        "/hold",
        {
            "charges_cleared": "2025-07-03 10:00",
            "detainer_received": "2025-07-02 16:30",
            "released": "2025-07-05 12:00",
            "citizenship_claimed": "2025-07-03 11:00",
            "zone": "America/Chicago",
            "state": "TX",
            "detainer_form": "I-247A",
            "model": "WSO",
        },
    ),
}


def http_api() -> Doors:
    """The keys of what each operation of the API answers; problems with their type."""
    root, ask = "/api/v1", client()
    read = {f"GET {name}": ask.get(f"{root}{address}") for name, address in API.items()}
    posted = {f"POST {name}": ask.post(f"{root}{address}", json=body) for name, (address, body) in POSTED.items()}
    wrong = {
        "POST a form": ask.post(f"{root}/hold", data={"zone": "America/Chicago"}),
        "POST status": ask.post(f"{root}/status", json={}),
    }
    return {name: _answered(response) for name, response in (read | posted | wrong).items()}


def _answered(response: Any) -> Lines:
    body = response.json()
    media = response.headers["content-type"]
    told = [f"= {response.status_code} {media}", *key_paths(body)]
    return lines([*told, f"= type {body['type']}"] if "problem" in media else told)


def openapi() -> Doors:
    """URLs, parameters, answers and schemas of the API as it describes itself."""
    described = client().get("/api/v1/openapi.json").json()
    schemas = described["components"]["schemas"]
    told = {f"schema {name}": lines(_schema(schema)) for name, schema in schemas.items()}
    for address, methods in described["paths"].items():
        for method, operation in methods.items():
            told[f"{method.upper()} {address}"] = lines(_operation(operation))
    return told | {"document": lines(f"{key}: {kind_of(value)}" for key, value in described.items())}


def _operation(operation: dict[str, Any]) -> Iterator[str]:
    yield f"operationId {operation.get('operationId')}"
    for parameter in operation.get("parameters", ()):
        need = "required" if parameter.get("required") else "optional"
        yield f"parameter {parameter['in']} {parameter['name']}, {need}: {_type(parameter['schema'])}"
        yield from (f"parameter {parameter['name']} takes {word}" for word in _words(parameter["schema"]))
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        yield from (f"body {media} {line}" for line in _schema(content["schema"]))
    for status, response in operation["responses"].items():
        for media, content in response.get("content", {}).items():
            yield f"answer {status} {media}: {_type(content['schema'])}"


def _schema(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    yield f"{path or '.'}: {_type(schema)}"
    yield from (f"{path or '.'} is {word}" for word in _words(schema))
    for name, inner in schema.get("properties", {}).items():
        need = "" if name in schema.get("required", ()) else "?"
        yield from _schema(inner, f"{path}.{name}{need}".lstrip("."))


def _type(schema: Any) -> str:
    if not isinstance(schema, dict):
        return "any" if schema else "nothing"
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for join in ("anyOf", "oneOf", "allOf"):
        if join in schema:
            return " or ".join(sorted(_type(one) for one in schema[join]))
    kind = schema.get("type", "any")
    kind = " or ".join(sorted(kind)) if isinstance(kind, list) else kind
    if "items" in schema:
        kind += f" of {_type(schema['items'])}"
    return f"{kind} ({schema['format']})" if "format" in schema else str(kind)


def _words(schema: Any) -> Iterator[Any]:
    """The closed words of a schema, those of its items and choices too."""
    if not isinstance(schema, dict):
        return
    yield from schema.get("enum", [schema["const"]] if "const" in schema else ())
    for inner in [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())]:
        yield from _words(inner)


TIMED = "on=2025-08-14&known_on=2025-09-01"
OF_A_DAY = {
    "home": "/",
    "map": "/map",
    "states": "/states",
    "state": "/state/FL",
    "county": "/county/12021",
    "model": "/model/TFM",
    "agency": "/agency/ag-8zwthaz",
    "month": "/changes/2025-08",
    "rules": "/rules",
    "rule": "/rule/form-i-247a",
}
PAGES: dict[str, tuple[str, ...]] = {
    **{kind: (address, f"{address}?{TIMED}") for kind, address in OF_A_DAY.items()},
    "api": ("/api",),
    "search": ("/search", "/search?q=collier&most=5"),
    "where": (f"/where/{AGREEMENT}",),
    "changes": ("/changes", "/changes?since=2026-05-01&until=2026-05-08&state=KY", f"/changes?{TIMED}"),
    "compare": ("/compare", "/compare?a=2025-08-14&b=2026-05-08"),
    "lists": ("/lists", "/lists?verdict=set-aside", "/lists?kind=pending&page=2"),
    "lists_month": ("/lists/2025-08",),
    "list": ("/list/{sha}",),
    "rows": ("/list/{newest}/rows/2",),
    "check": ("/check",),
    "hold": ("/hold",),
    "rules, asked": ("/rules?state=NM&diff=2025-01-01",),
    "method": ("/method",),
    "glossary": ("/glossary",),
    "download": ("/download",),
}  # fmt: skip
OTHERS = (
    "/robots.txt",
    "/metrics",
    "/healthz",
    "/feeds/changes.atom",
    "/nowhere",
    "/es/nowhere",
    "/nowhere.json",
    "/state/ZZ",
    "/agency/ag-0000000",
    "/states?on=14.8.2025",
    "/states?on=1999-01-01",
    "/map.svg",
)
"""URLs that are not pages, and URLs at which there is nothing."""


def pages() -> Doors:
    """Every kind of page in both languages and as data: status and type, columns of CSV, first keys of JSON."""
    shas = {"sha": _list_of(date(2025, 8, 14)), "newest": _list_of(TODAY)}
    told = {
        kind: lines(line for address in addresses for line in _page(address.format(**shas)))
        for kind, addresses in PAGES.items()
    }
    routes = [(getattr(each, "path", ""), getattr(each, "methods", None) or ()) for each in client().app.routes]  # type: ignore[attr-defined]
    others = ((address, client().get(address)) for address in OTHERS)
    told["others"] = lines(f"{address}: {at.status_code} {at.headers['content-type']}" for address, at in others)
    return told | {"addresses": lines(f"{method} {path}" for path, methods in routes for method in methods)}


def _list_of(on: date) -> str:
    """The first digits of the SHA-256 of the list that a day rests on, as URLs have them."""
    return str(answer("status", "--on", str(on))["list"]["sha256"])[:16]


def _page(address: str) -> Iterator[str]:
    """A URL in both languages and as data; with parameters, in Spanish and as JSON."""
    path, _, query = address.partition("?")
    data = path if path != "/" else "/index"
    spanish = f"/es{path}".rstrip("/")
    for form in (spanish, f"{data}.json") if query else (path, spanish, f"{data}.json", f"{data}.csv"):
        whole = f"{form}?{query}" if query else form
        response = client().get(whole)
        media = response.headers["content-type"]
        if response.status_code != 404:
            yield f"{whole}: {response.status_code} {media}"
        if response.status_code == 200 and media.startswith("text/csv"):
            yield f"{whole}: columns {response.text.lstrip(chr(0xFEFF)).splitlines()[0]}"
        elif response.status_code == 200 and form.endswith(".json"):
            yield from (f"{whole}: {line}" for line in _first_keys(response.json()))


def _first_keys(body: Any) -> Iterator[str]:
    """The keys of an object, and the days that it says it is of."""
    if isinstance(body, dict):
        yield from (f"key {name}" for name in body)
        yield from (f"{name} is {body[name]}" for name in ("on", "known_on") if name in body)


FEEDS = ("changes", "state/KY", "state/GU", "agency/ag-8zwthaz")
ATOM = "{http://www.w3.org/2005/Atom}"
FEW = 8
"""Of a feed, so many of the newest entries are looked at."""


def feeds() -> Doors:
    """The ids of the feeds and of their newest entries, by which readers know what they have read."""
    told = {}
    for address in (f"{prefix}/feeds/{feed}.atom" for prefix in ("", "/es") for feed in FEEDS):
        feed = ElementTree.fromstring(client().get(address).content)
        entries = (entry.findtext(f"{ATOM}id") for entry in islice(feed.iterfind(f"{ATOM}entry"), FEW))
        told[address] = lines([f"feed {feed.findtext(f'{ATOM}id')}", *(f"entry {one}" for one in entries)])
    return told


# -- words -----------------------------------------------------------------------------------------------------


def words() -> Doors:
    """Closed words that answers hold: verdicts, standings, kinds of problem, of change and of body."""
    lists = ledger287.open().lists()
    closed = {
        "claims: verdict": ClaimVerdict,
        "authority: verdict": authority_answer.Verdict,
        "authority: standing of an agreement": agreements.Standing,
        "authority: basis": clauses.Basis,
        "authority: requirement": requirements.How,
        "rules: standing": provisions.Standing,
        "rules: kind": provisions.Kind,
        "rules: effect": provisions.Effect,
        "rules: holds": provisions.State,
        "roster: standing": roster.Shown,
        "changes: kind": changes.Kind,
        "pending: outcome": pendings.Outcome,
        "places: kind": kinds.Kind,
        "places: ground": kinds.GroundKind,
        "places: how found": found.How,
        "places: confidence": found.Confidence,
    }
    return {name: lines(get_args(literal)) for name, literal in closed.items()} | {
        "problems: kind": lines(kind for kinds in declared_kinds().values() for kind in kinds),
        "custody: verdict": lines((duties.MISSED, duties.OPEN)),
        "custody: duty": [f"bit {place}: {duty.id}" for place, duty in enumerate(duties.DUTIES)],
        "custody: problem": [f"bit {place}: {name}" for place, name in enumerate(duties.PROBLEMS)],
        "custody: hold": lines(duties.HOLDS),
        "custody: clock": lines(filter(None, duties.CLOCKS)),
        "lists: verdict": lines(filter(None, lists["verdict"].to_list())),
        "lists: rule": lines([*filter(None, lists["rule"].to_list()), *(aside["rule"] for aside in _set_aside())]),
        "rules: id": lines(entry.id for entry in listing.rules_on(TODAY).rules),
        "web: problem type": lines(f"{kind.name}: {kind.status}" for kind in WEB_PROBLEMS.values()),
    }


def _set_aside() -> Any:
    """Synthetic lists, each excluded by a different rule."""
    folder, rows = workshop() / "doubted", made_up_rows(60)
    folder.mkdir(exist_ok=True)
    for day, them in enumerate((rows[:40], rows, [], [*rows, *rows[:15]], rows[45:], rows[:40]), 1):
        (folder / list_name(date(2025, 6, day))).write_bytes(workbook_bytes(them))
    (folder / "participatingAgencies.xlsx").write_bytes(_undated())
    done, out, _ = run("build", folder, "--out", workshop() / "doubted-record", "--json")
    return json.loads(out)["set_aside"] if done < 2 else []


def _undated() -> bytes:
    """A list of one agreement that nothing in it gives a day."""
    state, agency, kind, county, model, *_ = made_up_rows(1)[0]
    cells = (PARTICIPATING, (state, agency, kind, county, model))
    told = "".join(
        f'<row r="{number}">'
        + "".join(f'<c r="{"ABCDEFGH"[at]}{number}" t="str"><v>{text}</v></c>' for at, text in enumerate(row))
        + "</row>"
        for number, row in enumerate(cells, 1)
    )
    return raw_workbook({"Made up": f"<sheetData>{told}</sheetData>"})


# -- custody ---------------------------------------------------------------------------------------------------


@cache
def _audited() -> tuple[Any, Path]:
    """An audit of a synthetic table of cases with a few faults in its cells: its summary, and its folder."""
    place = workshop()
    answer("custody", "simulate", "--cases", "300", "--seed", "7", "--out", place / "cases.csv")
    with (place / "cases.csv").open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    for row, (column, text) in zip(rows, (("booked", "soon"), ("state", "Nowhere"), ("model", "XYZ")), strict=False):
        row[heading.index(column)] = text
    with (place / "odd-cases.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
    told = answer("custody", "audit", place / "odd-cases.csv", "--out", place / "report", code=1)
    return told, place / "report"


def custody() -> Doors:
    """Headings, events and codes that an audit reads, and the files and columns that it writes."""
    place = workshop()
    answer("custody", "simulate", "--cases", "20", "--log", "--local", "--out", place / "log.csv")
    told = {name: lines(_vocabulary(part)) for name, part in _declared().items()}
    summary, report = _audited()
    told["events, in the order of their bits"] = [f"bit {n}: {name}" for n, name in enumerate(_declared()["events"])]
    told["codes, in the order of their numbers"] = [
        f"{field} {number}: {code}"
        for field, codes in _declared()["codes"].items()
        for number, code in enumerate(codes, 1)
    ]
    told["files of the report"] = lines(path.name for path in report.iterdir())
    told["keys of audit.json"] = lines(key_paths(json.loads((report / "audit.json").read_text(encoding="utf-8"))))
    told["kinds of problem met"] = lines(summary["problems"])
    for path in sorted(report.glob("*.parquet")):
        told[f"columns of {path.name}"] = [f"{name}: {kind}" for name, kind in pl.read_parquet_schema(path).items()]
    for path in [*sorted(report.glob("*.csv")), place / "cases.csv", place / "log.csv"]:
        told[f"columns of {path.name}"] = lines(path.read_text(encoding="utf-8").splitlines()[0].split(","))
    findings = pl.read_parquet(report / "findings.parquet")
    told["findings"] = lines(map(" ".join, findings.select("duty", "verdict", "rule").iter_rows()))
    return told


def _declared() -> Any:
    return read_yaml(VOCABULARY.read_text(encoding="utf-8"))


def _vocabulary(part: Any, path: str = "") -> Iterator[str]:
    """The words of a part of the vocabulary, with the place of each; sentences are left out."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name != "says":
                yield from _vocabulary(inner, f"{path} > {name}".removeprefix(" > "))
        if not part:
            yield path
    elif isinstance(part, list):
        yield path
        for inner in part:
            yield from _vocabulary(inner, path)
    else:
        yield f"{path}: {part}"


GROUPS: dict[str, Callable[[], Doors]] = {
    "tables": tables_of_record,
    "record": record,
    "commands": commands,
    "command_keys": json_of_commands,
    "exit_codes": exit_codes,
    "python": python,
    "api_keys": http_api,
    "openapi": openapi,
    "pages": pages,
    "feeds": feeds,
    "words": words,
    "custody": custody,
}
today_of = cache(lambda group: GROUPS[group]())
"""The doors of a group as they are today."""


def write() -> None:
    """Write today's doors as the golden ones."""
    GOLDEN.mkdir(exist_ok=True)
    for group in GROUPS:
        text = json.dumps(today_of(group), indent=0, ensure_ascii=False, sort_keys=True)
        (GOLDEN / f"{group}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/golden_doors.py --write")
    write()
    close()
