"""Where a scene is looked at from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .vectors import Array, unit, units, vector


class Camera:
    """`eye` and `look` are points; `view` is the horizontal angle in degrees; the picture is `width` x `height` pixels."""

    def __init__(
        self, eye: Sequence[float], look: Sequence[float], view: float, width: int, height: int, roll: float = 0
    ) -> None:
        self.eye = vector(eye)
        self.width, self.height = width, height
        self.ahead = unit(vector(look) - self.eye)
        right = unit(np.cross(self.ahead, (0, 1, 0)))
        up = np.cross(right, self.ahead)
        c, s = np.cos(np.radians(roll)), np.sin(np.radians(roll))
        self.right, self.up = c * right + s * up, c * up - s * right
        self.zoom = 1 / np.tan(np.radians(view / 2))

    def rays(self, first: int, last: int) -> tuple[Array, Array]:
        """Origins and directions of the rays through the pixels of the rows from `first` to before `last`."""
        x = (np.arange(self.width) + 0.5) / self.width * 2 - 1
        y = -((np.arange(first, last) + 0.5) / self.height * 2 - 1) * self.height / self.width
        across, down = np.meshgrid(x, y)
        ways = units(self.ahead * self.zoom + across[..., None] * self.right + down[..., None] * self.up).reshape(-1, 3)
        return np.broadcast_to(self.eye, ways.shape).copy(), ways

    def see(self, point: Sequence[float] | Array) -> tuple[float, float, float]:
        """Where a point is in the picture: x, y in pixels, and how far away it is in the way that the camera looks."""
        away = vector(point) - self.eye
        depth = float(away @ self.ahead)
        scale = self.zoom * self.width / 2 / (depth if abs(depth) > 1e-6 else 1e-6)
        return float(away @ self.right) * scale + self.width / 2, self.height / 2 - float(away @ self.up) * scale, depth

    def size(self, metres: float, depth: float) -> float:
        """How many pixels a length has at a depth."""
        return metres * self.zoom * self.width / 2 / max(depth, 1e-3)

    @property
    def horizon(self) -> float:
        """The row of the horizon."""
        flat = np.array([self.ahead[0], 0, self.ahead[2]])
        return self.see(self.eye + unit(flat) * 4000)[1]
