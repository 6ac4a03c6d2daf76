"""Packages that the platform's problem block imports when it is loaded, and that hardly any course has a use for.

SymPy, NLTK and SciPy take longer to import than everything else of a preview together. They are loaded when a problem first asks
for symbolic mathematics or a chemical formula.
"""

from __future__ import annotations

import importlib
import sys
import threading
import types
from collections.abc import Callable

# The module -> functions that are imported from it by name, when the problem block is loaded.
PUT_OFF = {"symmath": ("symmath_check",), "chem.chemcalc": ()}
_loading = threading.RLock()


class Later(types.ModuleType):
    """Stands in for the module `name` until something of it is used, then calls `then` with the module."""

    def __init__(self, name: str, functions: tuple[str, ...]):
        super().__init__(name, "Stands in for a module that takes long to load.")
        self._then: list[Callable[[types.ModuleType], None]] = []
        self._module: types.ModuleType | None = None
        for function in functions:
            setattr(self, function, self._forwarding(function))

    def then(self, act: Callable[[types.ModuleType], None]) -> None:
        """Have `act` called with the module before anything of it is used."""
        self._then.append(act)

    def load(self) -> types.ModuleType:
        """The module itself."""
        with _loading:
            if self._module is None:
                if sys.modules.get(self.__name__) is self:
                    del sys.modules[self.__name__]
                module = importlib.import_module(self.__name__)
                for act in self._then:
                    act(module)
                self._module = module
            return self._module

    def _forwarding(self, function: str) -> Callable:
        def forward(*args, **kwargs):
            return getattr(self.load(), function)(*args, **kwargs)

        return forward

    def __getattr__(self, name: str):
        if name.startswith("__"):  # the import system asks whether it is a package
            raise AttributeError(name)
        return getattr(self.load(), name)


def put_off() -> None:
    """Put the stand-ins in place of what is not loaded yet."""
    for name, functions in PUT_OFF.items():
        sys.modules.setdefault(name, Later(name, functions))
