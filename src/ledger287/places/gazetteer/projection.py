"""Degrees <-> the sheet that the national map is drawn on: the continent, and the insets.

The continent, Alaska and Hawaii are placed as d3.geoAlbersUsa().scale(1300).translate([487.5, 305]) places them,
because the boundaries come in that projection; Puerto Rico and the territories are in a row below, each enlarged in its
own box. Islands of one territory that are far apart are moved together, so a distance between two placements means
nothing. Both directions are closed forms and agree to 1e-9.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from types import MappingProxyType
from typing import Protocol

WIDTH, HEIGHT = 975, 700
SCALE, MIDDLE_X, MIDDLE_Y = 1300.0, 487.5, 305.0
KM_PER_DEGREE = 111.195


class Placement(Protocol):
    """A piece of ground and its position on the sheet."""

    def place(self, longitude: float, latitude: float) -> tuple[float, float]: ...
    def ground(self, x: float, y: float) -> tuple[float, float]: ...


class Conic:
    """Albers' equal-area conic on the sphere, in d3's terms."""

    def __init__(
        self,
        parallels: tuple[float, float],
        meridian: float,
        centre: tuple[float, float],
        scale: float,
        at: tuple[float, float],
    ) -> None:
        low = sin(radians(parallels[0]))
        self.n = (low + sin(radians(parallels[1]))) / 2
        self.c = 1 + low * (2 * self.n - low)
        self.r0 = sqrt(self.c) / self.n
        self.meridian, self.scale = meridian, scale
        x, y = self._plane(radians(centre[0]), radians(centre[1]))
        self.x0, self.y0 = at[0] - scale * x, at[1] + scale * y

    def _plane(self, turn: float, latitude: float) -> tuple[float, float]:
        r = sqrt(self.c - 2 * self.n * sin(latitude)) / self.n
        return r * sin(turn * self.n), self.r0 - r * cos(turn * self.n)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Degrees -> the sheet. Longitudes beyond 180 degrees from the meridian come round."""
        turn = (longitude - self.meridian + 180) % 360 - 180
        x, y = self._plane(radians(turn), radians(latitude))
        return self.x0 + self.scale * x, self.y0 - self.scale * y

    def ground(self, x: float, y: float) -> tuple[float, float]:
        """The sheet -> degrees, longitude from -180 to 180."""
        across, down = (x - self.x0) / self.scale, self.r0 - (self.y0 - y) / self.scale
        r = hypot(across, down)
        turn = degrees(atan2(across, down) / self.n)
        latitude = degrees(asin((self.c - (r * self.n) ** 2) / (2 * self.n)))
        return (turn + self.meridian + 180) % 360 - 180, latitude


@dataclass(frozen=True, slots=True)
class Island:
    """A small piece of ground around a center, ``scale`` sheet units per kilometer, true to shape."""

    centre: tuple[float, float]
    scale: float
    at: tuple[float, float]

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Degrees -> the sheet."""
        unit = self.scale * KM_PER_DEGREE
        east, north = longitude - self.centre[0], latitude - self.centre[1]
        return self.at[0] + east * cos(radians(self.centre[1])) * unit, self.at[1] - north * unit

    def ground(self, x: float, y: float) -> tuple[float, float]:
        """The sheet -> degrees."""
        unit = self.scale * KM_PER_DEGREE
        east = (x - self.at[0]) / (unit * cos(radians(self.centre[1])))
        return self.centre[0] + east, self.centre[1] - (y - self.at[1]) / unit


@dataclass(frozen=True, slots=True)
class SheetBox:
    """The frame of an inset in the bottom row: left, top, width, height."""

    state: str
    x: float
    y: float
    width: float
    height: float


TOP, TALL = 628.0, 66.0
BOXES = (
    SheetBox("AS", 375.0, TOP, 130.0, TALL),
    SheetBox("GU", 513.0, TOP, 74.0, TALL),
    SheetBox("MP", 595.0, TOP, 112.0, TALL),
    SheetBox("PR", 715.0, TOP, 150.0, TALL),
    SheetBox("VI", 873.0, TOP, 84.0, TALL),
)

CONTINENT = Conic((29.5, 45.5), -96.0, (-0.6, 38.7), SCALE, (MIDDLE_X, MIDDLE_Y))
BY_STATE: Mapping[str, Placement] = MappingProxyType(
    {
        "02": Conic(
            (55.0, 65.0), -154.0, (-2.0, 58.5), 0.35 * SCALE, (MIDDLE_X - 0.307 * SCALE, MIDDLE_Y + 0.201 * SCALE)
        ),
        "15": Conic((8.0, 18.0), -157.0, (-3.0, 19.9), SCALE, (MIDDLE_X - 0.205 * SCALE, MIDDLE_Y + 0.212 * SCALE)),
        "60": Island((-170.72, -14.30), 1.15, (407.0, 672.0)),
        "66": Island((144.78, 13.445), 0.86, (550.0, 668.0)),
        "72": Island((-66.58, 18.20), 0.47, (790.0, 669.0)),
        "78": Island((-64.80, 18.04), 0.53, (915.0, 669.0)),
    }
)
BY_COUNTY: Mapping[str, Placement] = MappingProxyType(
    {
        "60020": Island((-169.56, -14.21), 1.15, (460.0, 672.0)),  # Manu'a, 100 km east of Tutuila
        "69085": Island((145.7, 18.3), 0.11, (690.0, 664.0)),  # Northern Islands, a chain of 480 km
        "69100": Island((145.21, 14.155), 1.05, (615.0, 678.0)),  # Rota
        "69110": Island((145.76, 15.19), 1.05, (667.0, 668.0)),  # Saipan
        "69120": Island((145.63, 14.97), 1.05, (643.0, 674.0)),  # Tinian
    }
)


def placement(fips: str) -> Placement:
    """The position of a county's ground on the sheet."""
    return BY_COUNTY.get(fips) or BY_STATE.get(fips[:2]) or CONTINENT
