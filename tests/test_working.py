"""What a person at a terminal sees of work that takes its time; and what others see: nothing."""

import os
import pty
import subprocess
import sys

WORK = """
import time
from ledger287.cli import working
working.SHOWN_AFTER = {after}
with working.working("counting the rows"):
    time.sleep({seconds})
print("done")
"""


def on_a_terminal(after: float, seconds: float) -> str:
    """Everything that the work writes to its terminal."""
    mine, its = pty.openpty()
    environment = {**os.environ, "TERM": "xterm"}
    words = [sys.executable, "-c", WORK.format(after=after, seconds=seconds)]
    with subprocess.Popen(words, stdout=its, stderr=its, env=environment) as running:
        os.close(its)
        found = b""
        try:
            while part := os.read(mine, 65536):
                found += part
        except OSError:  # the other end is closed
            pass
        assert running.wait(60) == 0
    os.close(mine)
    return found.decode()


def test_long_work_says_what_it_is() -> None:
    assert "counting the rows" in on_a_terminal(0, 1)


def test_short_work_says_nothing() -> None:
    assert on_a_terminal(60, 0).strip() == "done"


def test_elsewhere_than_on_a_terminal_nothing_is_written() -> None:
    words = [sys.executable, "-c", WORK.format(after=0, seconds=0.5)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("done\n", "")
