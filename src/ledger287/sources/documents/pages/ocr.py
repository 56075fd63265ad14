"""A picture of a page -> words with boxes.

What enters: a page of an open PDF, drawn in shades of gray. What leaves: its words in points, upright, each with the
reader's own confidence. Full pages are read by Debian's tesseract where it is installed, else by RapidOCR; single
strips, as a handwritten day, by RapidOCR. The module promises to say when there is no reader at all.
"""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from ledger287.sources.documents.declaring import common_words, limits
from ledger287.sources.documents.files.processor import limit_processor
from ledger287.sources.documents.pages.page import Box, ReadPage, Word
from ledger287.sources.documents.pages.skew import leveled, slope_of

DPI = 150
"""Pixels an inch for a page: at 200 tesseract takes a third longer and reads no field better."""
STRIP_DPI = 220
SIDEWAYS, OVER = (90, 270, 180), (180, 90, 270)
"""In which order a page is turned that was read sideways, and one that was not read: it may be upside down."""
SENSE = 0.5
"""The share of words of the forms from which a page counts as read."""


@cache
def page_reader() -> str | None:
    """Which reader of full pages is there: ``tesseract``, ``rapidocr`` or none."""
    wanted = os.environ.get("LEDGER287_OCR")
    if wanted != "rapidocr" and shutil.which("tesseract"):
        return "tesseract"
    return "rapidocr" if _models() else None


@cache
def _models() -> Path | None:
    """The folder of the models that come in RapidOCR's package; None where they are not there: none is downloaded."""
    found = importlib.util.find_spec("rapidocr")
    if found is None or not found.origin or importlib.util.find_spec("onnxruntime") is None:
        return None
    folder = Path(found.origin).parent / "models"
    return folder if all(any(folder.glob(f"*_{part}_*.onnx")) for part in ("rec", "det")) else None


@cache
def _lines_reader() -> Any:
    """RapidOCR, which finds the lines of a picture and reads them."""
    from rapidocr import RapidOCR

    engine = "EngineConfig.onnxruntime."
    one = {f"{engine}intra_op_num_threads": 1, f"{engine}inter_op_num_threads": 1, "Global.log_level": "critical"}
    one |= {f"{engine}enable_cpu_mem_arena": False, "Rec.rec_batch_num": 1}
    one |= {"Det.limit_type": "max", "Det.limit_side_len": FOUND_AT}
    return RapidOCR(params=one)


FOUND_AT = 960
"""The longer side, in pixels, of the picture in which RapidOCR finds lines; it reads them in the picture as it is."""


@cache
def strip_reader() -> tuple[Any, tuple[str, ...]] | None:
    """The model that reads one line, and its letters, the first of which is not a letter; None where there is none."""
    folder = _models()
    if folder is None:
        return None
    import onnxruntime

    wanted = onnxruntime.SessionOptions()
    wanted.intra_op_num_threads = wanted.inter_op_num_threads = 1
    wanted.enable_cpu_mem_arena = False
    model = str(min(folder.glob("*_rec_*.onnx")))
    session = onnxruntime.InferenceSession(model, wanted, providers=["CPUExecutionProvider"])
    letters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, ("", *letters, " ")


HIGH, LEAST, MOST = 48, 320, 2000
"""The height of a line as the model wants it, and the narrowest and widest picture of one."""


def recognized(strip: Any) -> Any:
    """How likely each letter of ``strip_reader`` is at each step along a strip of one line."""
    import cv2
    import numpy as np

    reader = strip_reader()
    if reader is None:
        return None
    session, _ = reader
    width = max(8, min(MOST, round(strip.shape[1] * HIGH / strip.shape[0])))
    line = cv2.resize(strip, (width, HIGH)).astype(np.float32) / 127.5 - 1.0
    given = np.zeros((1, 3, HIGH, max(width, LEAST)), dtype=np.float32)
    given[0, :, :, :width] = line
    return session.run(None, {session.get_inputs()[0].name: given})[0][0]


SMALLEST = 2.0
"""A box of fewer pixels than this on a side cannot be drawn, and has nothing to see."""


def draw(page: Any, dpi: int, box: Box | None = None, turned: int = 0, skew: float = 0.0) -> Any:
    """A page, or a box of it in upright points, as an array of grays; never over the declared side.

    A box that is off the page, or of no size, gives an array without a point.
    """
    import numpy as np

    width, height = page.get_width(), page.get_height()
    most = int(limits()["picture"]["most_side"])
    scale = min(dpi / 72, most / max(width, height, 1.0))
    if not skew and (box is None or not turned):
        crop = (0.0, 0.0, 0.0, 0.0)
        if box:
            left, top, right, bottom = box
            across, down = min(right, width) - max(left, 0.0), min(bottom, height) - max(top, 0.0)
            if min(across, down) * scale < SMALLEST:
                return np.full((0, 0), 255, np.uint8)
            crop = (max(0.0, left), max(0.0, height - bottom), max(0.0, width - right), max(0.0, top))
        bitmap = page.render(scale=scale, grayscale=True, crop=crop)
        array = np.array(bitmap.to_numpy(), copy=True)
        bitmap.close()
        array = array[:, :, 0] if array.ndim == 3 else array
        return np.rot90(array, k=-(turned // 90) % 4).copy() if turned else array
    whole = draw(page, dpi, None, turned)
    if box is None:
        return leveled(whole, skew)
    left, top, right, bottom = (round(side * scale) for side in box)
    return leveled(whole, skew, (left, top, right, bottom))


def draw_place(page: ReadPage, source: Any, dpi: int, box: Box) -> Any:
    """A box of a page that was read, as an array of grays."""
    return draw(source, dpi, box, page.turned, page.skew)


def read_picture(page: Any, number: int) -> ReadPage:
    """A page read from its picture, leveled where it slopes, turned upright where it is sideways or upside down."""
    import numpy as np

    picture = draw(page, DPI)
    skew = slope_of(picture)
    picture = leveled(picture, skew)
    words, turned = _page_words(picture), 0
    best = _sense(words) if _along(words) else 0.0
    if words and best <= SENSE:
        for other in OVER if _along(words) else SIDEWAYS:
            read = _page_words(np.rot90(picture, k=-(other // 90) % 4).copy())
            sense = _sense(read) if _along(read) else 0.0
            if sense > best:
                best, words, turned = sense, read, other
            if sense > SENSE:
                break
    width, height = page.get_width(), page.get_height()
    if turned in (90, 270):
        width, height = height, width
    return ReadPage(number, width, height, "picture" if words else "blank", words, turned, skew)


def read_again(page: ReadPage, source: Any) -> ReadPage:
    """A page read from its picture by RapidOCR, which finds faint and crossed-out lines that tesseract leaves out."""
    words = rapid_words(draw(source, DPI, None, page.turned, page.skew), DPI)
    return replace(page, kind="picture" if words else "blank", words=words)


def _sense(words: Iterable[Word]) -> float:
    """The share of a page's words that are words of the forms."""
    plain = [word.text.casefold().strip(".,:;()") for word in words]
    plain = [word for word in plain if len(word) >= 3 and word.isalpha()]
    return sum(word in common_words() for word in plain) / len(plain) if plain else 0.0


def _along(words: Iterable[Word]) -> bool:
    """Whether most words run from left to right: tesseract also reads a page that is sideways, with boxes on end."""
    long = [word.box for word in words if len(word.text) >= 4]
    return not long or 2 * sum(right - left > bottom - top for left, top, right, bottom in long) > len(long)


def _page_words(picture: Any) -> tuple[Word, ...]:
    reader = page_reader()
    if reader == "tesseract":
        return tesseract_words(picture, DPI)
    return rapid_words(picture, DPI) if reader == "rapidocr" else ()


def tesseract_words(picture: Any, dpi: int, mode: int = 3) -> tuple[Word, ...]:
    """The words of a picture by tesseract."""
    rows, columns = picture.shape
    sent = b"P5 %d %d 255\n" % (columns, rows) + picture.tobytes()
    command = ["tesseract", "stdin", "stdout", "--dpi", str(dpi), "--psm", str(mode), "-l", "eng", "tsv"]
    found = []
    for row in _answer(command, sent).decode("utf-8", "replace").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[11].strip() and float(cells[10]) >= 0:
            left, top, wide, high = (int(cell) * 72 / dpi for cell in cells[6:10])
            box = (left, top, left + wide, top + high)
            found.append(Word(cells[11].strip(), box, True, float(cells[10]) / 100))
    return tuple(found)


def _answer(asked: list[str], sent: bytes) -> bytes:
    """What a program answers; none where it used up the declared processor time for a page."""
    with subprocess.Popen(
        asked,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    ) as process:
        limit_processor(process.pid, int(limits()["seconds"]["page"]))
        answer, _ = process.communicate(sent)
    return answer if process.returncode == 0 else b""


def rapid_words(picture: Any, dpi: int) -> tuple[Word, ...]:
    """The words of a picture by RapidOCR; it reads lines, which are cut into words by their letters' number."""
    if _models() is None or min(picture.shape) < 8:
        return ()
    done = _lines_reader()(picture, use_det=True, use_cls=False, use_rec=True)  # else it does as in the call before
    found: list[Word] = []
    if done.boxes is None:
        return ()
    for corners, text, sure in zip(done.boxes, done.txts, done.scores, strict=True):
        left, right = float(min(x for x, _ in corners)), float(max(x for x, _ in corners))
        top, bottom = float(min(y for _, y in corners)), float(max(y for _, y in corners))
        step = (right - left) / max(1, len(text))
        at = 0
        for part in text.split(" "):
            if part:
                points = 72 / dpi
                begins, ends = left + at * step, left + (at + len(part)) * step
                box = (begins * points, top * points, ends * points, bottom * points)
                found.append(Word(part, box, True, float(sure)))
            at += len(part) + 1
    return tuple(found)


def found_lines(picture: Any, dpi: int) -> list[Box]:
    """Where RapidOCR finds lines in a picture, in points; none of them is read."""
    if _models() is None or min(picture.shape) < 8:
        return []
    boxes = _lines_reader()(picture, use_det=True, use_cls=False, use_rec=False).boxes
    points = 72 / dpi
    sides = [([x for x, _ in corners], [y for _, y in corners]) for corners in (() if boxes is None else boxes)]
    return [(min(xs) * points, min(ys) * points, max(xs) * points, max(ys) * points) for xs, ys in sides]


def stretched(picture: Any, by: float) -> Any:
    """A picture, wider by a share, so that touching letters can be distinguished more easily."""
    import numpy as np

    if by == 1.0 or picture.shape[1] < 2:
        return picture
    at = np.linspace(0, picture.shape[1] - 1, round(picture.shape[1] * by))
    left = np.minimum(at.astype(int), picture.shape[1] - 2)
    part = (at - left)[None, :]
    return (picture[:, left] * (1 - part) + picture[:, left + 1] * part).astype(np.uint8)


DARK, RULED = 140, 0.3
"""The shade from which a point can be ink, and the share of a row that is dark from which it is a ruled line."""


def trimmed(picture: Any) -> Any:
    """A strip without its blank ends: a quarter of its height is left before what is written, and behind it."""
    import numpy as np

    if min(picture.shape) < 2:
        return picture
    paper, ink = np.percentile(picture, (80, 2))
    dark = picture < min(DARK, (paper + ink) / 2)
    inked = np.flatnonzero(dark[dark.mean(axis=1) <= RULED].any(axis=0))
    if not len(inked):
        return picture
    margin = picture.shape[0] // 4
    return picture[:, max(0, int(inked[0]) - margin) : int(inked[-1]) + 1 + margin]


def slanted(picture: Any, by: float) -> Any:
    """A picture whose rows are moved sideways, more above than below: leaning writing becomes upright."""
    import numpy as np

    height, width = picture.shape
    found = np.full_like(picture, 255)
    for row in range(height):
        moved = round(by * (height / 2 - row))
        if abs(moved) < width:
            found[row, max(0, moved) : width + min(0, moved)] = picture[row, max(0, -moved) : width - max(0, moved)]
    return found
