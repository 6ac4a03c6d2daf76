"""A runtime for block tests that behaves as Open edX does where it matters to our blocks.

`make_block` authors a block from OLX and hands it over as the LMS (or Studio) would load it; `post`, `get` and `page` talk to
it; `again` loads the same block afresh from what was stored, for the same or another person. Fields are stored as JSON text,
authored fields are read-only in the LMS, services exist or are missing as the platform has them.
"""

import itertools
import json
from dataclasses import dataclass, field
from types import SimpleNamespace

from lxml import etree
from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator, LibraryLocatorV2, LibraryUsageLocatorV2
from web_fragments.fragment import Fragment
from webob import Request, Response
from xblock.field_data import ReadOnlyFieldData, SplitFieldData
from xblock.fields import Scope, ScopeIds
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import DictKeyValueStore, KvsFieldData, MemoryIdManager, Runtime
from xblock.scorable import ScorableXBlockMixin, Score

from dti_xblocks.content import inner_xml, parser

AUTHORED = (Scope.content, Scope.settings, Scope.children, Scope.parent)
OF_LEARNERS = (Scope.user_state, Scope.user_state_summary, Scope.preferences, Scope.user_info)
COURSE = CourseLocator("DTI", "DTI101", "2026")
LIBRARY = LibraryLocatorV2("DTI", "bank")

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """Somebody in front of a block."""

    user_id: int | None
    username: str
    full_name: str = ""
    staff: bool = False
    signed_in: bool = True


LEARNER = Person(101, "reyes", "Ana Reyes")
OTHER = Person(102, "okafor", "Ben Okafor")
STAFF = Person(201, "sergeant", "Dana Wu", staff=True)
ANONYMOUS = Person(None, "", signed_in=False)


class JsonStore(DictKeyValueStore):
    """Keeps JSON text, so that a value that the platform could not store fails here too."""

    def get(self, key):
        return json.loads(super().get(key))

    def set(self, key, value):
        super().set(key, json.dumps(value))

    def set_many(self, update_dict):
        for key, value in update_dict.items():
            self.set(key, value)


class NoParents(KvsFieldData):
    """What a content library of the newer kind says to who asks for the parent of a block."""

    def has(self, block, name):
        return self.get(block, name)

    def get(self, block, name):
        raise NotImplementedError(f"Scope parent (field {name} of {block.scope_ids.usage_id}) is unsupported.")


class FakeUsers(UserService):
    """The platform's user service for one person."""

    def __init__(self, person: Person):
        super().__init__()
        self.person = person

    def get_current_user(self):
        person = self.person
        user = XBlockUser(is_current_user=True, full_name=person.full_name or None)
        user.opt_attrs = {
            "edx-platform.user_id": person.user_id,
            "edx-platform.username": person.username or None,
            "edx-platform.anonymous_user_id": f"anonymous-{person.user_id}",
            "edx-platform.is_authenticated": person.signed_in,
            "edx-platform.user_is_staff": person.staff,
            "edx-platform.user_is_global_staff": person.staff,
            "edx-platform.user_role": "staff" if person.staff else "student",
        }
        return user


class FakeEnrollments:
    """The platform's enrollments service, as far as our blocks use it."""

    def __init__(self, enrolled: set):
        self.enrolled = enrolled

    def get_active_enrollments_by_course(self, course_key):
        here = self.enrolled if course_key == COURSE else set()
        return SimpleNamespace(filter=lambda user_id: SimpleNamespace(exists=lambda: user_id in here))


@dataclass
class Place:
    """One installation with one block: what is stored, what was published, who is enrolled, which face is shown."""

    studio: str = ""  # "", "preview" or "handler"
    library: bool = False  # a content library of the newer kind
    services: dict | None = None  # instead of the usual ones; {} means none at all
    may_write: bool = True
    # name of a part of the course -> (title, earned, possible, attempted), for everybody
    results: dict = field(default_factory=dict)
    people: list | None = None  # (user id, username, full name) of those enrolled, where the runtime knows them
    enrolled: set = field(default_factory=lambda: {LEARNER.user_id, OTHER.user_id})
    store: JsonStore = field(default_factory=JsonStore)
    published: list = field(default_factory=list)
    authoring: bool = False

    def events(self, name: str) -> list:
        """What was published under `name`, in order."""
        return [data for event, data in self.published if event == name]


class BlockRuntime(Runtime):
    """Our stand-in for the platform's runtime."""

    def __init__(self, place: Place, person: Person):
        ids = MemoryIdManager()
        super().__init__(id_reader=ids, id_generator=ids, services=_services(place, person))
        self.place, self.person = place, person
        self.is_author_mode = place.studio == "preview"

    def publish(self, block, event_type, event_data):
        if self.place.studio:
            return  # Studio drops it without a word
        self.place.published.append((event_type, json.loads(json.dumps(event_data))))
        if event_type == "grade" and isinstance(block, ScorableXBlockMixin):  # as the platform hands a score back that it keeps
            block.set_score(Score(event_data["value"], event_data["max_value"]))

    @property
    def enrolled_people(self):
        return self.place.people

    def course_result(self, name):
        return self.place.results.get(name)

    def handler_url(self, block, handler_name, suffix="", query="", thirdparty=False):
        tail = "/?" if self.place.studio == "preview" else ""
        return f"/handler/{block.scope_ids.usage_id}/{handler_name}{tail or ('?' if query else '')}{query}"

    def local_resource_url(self, block, uri):
        return f"/resource/{block.scope_ids.block_type}/{uri}"

    def resource_url(self, resource):
        return f"/static/{resource}"


def _services(place: Place, person: Person) -> dict:
    stored = KvsFieldData(place.store)
    if place.studio or place.authoring:
        fields = stored
    else:
        fields = SplitFieldData(
            {**dict.fromkeys(AUTHORED, ReadOnlyFieldData(stored)), **dict.fromkeys(OF_LEARNERS, stored)},
        )
    if place.library and not place.authoring:
        fields = SplitFieldData(
            {scope: NoParents(place.store) if scope == Scope.parent else fields for scope in AUTHORED + OF_LEARNERS}
        )
    if place.services is not None:
        return {**place.services, "field-data": fields}
    services = {"field-data": fields, "user": FakeUsers(person)}
    if place.studio:
        services["studio_user_permissions"] = SimpleNamespace(
            can_read=lambda key: True, can_write=lambda key: place.may_write and person.signed_in
        )
    else:
        services["completion"] = SimpleNamespace(completion_tracking_enabled=lambda: True)
        services["enrollments"] = FakeEnrollments(place.enrolled)
        services["replace_urls"] = SimpleNamespace(replace_urls=lambda text, **_ignored: text)
    return services


def make_block(
    cls,
    olx_inner: str = "",
    *,
    user: Person = LEARNER,
    services: dict | None = None,
    studio: bool | str = False,
    key: str = "course",
    may_write: bool = True,
    enrolled: set | None = None,
    results: dict | None = None,
    **attributes,
):
    """A block of class `cls` authored as `<tag attributes...>olx_inner</tag>` and loaded for `user`.

    `studio` is False, True or "preview" (the unit page), or "handler" (a call of a Studio handler); `key` is "course",
    "library" (newer content libraries) or "word" (plain words, as the XBlock workbench has). Each block has its own usage key.
    `results` are those of other parts of the course, see `Place`.
    `block.runtime.place` has the store and the published events.
    """
    place = Place("preview" if studio is True else studio or "", key == "library", services, may_write)
    if enrolled is not None:
        place.enrolled = enrolled
    place.results = results or {}
    tag = entry_point(cls)
    text = "".join(f' {name}="{_escaped(value)}"' for name, value in attributes.items())
    node = etree.fromstring(f"<{tag}{text}>{olx_inner}</{tag}>", parser())
    keys = _keys(tag, key, user)
    place.authoring = True
    authored = cls.parse_xml(node, BlockRuntime(place, user), keys)
    authored.save()
    place.authoring = False
    return again(authored, user)


def again(block, user: Person | None = None, **changes):
    """`block` loaded afresh from what is stored, for `user` (the same person if not told); `changes` alter the `Place`."""
    place = block.runtime.place
    for name, value in changes.items():
        if not hasattr(place, name):
            raise TypeError(f"a Place has no {name}")
        setattr(place, name, value)
    user = user or block.runtime.person
    keys = block.scope_ids._replace(user_id=_anonymous_id(place, user))
    return BlockRuntime(place, user).construct_xblock_from_class(block.unmixed_class, keys)


def post(block, handler: str, data: dict | None = None, json: bool = True, referer: str = "") -> Response:
    """POST form fields to a handler, as our script does (`json`) or as a plain form does."""
    request = Request.blank(f"/handler/{handler}", POST=data or {})
    if json:
        request.headers["Accept"] = "application/json"
    if referer:
        request.referer = referer
    return block.runtime.handle(block, handler, request)


def post_json(block, handler: str, body) -> Response:
    """POST a JSON body to a handler, as the Studio form does."""
    request = Request.blank(f"/handler/{handler}", method="POST", body=json.dumps(body).encode("utf-8"))
    request.headers["Accept"] = request.headers["Content-Type"] = "application/json"
    return block.runtime.handle(block, handler, request)


def get(block, handler: str, query: str = "", json: bool = False) -> Response:
    """GET a handler, for example a download."""
    request = Request.blank(f"/handler/{handler}?{query}")
    if json:
        request.headers["Accept"] = "application/json"
    return block.runtime.handle(block, handler, request)


def search(block, handler: str, query: str = "", json: bool = False) -> Response:
    """POST `query` (written as in an address) to a handler that changes nothing, as the form of a search does."""
    request = Request.blank(f"/handler/{handler}", method="POST", body=query.encode())
    request.headers["Content-Type"] = "application/x-www-form-urlencoded"
    if json:
        request.headers["Accept"] = "application/json"
    return block.runtime.handle(block, handler, request)


def view(block, name: str = "student_view") -> Fragment:
    """A view's fragment, after the saving that the platform does when it has rendered."""
    fragment = getattr(block, name)({})
    block.save()
    return fragment


def page(block, name: str = "student_view") -> str:
    """The HTML of a view."""
    return view(block, name).content


def exported(block) -> str:
    """What `block` writes between its own tags when it is exported as OLX."""
    node = etree.Element("unknown")
    block.add_xml_to_node(node)
    return inner_xml(node)


def entry_point(cls) -> str:
    """The OLX tag of one of our block classes."""
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__.removesuffix("Block"))
    return f"dti{words}"


def _keys(tag: str, key: str, user: Person) -> ScopeIds:
    name = f"{tag.replace('_', '-')}-{next(_numbers)}"
    usage = {
        "course": lambda: BlockUsageLocator(COURSE, tag, name),
        "library": lambda: LibraryUsageLocatorV2(LIBRARY, tag, name),
        "word": lambda: f"{name}.usage",
    }[key]()
    return ScopeIds(f"anonymous-{user.user_id}", tag, f"{name}.definition" if key == "word" else usage, usage)


def _anonymous_id(place: Place, person: Person) -> str:
    return "student" if place.studio == "preview" else f"anonymous-{person.user_id}"


def _escaped(value) -> str:
    return str(value).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
