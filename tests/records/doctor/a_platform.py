"""As much of the platform as the doctor and the set-up of courses ask, in memory."""

import re
import sys
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace

from opaque_keys.edx.keys import CourseKey

COURSE = "course-v1:Academy+DTI101+2026"


@dataclass
class Row:
    """A row of any table."""

    values: dict
    table: "Table"

    def __getattr__(self, name):
        return self.values[name]

    def change_mode(self, mode):
        self.values["mode"] = mode


@dataclass
class Table:
    """A manager, and what it gives: rows that are equal in the columns asked for."""

    rows: list = field(default_factory=list)

    def filter(self, **wanted):
        return Table([row for row in self.rows if all(row.values.get(name) == value for name, value in wanted.items())])

    def order_by(self, *_columns):
        return self.rows

    def count(self):
        return len(self.rows)

    def exists(self):
        return bool(self.rows)

    def add(self, **values):
        self.rows.append(Row(values, self))
        return self.rows[-1]

    def get_or_create(self, defaults=None, **wanted):
        found = self.filter(**wanted).rows
        return (found[0], False) if found else (self.add(**wanted, **(defaults or {})), True)

    def update_or_create(self, defaults, **wanted):
        row, new = self.get_or_create(**wanted)
        row.values.update(defaults)
        return row, new


@dataclass
class Platform:
    """One course in a store, and the tables around it."""

    courses: dict = field(default_factory=dict)
    modes: Table = field(default_factory=Table)
    enrollments: Table = field(default_factory=Table)
    switches: Table = field(default_factory=Table)
    disabled: list = field(default_factory=list)
    saved: list = field(default_factory=list)
    without_honor: bool = False
    languages: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(released_languages_list=["es-419"], enable_beta_languages=False)
    )

    def course(self, key=COURSE, signatory="Chief Ana Reyes", **more):
        certificates = {"certificates": [{"is_active": True, "signatories": [{"name": signatory}]}]}
        values = {"certificates": certificates, "cert_html_view_enabled": True, "advanced_modules": ["poll"], **more}
        self.courses[CourseKey.from_string(key)] = SimpleNamespace(**values)
        return self

    # -- what the store has
    def get_course(self, key):
        return self.courses.get(key)

    def has_course(self, key):
        return key in self.courses

    def update_item(self, course, user_id):
        self.saved.append((course, user_id))


def install(monkeypatch, platform: Platform) -> Platform:
    """Let `platform` be found where the platform's modules are looked for."""

    class CourseMode:
        objects = platform.modes

        @staticmethod
        def modes_for_course(key):
            found = [SimpleNamespace(slug=row.mode_slug) for row in platform.modes.filter(course_id=key).rows]
            return found or [SimpleNamespace(slug="audit")]

        @staticmethod
        def is_eligible_for_certificate(slug):
            return slug != "audit" and not (platform.without_honor and slug == "honor")

    made = {
        "xmodule.modulestore": {"ModuleStoreEnum": SimpleNamespace(UserID=SimpleNamespace(mgmt_command=-1))},
        "xmodule.modulestore.django": {"modulestore": lambda: platform},
        "common.djangoapps.course_modes.models": {"CourseMode": CourseMode},
        "common.djangoapps.student.models": {"CourseEnrollment": SimpleNamespace(objects=platform.enrollments)},
        "common.djangoapps.xblock_django.api": {
            "disabled_xblocks": lambda: [SimpleNamespace(name=one) for one in platform.disabled]
        },
        "openedx.core.djangoapps.dark_lang.models": {"DarkLangConfig": SimpleNamespace(current=lambda: platform.languages)},
        "waffle.models": {"Switch": SimpleNamespace(objects=platform.switches)},
    }
    for path, names in made.items():
        parts = path.split(".")
        for length in range(1, len(parts)):
            if (name := ".".join(parts[:length])) not in sys.modules:
                monkeypatch.setitem(sys.modules, name, ModuleType(name))
        module = ModuleType(path)
        vars(module).update(names)
        monkeypatch.setitem(sys.modules, path, module)
    return platform


def plain(text: str) -> str:
    """What a command printed, on one line and without colors."""
    return " ".join(re.sub(r"\x1b\[[\d;]*m", "", text).split())
