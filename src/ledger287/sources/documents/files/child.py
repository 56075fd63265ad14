"""The process in which documents are read: one path a line comes in, one answer a line goes out.

What enters: paths on standard input, each to be read or one page of it drawn. What leaves: a JSON row for each on
standard output. The process has limits of
memory and opens no network; nothing inside a document is run. It is started and stopped by ``children``.
"""

import contextlib
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ledger287.core.problem import Refused
from ledger287.sources.documents.pages.page import Box


def limit_memory() -> None:
    """Keep this process under the declared memory, where the system can."""
    from ledger287.sources.documents.declaring import limits

    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        most = int(limits()["memory"]["process_bytes"])
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
    from ledger287.sources.documents.versions.aligning import align_file

    for line in sys.stdin:
        request = json.loads(line)
        try:
            path = Path(request["path"])
            answer: dict[str, Any]
            if "picture" in request:
                answer = {"written": draw_place(path, Path(request["picture"]), request)}
            elif "aligned" in request:
                answer = {"aligned": asdict(align_file(path))}
            else:
                answer = as_row(read_document(path))
        except Refused as refused:
            answer = {"refused": str(refused)}
        except MemoryError:
            answer = {"failed": "too_much_memory"}
        except Exception as error:
            answer = failure(error)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def failure(error: Exception) -> dict[str, Any]:
    """What an error of a library means: no memory left, however the library says it, or a page it cannot read."""
    said = " ".join(map(str, error.args))
    if any(sign in said.casefold() for sign in NO_MEMORY):
        return {"failed": "too_much_memory"}
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "no word of why")
    return {
        "failed": "stopped",
        "found": f"a page that its reader could not read ({type(error).__name__}: {last[:200]})",
    }


NO_MEMORY = ("bad_alloc", "failed to allocate", "out of memory", "insufficient memory", "cannot allocate")
"""How libraries say that the memory limit is met."""


def draw_place(path: Path, out: Path, asked: dict[str, Any]) -> bool:
    """Write a page of a document as a picture, with boxes around places or words; False where it has no such page."""
    from ledger287.sources.documents.files.opening import open_document
    from ledger287.sources.documents.pages import ocr, text_layer
    from ledger287.sources.documents.pages.picture import png_of
    from ledger287.sources.documents.versions.places import boxes_of_words

    number: int = asked["page"]
    boxes: list[Box] = list(asked.get("boxes", ()))

    opened, _ = open_document(path)
    if opened is None or not 1 <= number <= opened.pages:
        return False
    source = opened.document[number - 1]
    page = text_layer.read_page(source, number)
    if not text_layer.believed(page.text):
        page = ocr.read_picture(source, number)  # which tells by how much it is turned, and how it slopes
    if "words" in asked:
        boxes += boxes_of_words(page, *asked["words"])
    out.write_bytes(png_of(source, boxes, page.turned, page.skew))
    return True


if __name__ == "__main__":
    main()
