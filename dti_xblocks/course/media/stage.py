"""From a scene file to a world, a camera and lamps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .air import Glow
from .body import BUILDS
from .camera import Camera
from .light import KINDS, Lamp
from .part import Part
from .poses import KEYS, named_poses, placed
from .props import PROPS
from .props.things import handcuffs
from .scene import Figure, Prop, Scene, SceneFileError
from .skeleton import Skeleton
from .vectors import Array, X, Y, turn, vector
from .wear import OUTFITS, person
from .world import World


class Stage:
    """A scene that stands: `world`, `lamps`, `glows`, and the skeletons of its people by name."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.world = World()
        self.people: dict[str, Skeleton] = {}
        for figure in scene.figure:
            self._person(figure)
        for number, prop in enumerate(scene.prop):
            self.world.add(prop.name or f"prop {number}", self._thing(prop))
        self.world.build()
        self.lamps = [self._lamp(light) for light in scene.light]
        self.glows = [Glow(tuple(self.point(one.at)), one.size, one.colour, one.strength, one.tall) for one in scene.glow]

    def camera(self, width: int, height: int) -> Camera:
        """The scene's camera for a picture of a size."""
        view = self.scene.camera
        return Camera(view.eye, view.look, view.view, width, height, view.roll)

    def point(self, said: Any) -> Array:
        """A point: [x, z] on the floor, [x, y, z], or a table: the place of a bone, or a point in the frame of a prop."""
        if isinstance(said, Mapping):
            off = vector(said.get("off", (0, 0, 0)))
            if "prop" in said:
                prop = next((one for one in self.scene.prop if one.name == said["prop"]), None)
                if prop is None:
                    raise self._error(f"a point names the prop “{said['prop']}”, which is not there")
                return turn(Y, prop.turn) @ (off * prop.scale) + self.point(prop.at)
            if said.get("of") not in self.people:
                raise self._error(f"a point names the figure “{said.get('of')}”, which is not there or comes later")
            return self.people[said["of"]].places[said["bone"]] + off
        return np.array([said[0], 0.0, said[1]]) if len(said) == 2 else vector(said)

    def _error(self, message: str) -> SceneFileError:
        return SceneFileError(f"{self.scene.name}.toml: {message}.")

    def _known(self, what: str, name: str, names: Mapping[str, Any]) -> Any:
        if name not in names:
            raise self._error(f"the {what} “{name}” is not known. Known are: {', '.join(sorted(names))}")
        return names[name]

    def _person(self, figure: Figure) -> None:
        pose = {**self._known("pose", figure.pose, named_poses()), **figure.joints}
        unknown = sorted(set(pose) - KEYS)
        if unknown:
            raise self._error(f"a pose has no “{unknown[0]}”. It may have: {', '.join(sorted(KEYS))}")
        build = self._known("build", figure.build, BUILDS)
        self._known("outfit", figure.wear, OUTFITS)
        spot = placed(pose, build, self.point(figure.at), figure.turn, self.people)
        skeleton, parts = person(build, spot, figure.wear, figure.hair, figure.hat)
        if figure.cuffed:
            parts += handcuffs(skeleton.places["hand_l"], skeleton.places["hand_r"])
        self.people[figure.name] = skeleton
        self.world.add(figure.name, parts)

    def _thing(self, prop: Prop) -> list[Part]:
        make = self._known("prop", prop.kind, PROPS)
        try:
            parts = make(**prop.options)
        except TypeError as error:
            raise self._error(f"the prop “{prop.kind}” does not have these options: {error}") from None
        about = turn(Y, prop.turn) @ turn(X, prop.tilt) * prop.scale
        return [part.moved(about, self.point(prop.at)) for part in parts]

    def _lamp(self, light: Any) -> Lamp:
        self._known("light", light.kind, KINDS)
        at = None if light.at is None else tuple(self.point(light.at))
        if at is None and light.way is None:
            raise self._error(f"the light “{light.kind}” needs “at” or “way”")
        return Lamp(light.kind, at, light.way, light.reach, light.power, light.shadow, tuple(light.only), tuple(light.never))
