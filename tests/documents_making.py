"""PDFs for tests: pages of lines, set in one of the fonts that every reader has. All names are synthetic."""

from collections.abc import Sequence
from pathlib import Path

Line = tuple[float, float, str]
"""Left and top in points from the upper left corner, and the text."""


def pdf(pages: Sequence[Sequence[Line]], extra: bytes = b"") -> bytes:
    """A PDF with a text layer; ``extra`` is added to its catalog."""
    objects: list[bytes] = [b"", b""]
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"BT /F1 11 Tf %.1f %.1f Td (%s) Tj ET\n"
            % (
                left,
                792 - top,
                text.replace("\\", "").replace("(", "\\(").replace(")", "\\)").encode("latin-1", "replace"),
            )
            for left, top, text in lines
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 << "
            b"/Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>" % len(objects)
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % extra
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


TITLE = (
    "This Memorandum of Agreement (MOA) constitutes an agreement between United States",
    "Immigration and Customs Enforcement (ICE), a component of the Department of Homeland",
    "Security (DHS), and the {agency}, pursuant to which ICE delegates to nominated,",
    "trained, and certified officers or employees of the {agency} (hereinafter",
    'interchangeably referred to as "Law Enforcement Agency" (LEA)), the authority to perform',
    "certain immigration enforcement functions as specified herein. The LEA represents",
    "{agency} in the implementation and administration of this MOA.",
)
SIGNING = (
    "By signing this MOA, each party represents it is fully authorized to enter into this MOA, accepts",
    "the terms, responsibilities, obligations, and limitations of this MOA, and agrees to be bound thereto",
    "to the fullest extent allowed by law.",
)


def agreement(
    agency: str = "Example County Sheriff's Office",
    agency_day: str = "03/04/2025",
    ice_day: str = "March 10, 2025",
    version: str = "03/07/2025",
    title: str = "287(g) Task Force Model",
    lead: int = 0,
) -> list[list[Line]]:
    """Nine pages in the form of a Task Force Model agreement, after ``lead`` pages of something else."""
    foot: list[Line] = [(60, 740, agency), (300, 755, "9"), (60, 768, f"Revised {version}")]
    letter = "The board of the county met on Tuesday and approved the minutes of its meeting before the recess."
    first: list[Line] = [(200, 60, "MEMORANDUM OF AGREEMENT"), (230, 76, title)]
    first += [(60, 100 + 14 * n, text.format(agency=agency)) for n, text in enumerate(TITLE)]
    signed: list[Line] = [(60, 100 + 14 * n, text) for n, text in enumerate(SIGNING)]
    for left, party, day, name, office in (
        (60, "For the LEA:", agency_day, "Pat Example", "Sheriff"),
        (311, "For ICE:", ice_day, "Lee Sample", "Acting Director"),
    ):
        body = agency if left == 60 else "U.S. Immigration and Customs Enforcement"
        rows = (party, f"Date: {day}", "Signature:", f"Name: {name}", f"Title: {office}", f"Agency: {body}")
        signed += [(left, 170 + 22 * n, text) for n, text in enumerate(rows)]
    middle: list[Line] = [
        (60, 100, "Nothing in this MOA limits the authority of the law enforcement agency and its officers.")
    ]
    before = [[(60.0, 100.0, letter)] for _ in range(lead)]
    return [*before, [*first, *foot], *[[*middle, *foot] for _ in range(7)], [*signed, *foot]]


def written(folder: Path, name: str, content: bytes) -> Path:
    """A file in a folder."""
    path = folder / name
    path.write_bytes(content)
    return path
