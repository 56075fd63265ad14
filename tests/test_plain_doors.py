"""Small refusals and courtesies: weights of encodings, days that are none, locales without UTF-8, hardened units."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ledger287.cli.common import OF_CUSTODY, run_safely
from ledger287.core.time import read_day
from ledger287.factcheck.text.published import month_or_day
from ledger287.web.render.response import takes_gzip
from ledger287.web.server.app import make_app
from sites import site_on

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True), ("gzip, br", True), ("GZIP;q=0.5", True), ("br, gzip;q=1.0", True), ("*", True),
        ("gzip;q=0", False), ("gzip; q=0", False), ("gzip;q=0.000, *", False), ("identity", False), ("", False),
        ("br", False), ("*;q=0", False), ("gzip;q=no", False), ("notgzip", False),
    ],
)  # fmt: skip
def test_weights_of_encodings(accepted: str, taken: bool) -> None:
    assert takes_gzip(accepted) == taken


def test_a_client_that_refuses_gzip_gets_the_page_plain() -> None:
    client = TestClient(make_app(site_on(date(2026, 5, 9)), watch=False))
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    plain = client.get("/", headers={"accept-encoding": "gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert plain.text == packed.text


@pytest.mark.parametrize("text", ["2025-W33-4", "20250814", "2025-8-14", "0000-01-01", "2025-02-30", "2025-08-1４", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="2025-08-14"):
        read_day(text)


@pytest.mark.parametrize("text", ["0000", "0000-05", "2025-13", "25", "2025-W33"])
def test_what_is_no_date_of_a_story_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="2025-08-14"):
        month_or_day(text)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_locale_without_utf_8_prints_plainly(encoding: str) -> None:
    words = ["changes", "--since", "2026-03-01", "--until", "2026-03-10", "--kind", "corrected"]
    done = subprocess.run(
        [sys.executable, "-m", "ledger287.cli.main", *words],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "->" in done.stdout.decode(encoding)


def test_the_units_are_hardened_alike() -> None:
    wanted = {
        "NoNewPrivileges", "ProtectSystem", "ProtectHome", "PrivateTmp", "PrivateDevices", "PrivateUsers", "MemoryMax",
        "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "ProtectControlGroups", "ProtectClock",
        "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID", "RestrictAddressFamilies", "LockPersonality",
        "SystemCallArchitectures", "SystemCallFilter", "CapabilityBoundingSet", "UMask", "TasksMax",
    }  # fmt: skip
    for name in ("ledger287.service", "ledger287-update.service"):
        text = (REPOSITORY / "deploy" / name).read_text(encoding="utf-8")
        assert wanted <= set(re.findall(r"(?m)^(\w+)=", text)), name
    update = (REPOSITORY / "deploy" / "ledger287-update.service").read_text(encoding="utf-8")
    assert "TimeoutStartSec=" in update


def test_every_pinned_requirement_has_its_hashes() -> None:
    pinned = re.findall(
        r"(?m)^([\w-]+)(?:\[\w+\])?==(\S+)",
        "".join((REPOSITORY / f"requirements{part}.txt").read_text(encoding="utf-8") for part in ("", "-custody")),
    )
    hashed = (REPOSITORY / "deploy" / "requirements-hashes.txt").read_text(encoding="utf-8")
    entries = dict(re.findall(r"(?m)^([\w-]+)==(\S+) \\$", hashed))
    wanted = {name.replace("_", "-"): version for name, version in pinned}
    assert {name: entries.get(name) for name in wanted} == wanted
    blocks = re.split(r"(?m)^(?=[\w-]+==)", hashed)[1:]
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", block) for block in blocks)
    assert "://" not in hashed
    assert "--require-hashes" in (REPOSITORY / "deploy" / "Containerfile").read_text(encoding="utf-8")


def test_only_audits_need_the_libraries_of_the_extra_custody() -> None:
    wanted = re.compile(rf"(?m)^\s*(?:import|from) ({'|'.join(OF_CUSTODY)})\b")
    source = REPOSITORY / "src" / "ledger287"
    found = {str(path.relative_to(source)) for path in source.rglob("*.py") if wanted.search(path.read_text())}
    assert {one for one in found if not one.startswith("custody/")} == {
        "ledger/query/ledger.py", "ledger/query/list_ledger.py", "ledger/query/opened.py",
        "sources/outcomes/counts/counted.py", "sources/outcomes/counts/engine.py",
        "sources/outcomes/counts/person_files.py", "sources/outcomes/counts/spark.py",
    }  # fmt: skip
    main = (REPOSITORY / "requirements.txt").read_text(encoding="utf-8")
    assert not [name for name in OF_CUSTODY if re.search(rf"(?m)^{name}", main)]


@pytest.mark.parametrize("name", ["pyarrow", "duckdb"])
def test_a_missing_extra_is_told_with_how_to_get_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    assert run_safely(command) == 2
    assert "make custody" in capsys.readouterr().err


def test_another_missing_module_is_an_error_of_the_program() -> None:
    def command() -> None:
        raise ModuleNotFoundError("No module named 'polars'", name="polars")

    with pytest.raises(ModuleNotFoundError):
        run_safely(command)


@pytest.mark.parametrize(
    "command",
    [
        ("audit", "cases.csv", "--zone", "America/Chicago", "--out", "report"),
        ("simulate", "--cases", "10", "--out", "synthetic"),
    ],
)
def test_a_command_of_custody_without_the_extra_says_how_to_get_it(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("case,charges_cleared\nA-1,2025-03-02T10:00:00-05:00\n", encoding="utf-8")
    blocked = f"import sys; sys.modules.update(dict.fromkeys({OF_CUSTODY!r})); from ledger287.cli.main import run"
    answer = subprocess.run(
        [sys.executable, "-c", f"{blocked}; sys.exit(run())", "custody", *command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (answer.returncode, "Traceback" in answer.stderr) == (2, False), answer.stderr
    assert "make custody" in answer.stderr


def test_the_site_and_the_clock_need_nothing_of_the_extra(tmp_path: Path) -> None:
    """`make run` installs no extra: pages, the API, one hold and the other commands answer without it."""
    hold = {"state": "TX", "zone": "America/Chicago", "charges_cleared": "2025-07-03 10:00", "detainer_form": "I-247A",
            "detainer_received": "2025-07-03 09:00", "hold_started": "2025-07-03 10:00"}  # fmt: skip
    script = f"""
import sys
sys.modules.update(dict.fromkeys({OF_CUSTODY!r}))
from datetime import date
from starlette.testclient import TestClient
from ledger287.cli.main import run
from ledger287.web.server.app import make_app
from ledger287.web.server.site import Site
client = TestClient(make_app(Site(None, today=lambda: date(2026, 5, 9)), watch=False))
for url in ("/", "/es", "/hold", "/check", "/model/HYB", "/state/TX", "/api", "/api/v1/status?on=2018-06-01"):
    assert client.get(url).status_code == 200, url
assert client.post("/api/v1/hold", json={hold!r}).json()["clock"]["governing"]
sys.argv = ["ledger287", "custody", "clock", "--releasable", "2025-07-03 10:00", "--zone", "America/Chicago"]
sys.exit(run())
"""
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert "No later than" in answer.stdout
