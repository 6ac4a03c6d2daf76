"""The cels of a shot: what its camera sees at most, drawn once in each light, and for each drawing of somebody who moves the
rectangle that is different. Kept in files by a digest of all that they are made of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, minimum_filter

from ..media import air
from ..media.camera import Camera
from ..media.index import kit_digest
from ..media.paint import Image
from ..media.scene import Scene
from .acting import Acting, State, states
from .casting import Caster, Rect
from .painting import PAD, Painter
from .scenes import BAR_LAMPS, has_bar
from .staging import FilmStage
from .storyboard import Path as Way
from .timeline import ShotTime

WIDTH, HEIGHT = 1280, 720
FINE = 1.05  # pixels of a cel for each of the frame, where the camera is nearest
MOST_PIXELS = 1_900_000  # of a cel: a camera that goes from far to very near is softer at last
MARGIN = 0.02  # of the picture, around what the camera shows: for the parallax
SMALL = 4  # depth is kept in a fourth of the size
STILL_CODE = ("casting", "cels", "painting", "staging", "scenes")
MOVING_CODE = ("acting", "motion", "stance")
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Frame:
    """The part of a scene's picture that a shot may show: the size of the whole picture in pixels, and the rectangle of it."""

    width: int
    height: int
    window: Rect


@dataclass
class Cels:
    """All drawings of a shot. `still` has a picture a layer (blue, green, red in bytes), `near` how near each pixel is (-1 to 1),
    `patches` are rectangles and pictures by state.
    """

    frame: Frame
    layers: tuple[str, ...]
    still: list[Bytes]
    near: NDArray[np.float32]
    patches: dict[State, tuple[Rect, list[Bytes]]]


def framed(way: Way, scale: float = 1.0) -> Frame:
    """What a camera's way may show, `scale` times as fine."""
    nearest = max(way.first[2], way.last[2])
    sides = []
    for x, y, zoom in (way.first, way.last):
        half = 0.5 / zoom + MARGIN
        sides.append((x - half, y - half, x + half, y + half))
    left, top = (max(0.0, min(side[k] for side in sides)) for k in (0, 1))
    right, bottom = (min(1.0, max(side[k] for side in sides)) for k in (2, 3))
    fine = FINE * nearest * scale
    pixels = (right - left) * (bottom - top) * WIDTH * HEIGHT * fine * fine
    fine *= min(1.0, (MOST_PIXELS / pixels) ** 0.5)
    width, height = round(WIDTH * fine), round(HEIGHT * fine)
    window = (int(left * width), int(top * height), round(right * width), round(bottom * height))
    return Frame(width, height, window)


def code_digest(names: tuple[str, ...]) -> str:
    """A number of the code of these modules."""
    total = hashlib.sha256()
    for name in names:
        total.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return total.hexdigest()[:16]


class Shooting:
    """Makes the cels of one shot, or takes them from where they are kept."""

    def __init__(self, scene: Scene, said: str, timed: ShotTime, keep: Path, scale: float = 1.0) -> None:
        """`said` is the digest of the scene's file; cels are kept in the folder `keep`."""
        self.scene, self.timed, self.keep = scene, timed, keep
        self.frame = framed(timed.shot.camera, scale)
        bar = timed.shot.bar if timed.shot.bar is not None else has_bar(scene)
        self.layers = tuple(kind for kind in BAR_LAMPS if bar)
        self.movers = tuple(dict.fromkeys(act.who for act in timed.shot.acts))
        what = (said, self.frame, self.layers, self.movers, timed.shot.look, kit_digest(), code_digest(STILL_CODE))
        self.still_key = hashlib.sha256(repr(what).encode()).hexdigest()[:20]
        self._stage: FilmStage | None = None
        self._painter: Painter | None = None

    def _moving_key(self, state: State) -> str:
        acts = [(act.act.who, act.act.pose, repr(act.act.joints), act.act.to, act.act.turn) for act in self.timed.acts]
        what = (self.still_key, acts, state, code_digest(MOVING_CODE))
        return hashlib.sha256(repr(what).encode()).hexdigest()[:20]

    @property
    def stage(self) -> FilmStage:
        """The scene, put up when it is first needed."""
        if self._stage is None:
            self._stage = FilmStage(self.scene, self.movers)
        return self._stage

    @property
    def painter(self) -> Painter:
        """The caster's canvas, cast when it is first needed."""
        if self._painter is None:
            view = self.scene.camera
            camera = Camera(view.eye, view.look, view.view, self.frame.width, self.frame.height, view.roll)
            caster = Caster(self.stage, camera, self.frame.window, _backdrop(self.scene, camera), self.layers)
            self._painter = Painter(caster, self.timed.shot.look)
        return self._painter

    def cels(self, say: Callable[[str], None] = lambda _: None) -> Cels:
        """All drawings of the shot; `say` hears of each one that is made."""
        still, near = self._still(say)
        patches = dict(self._patches(say)) if self.movers else {}
        return Cels(self.frame, self.layers, still, near, patches)

    def _kept(self, key: str) -> dict[str, np.ndarray] | None:
        path = self.keep / f"{key}.npz"
        try:
            with np.load(path) as kept:
                return dict(kept)
        except (OSError, ValueError, EOFError):
            return None

    def _store(self, key: str, **arrays: np.ndarray) -> None:
        self.keep.mkdir(parents=True, exist_ok=True)
        part = self.keep / f"{key}.part.npz"
        np.savez(part, allow_pickle=False, **arrays)
        part.rename(self.keep / f"{key}.npz")  # what is there is whole

    def _still(self, say: Callable[[str], None]) -> tuple[list[Bytes], NDArray[np.float32]]:
        kept = self._kept(self.still_key)
        if kept is None:
            caster = self.painter.caster
            height, width = caster.size
            whole = (0, 0, width, height)
            seen = caster.see(whole, None)
            kept = {"still": np.stack([_bytes(one) for one in self.painter.paint(whole, seen)]), "near": _near(seen.distance)}
            self._store(self.still_key, **kept)
            say(f"{self.timed.shot.id}: drawn")
        return list(kept["still"]), kept["near"]

    def _patches(self, say: Callable[[str], None]) -> Iterator[tuple[State, tuple[Rect, list[Bytes]]]]:
        acting: Acting | None = None
        for state in states(self.timed):
            key = self._moving_key(state)
            kept = self._kept(key)
            if kept is None:
                acting = acting or Acting(self.stage, self.timed)
                rect, pictures = self._drawn(acting, state)
                kept = {"rect": np.array(rect), "pictures": np.stack(pictures)}
                self._store(key, **kept)
                say(f"{self.timed.shot.id}: a drawing")
            left, top, right, bottom = (int(one) for one in kept["rect"])
            yield state, ((left, top, right, bottom), list(kept["pictures"]))

    def _drawn(self, acting: Acting, state: State) -> tuple[Rect, list[Bytes]]:
        caster = self.painter.caster
        moving = self.stage.moving(acting.poses(state))
        assert moving is not None  # noqa: S101, there are movers
        left, top, right, bottom = caster.reach(moving)
        height, width = caster.size
        outer = (max(left - PAD, 0), max(top - PAD, 0), min(right + PAD, width), min(bottom + PAD, height))
        pictures = self.painter.paint(outer, caster.see(outer, moving))
        rows, columns = slice(top - outer[1], bottom - outer[1]), slice(left - outer[0], right - outer[0])
        return (left, top, right, bottom), [_bytes(one[rows, columns]) for one in pictures]


def _bytes(picture: Image) -> Bytes:
    return np.ascontiguousarray((np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)[..., ::-1])


def _near(distance: Image) -> NDArray[np.float32]:
    """How near each pixel is: 0 as the middle of the picture, up to 1 nearer, down to -1 farther; soft, a fourth of the size."""
    small = minimum_filter(np.minimum(distance[::SMALL, ::SMALL], 200), 3)
    height, width = small.shape
    middle = np.median(small[height // 4 : height * 3 // 4, width // 4 : width * 3 // 4])
    return gaussian_filter(np.clip(middle / np.maximum(small, 0.2) - 1, -1, 1), 2.0).astype(np.float32)


def _backdrop(scene: Scene, camera: Camera) -> Image:
    picture = air.sky(camera, scene.sky)
    if scene.skyline:
        picture = air.skyline(camera, picture, **scene.skyline)
    for lights in scene.bokeh:
        picture = air.bokeh(camera, picture, lights.seed, lights.count, lights.colours, lights.band, lights.size)
    return picture.astype(np.float32)
