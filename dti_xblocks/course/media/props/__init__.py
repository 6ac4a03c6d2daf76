"""Things and places that scenes are made of. Each is a function from options to parts, in metres, standing at the origin."""

from __future__ import annotations

from collections.abc import Callable

from ..part import Part
from . import car, furniture, rooms, street, things

PROPS: dict[str, Callable[..., list[Part]]] = {**car.PROPS, **street.PROPS, **rooms.PROPS, **furniture.PROPS, **things.PROPS}
