"""A workbook's bytes, damaged at random: bytes changed, cut, repeated, or packed again with right checksums.

What enters: bytes and a source of chance. What leaves: other bytes, the same for the same chance.
"""

import io
import random
import zipfile


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """The beginning only."""
    return data[: chance.randrange(len(data))]


def repeated(data: bytes, chance: random.Random) -> bytes:
    """A piece put in once more somewhere else."""
    start, at = chance.randrange(len(data)), chance.randrange(len(data))
    return data[:at] + data[start : start + chance.randint(1, 5000)] + data[at:]


def repacked(data: bytes, chance: random.Random) -> bytes:
    """One part of the package changed, and all packed again, so that every checksum is right."""
    buffer = io.BytesIO()
    how = chance.choice((flipped, cut, repeated))
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, how(part, chance) if name == chosen and part else part)
    return buffer.getvalue()
