"""Our events for event-routing-backends, with which a site sends xAPI statements to its learning record store.

The package is the platform's own way there, and no requirement of ours: where it is not installed, nothing is sent.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from . import xapi

ALLOWED = "EVENT_TRACKING_BACKENDS_ALLOWED_XAPI_EVENTS"  # settings of event-routing-backends, and of event-tracking below
BACKENDS = "EVENT_TRACKING_BACKENDS"
BUS = "EVENT_BUS_TRACKING_LOGS"
LISTS = "eventtracking.processors.whitelist.NameWhitelistProcessor"


def is_installed() -> bool:
    """Whether the site can send statements at all."""
    return find_spec("event_routing_backends") is not None


def allow(settings: Any) -> None:
    """Put our events on the lists of those that become statements, whichever plugin's settings were read first."""
    setattr(settings, ALLOWED, _with_ours(getattr(settings, ALLOWED, None) or []))
    if getattr(settings, BUS, None) is not None:
        setattr(settings, BUS, {*getattr(settings, BUS), *xapi.EVENTS})
    router = (getattr(settings, BACKENDS, None) or {}).get("event_transformer", {}).get("OPTIONS", {})
    for options in (router, router.get("backends", {}).get("xapi", {}).get("OPTIONS", {})):
        for processor in options.get("processors", ()):
            if processor.get("ENGINE") == LISTS:
                processor["OPTIONS"]["whitelist"] = _with_ours(processor["OPTIONS"]["whitelist"])


def register() -> None:
    """Have event-routing-backends make statements of our events."""
    from event_routing_backends.processors.xapi.registry import XApiTransformersRegistry

    transformer = _transformer()
    for name in xapi.EVENTS:
        XApiTransformersRegistry.register(name)(transformer)


def _with_ours(names: Any) -> list[str]:
    return [*names, *(name for name in xapi.EVENTS if name not in names)]


def _transformer() -> type:
    """The class that event-routing-backends calls for each of our events. It is made here because its base is not ours."""
    from event_routing_backends.processors.xapi.transformer import XApiTransformer
    from tincan import Activity, ActivityDefinition, Extensions, LanguageMap, Result, Verb

    class DtiTransformer(XApiTransformer):
        """One of our events as a statement; actor, time, id and course are those of the base."""

        additional_fields = ("result",)

        @property
        def said(self) -> xapi.Statement:
            return xapi.statement(self.event["name"], self.event.get("data") or {})

        def get_verb(self) -> Any:
            return Verb(id=xapi.VERBS[self.said.verb], display=LanguageMap({"en": self.said.verb}))

        def get_object(self) -> Any:
            said = self.said
            place = ("course", self.event["context"]["course_id"])
            if not said.about_course:
                place = ("xblock", self.event["context"]["module"]["usage_key"])
            definition = ActivityDefinition(type=said.type)
            if said.interaction:
                definition.interaction_type = said.interaction
            return Activity(id=self.get_object_iri(*place) + said.below, definition=definition)

        def get_result(self) -> Any:
            result = self.said.result
            return Result(**result) if result else None

        def get_context_extensions(self) -> Any:
            return Extensions({**super().get_context_extensions(), **self.said.context})

    return DtiTransformer
