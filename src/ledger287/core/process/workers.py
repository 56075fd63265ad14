"""How the package starts further interpreters, so that none of them imports from the folder a person is in.

What enters: a module of this package and its arguments. What leaves: a command that runs it in an
isolated interpreter (``-I``: no current folder, no PYTHON* variables) with the folders this process
imports from. Promise: a ``pickle.py`` that happens to lie next to somebody's lists is never run.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

_RUN = (
    "import runpy, sys; sys.path[:0] = {folders!r}; runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
)
_starting = Lock()


def isolated(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package in an isolated interpreter."""
    code = _RUN.format(folders=import_folders(), module=module)
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", code, *arguments]


def import_folders() -> list[str]:
    """The package's own folder, then those this process imports from, without the current folder."""
    package = str(Path(__file__).resolve().parents[3])
    others = (folder for folder in sys.path if Path(folder).is_absolute() and Path(folder).resolve() != Path.cwd())
    return list(dict.fromkeys((package, *others)))


@contextmanager
def safe_start() -> Iterator[None]:
    """While processes are spawned by ``multiprocessing``: they leave the current folder out of their path.

    A spawned interpreter takes its path from the environment first, and from this process after that.
    """
    names = ("PYTHONSAFEPATH", "PYTHONPATH")
    with _starting:
        before, path = {name: os.environ.pop(name, None) for name in names}, list(sys.path)
        os.environ["PYTHONSAFEPATH"] = "1"
        sys.path[:] = import_folders()
        try:
            yield
        finally:
            sys.path[:] = path
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
