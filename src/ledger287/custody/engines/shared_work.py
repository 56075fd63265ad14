"""A folder in a store in which a cluster works, in place of one that every machine has mounted (``--work hdfs://...``).

What enters: a session of Spark, the folder's URI, and this machine's own folder. What leaves: for each file of this
machine its URI, under which the workers read it; and copies on this machine of what they write. Everything is in a new
folder of its own, which is removed at the end.
"""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

from ledger287.core.problem import Refused
from ledger287.custody.engines.hadoop import HadoopStore


class SharedWork:
    """A new folder below ``uri`` for the files of ``folder``."""

    def __init__(self, session: Any, uri: str, folder: Path) -> None:
        self.store, self.folder = HadoopStore(session), folder.resolve()
        self.root = f"{uri.rstrip('/')}/ledger287-{os.getpid()}-{secrets.token_hex(4)}"
        self._there: dict[Path, str] = {}
        self.store.make(self.root)

    def of(self, path: Path) -> str:
        """The URI of a file or folder of this machine's work, or a new one for a file from elsewhere."""
        mine = path.resolve()
        if mine.is_relative_to(self.folder):
            return f"{self.root}/{mine.relative_to(self.folder).as_posix()}"
        return f"{self.root}/inputs/{len(self._there):06}.parquet"

    def sent(self, path: Path) -> str:
        """A file's URI, once it is there."""
        mine = path.resolve()
        if mine not in self._there:
            uri = self.of(mine)
            self.store.send(mine, uri)
            self._there[mine] = uri
        return self._there[mine]

    def fetched(self, path: Path) -> None:
        """Copies what the workers wrote for ``path`` to this machine."""
        uri = self.of(path)
        self.store.copy(uri, path)
        self._there[path.resolve()] = uri

    def close(self) -> None:
        """Removes the folder; one that cannot be removed is left, since the audit is done."""
        with contextlib.suppress(Refused):
            self.store.remove(self.root)
