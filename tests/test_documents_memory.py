"""Two processes that read documents keep the declared memory together, with the readers that they start."""

import subprocess
import sys
from pathlib import Path

import pytest

from documents_making import written
from ledger287.sources.documents.declaring import limits
from ledger287.sources.documents.files import children
from ledger287.sources.documents.files.memory import share_of_memory

HOLDS = "import sys, time; held = bytearray(b'x') * 80_000_000; print('held', flush=True); time.sleep(60)"
STARTS = (
    "import subprocess, sys, time; sys.stdin.readline(); "
    f"other = subprocess.Popen([sys.executable, '-ISc', {HOLDS!r}], stdout=subprocess.PIPE); "
    "other.stdout.readline(); time.sleep(1.5); other.kill(); print('{}', flush=True)"
)


def test_shares_and_the_program_itself_are_the_declared_memory() -> None:
    memory = limits()["memory"]
    assert 2 * share_of_memory(2) + memory["own_bytes"] <= memory["most_bytes"] <= 1_500_000_000


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell memory in use")
@pytest.mark.parametrize(("most", "kinds"), [(60_000_000, ["too_much_memory"]), (600_000_000, [])])
def test_what_a_reader_of_pictures_takes_counts_for_the_process_that_started_it(
    most: int, kinds: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "share_of_memory", lambda _: most)
    child = children.ReadingProcess()
    started = subprocess.Popen([sys.executable, "-ISc", STARTS], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    monkeypatch.setattr(child, "_running", lambda: started)
    child._process = started
    row = child.read(written(tmp_path, "a.pdf", b"%PDF-"))
    child.stop()
    assert [problem["kind"] for problem in row.get("problems", ())] == kinds
