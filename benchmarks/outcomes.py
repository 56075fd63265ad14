"""Reading ICE's detention workbooks: this reader, fastexcel's bare reading, and pandas where it is installed.

    python -m benchmarks.outcomes ../shared/outcomes/ice_detention_stats

Times are of the processor, so that other work on the machine changes them little. The question timed is "who was held
on a day", answered from the record in memory.
"""

import io
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import fastexcel

from ledger287.ledger.outcomes.held import held_on
from ledger287.sources.outcomes.workbook import read_workbook


def bare(data: bytes) -> None:
    reader = fastexcel.read_excel(data)
    for name in reader.sheet_names:
        reader.load_sheet(name, header_row=None).to_polars()


def pandas(data: bytes) -> None:
    import pandas as pd  # type: ignore[import-untyped,unused-ignore]

    pd.read_excel(io.BytesIO(data), sheet_name=None, header=None)


def seconds(run: Callable[[bytes], object], files: list[bytes]) -> float:
    start = time.process_time()
    for data in files:
        run(data)
    return time.process_time() - start


def main(folder: Path) -> None:
    files = [path.read_bytes() for path in sorted(folder.glob("*.xlsx"))]
    basis = seconds(bare, files)
    print(f"{len(files)} workbooks")
    print(f"  fastexcel, bare      {basis:6.2f} s")
    mine = seconds(lambda data: read_workbook(data, "file.xlsx"), files)
    print(f"  outcomes read        {mine:6.2f} s, {mine / basis:.1f} times")
    try:
        other = seconds(pandas, files)
        print(f"  pandas               {other:6.2f} s, {other / basis:.1f} times")
    except ImportError as error:
        print(f"  pandas               not measured ({error})")
    held_on(date(2026, 1, 25))
    start = time.perf_counter()
    for _ in range(100):
        held_on(date(2026, 1, 25))
    print(f"  who was held         {(time.perf_counter() - start) * 10:6.3f} ms a question")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/outcomes/ice_detention_stats"))
