"""The process in which documents are read: one path a line comes in, one answer a line goes out.

What enters: paths on standard input. What leaves: a JSON row for each on standard output. The process has limits of
memory and opens no network; nothing inside a document is run. It is started and stopped by ``children``.
"""

import contextlib
import json
import os
import sys
from pathlib import Path


def limit_memory() -> None:
    """Keep this process under the declared memory, where the system can."""
    from ledger287.sources.documents.declaring import limits

    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        most = int(limits()["memory"]["most_bytes"])
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer until standard input ends."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    limit_memory()
    from ledger287.sources.documents.reading import read_document
    from ledger287.sources.documents.rows import as_row

    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = as_row(read_document(Path(asked["path"])))
        except MemoryError:
            answer = {"failed": "too_much_memory"}
        except Exception as error:
            answer = {"failed": "stopped", "found": f"{type(error).__name__}: {error}"[:300]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
