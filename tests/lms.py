"""Open edX as far as the staff's page and the roster ask it: tables with its columns and indexes, and the modules that have them.

The names, columns and indexes are those of the platform; whatever it has besides is left out. Tables are made for as long as
`tables()` lasts: Django's users would have them everywhere.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, models
from opaque_keys.edx.django.models import CourseKeyField, LearningContextKeyField, UsageKeyField
from opaque_keys.edx.locator import BlockUsageLocator

NAMES = {
    "common.djangoapps.student.models": ("CourseEnrollment", "CourseAccessRole", "UserProfile"),
    "openedx.core.djangoapps.course_groups.models": ("CourseUserGroup", "CohortMembership"),
    "completion.models": ("BlockCompletion",),
    "lms.djangoapps.grades.models": ("PersistentCourseGrade", "PersistentSubsectionGrade", "PersistentSubsectionGradeOverride"),
    "lms.djangoapps.courseware.models": ("StudentModule",),
    "lms.djangoapps.certificates.models": ("GeneratedCertificate",),
}


def _table(name, unique=(), indexes=(), /, **columns):
    numbered = [models.Index(fields=fields, name=f"lms_{name[:20].lower()}_{number}") for number, fields in enumerate(indexes)]
    meta = type(
        "Meta", (), {"app_label": "auth", "unique_together": unique, "indexes": numbered, "db_table": f"lms_{name.lower()}"}
    )
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **columns})


def _key(model, **options):
    return models.ForeignKey(model, on_delete=models.CASCADE, **options)


def _course(**options):
    return CourseKeyField(max_length=255, **options)


def _usage(**options):
    return UsageKeyField(max_length=255, **options)


def _text(length=255):
    return models.CharField(max_length=length, blank=True)


def _made() -> dict:
    made = {
        "UserProfile": _table(
            "UserProfile", user=models.OneToOneField(User, related_name="profile", on_delete=models.CASCADE), name=_text()
        ),
        "CourseEnrollment": _table(
            "CourseEnrollment", (("user", "course_id"),), user=_key(User), course_id=_course(db_index=True),
            is_active=models.BooleanField(default=True),
        ),
        "CourseAccessRole": _table(
            "CourseAccessRole", (("user", "course_id", "role"),), user=_key(User), course_id=_course(db_index=True), role=_text(64)
        ),
        "CourseUserGroup": _table("CourseUserGroup", name=_text(), course_id=_course(db_index=True), group_type=_text(20)),
        "BlockCompletion": _table(
            "BlockCompletion", (("context_key", "block_key", "user"),),
            (("context_key", "block_type", "user"), ("user", "context_key", "modified")),
            user=_key(User), context_key=LearningContextKeyField(max_length=255, db_column="course_key"), block_key=_usage(),
            block_type=_text(64), completion=models.FloatField(), modified=models.DateTimeField(),
        ),
        "PersistentCourseGrade": _table(
            "PersistentCourseGrade", (("course_id", "user_id"),), (("modified", "course_id"),),
            user_id=models.IntegerField(db_index=True), course_id=_course(), percent_grade=models.FloatField(),
            letter_grade=_text(), modified=models.DateTimeField(), passed_timestamp=models.DateTimeField(null=True),
        ),
        "PersistentSubsectionGrade": _table(
            "PersistentSubsectionGrade", (("course_id", "user_id", "usage_key"),), (("first_attempted", "course_id", "user_id"),),
            user_id=models.IntegerField(), course_id=_course(), usage_key=_usage(), earned_graded=models.FloatField(),
            possible_graded=models.FloatField(), first_attempted=models.DateTimeField(null=True),
        ),
        "GeneratedCertificate": _table(
            "GeneratedCertificate", (("user", "course_id"),), user=_key(User), course_id=_course(), verify_uuid=_text(32),
            status=_text(32), created_date=models.DateTimeField(),
        ),
        "StudentModule": _table(
            "StudentModule", (("student", "module_state_key", "course_id"),), (("module_state_key", "grade", "student"),),
            module_type=models.CharField(max_length=32, db_index=True), module_state_key=_usage(db_column="module_id"),
            student=_key(User, db_constraint=False), course_id=LearningContextKeyField(max_length=255, db_index=True),
            grade=models.FloatField(null=True, db_index=True), max_grade=models.FloatField(null=True),
        ),
    }  # fmt: skip
    made["CourseUserGroup"].COHORT = "cohort"
    made["CohortMembership"] = _table(
        "CohortMembership", (("user", "course_id"),), course_user_group=_key(made["CourseUserGroup"]), user=_key(User),
        course_id=_course(),
    )  # fmt: skip
    made["PersistentSubsectionGradeOverride"] = _table(
        "PersistentSubsectionGradeOverride",
        grade=models.OneToOneField(made["PersistentSubsectionGrade"], related_name="override", on_delete=models.CASCADE),
        earned_graded_override=models.FloatField(null=True), possible_graded_override=models.FloatField(null=True),
    )  # fmt: skip
    return made


@contextmanager
def tables() -> Iterator[SimpleNamespace]:
    """The platform's tables, empty."""
    made = _made()
    with connection.schema_editor() as editor:
        for model in made.values():
            editor.create_model(model)
    try:
        yield SimpleNamespace(**made)
    finally:
        with connection.schema_editor() as editor:
            for model in reversed(made.values()):
                editor.delete_model(model)
        for name in made:
            del apps.all_models["auth"][name.lower()]
        apps.clear_cache()


@contextmanager
def installed(made: SimpleNamespace, **modules: dict) -> Iterator[None]:
    """The platform's modules, with `made` in those that have tables; `modules` are more, with "__" for the dots."""
    contents = {path: {name: getattr(made, name) for name in names} for path, names in NAMES.items()}
    for path, names in modules.items():
        contents.setdefault(path.replace("__", "."), {}).update(names)
    before = dict(sys.modules)
    for path, names in contents.items():
        parts = path.split(".")
        for length in range(1, len(parts)):
            sys.modules.setdefault(".".join(parts[:length]), ModuleType(".".join(parts[:length])))
        sys.modules[path] = ModuleType(path)
        vars(sys.modules[path]).update(names)
    try:
        yield
    finally:
        for path in set(sys.modules) - set(before):
            del sys.modules[path]
        sys.modules.update(before)


class Structure:
    """The platform's collected structure of a course: `fields` of each block, `children` of those that have some, both by key."""

    def __init__(self, root, children: dict, fields: dict, hidden: frozenset = frozenset()):
        self.root_block_usage_key, self.children, self.fields, self.hidden = root, children, fields, hidden

    def get_children(self, key):
        return self.children.get(key, [])

    def get_xblock_field(self, key, name, default=None):
        return self.fields.get(key, {}).get(name, default)

    def get_transformer_block_field(self, key, _transformer, _name, default=None):
        return key in self.hidden or default


def structure(course, outline: dict, hidden: tuple[str, ...] = ()) -> Structure:
    """Of nested dictionaries: {"chapter/name": {"sequential/name": {...}}}, and at a leaf, or under "": its fields."""
    children: dict = {}
    fields: dict = {}

    def read(key, inside):
        fields[key] = {"display_name": key.block_id.replace("-", " ").capitalize(), **inside.get("", {})}
        for name, more in inside.items():
            if name:
                kind, block_id = name.split("/")
                child = BlockUsageLocator(course, kind, block_id)
                children.setdefault(key, []).append(child)
                read(child, more)

    root = BlockUsageLocator(course, "course", "course")
    read(root, outline)
    return Structure(root, children, fields, frozenset(key for key in fields if key.block_id in hidden))


@contextmanager
def course_of_staff(made: SimpleNamespace, course, collected: Structure, blocks: list, staff: set[str]) -> Iterator[None]:
    """The platform with one course: `blocks` as its module store gives them; `staff` are usernames of its course staff."""

    def course_data(_user, course_key):
        if course_key != course:
            raise LookupError(course_key)
        return SimpleNamespace(collected_structure=collected)

    def get_items(_key, qualifiers):
        return [block for block in blocks if block.scope_ids.usage_id.block_type == qualifiers["category"]]

    with installed(
        made,
        lms__djangoapps__courseware__access={
            "has_access": lambda user, action, key: (
                action == "staff" and (user.is_staff or (key == course and user.username in staff))
            )
        },
        lms__djangoapps__grades__course_data={"CourseData": course_data},
        lms__djangoapps__course_blocks__transformers__visibility={
            "VisibilityTransformer": SimpleNamespace(MERGED_VISIBLE_TO_STAFF_ONLY="merged")
        },
        xmodule__modulestore__django={"modulestore": lambda: SimpleNamespace(get_items=get_items)},
        xmodule__modulestore__exceptions={"ItemNotFoundError": LookupError},
    ):
        yield
