"""The blocks in a content library of the newer kind: made, seen, edited, used; without a course there are no records."""

from __future__ import annotations

from typing import Any

from . import courses
from .outcome import Ledger
from .studios import Author
from .walking import course_key

LIBRARY = {"org": "DTI", "slug": "bank", "title": "Bank", "description": "Of acceptance", "license": ""}


def run(ledger: Ledger) -> None:
    """One library, with one block of each kind pasted from the course, and one blank."""
    from organizations.models import Organization

    author = Author()
    Organization.objects.get_or_create(short_name=LIBRARY["org"], defaults={"name": LIBRARY["org"]})
    blocks = courses.tree(course_key(), draft=True)
    with ledger.part("Content library"):
        made = author.post_json("/api/libraries/v2/", LIBRARY)
        if not ledger.note("a library is made", made.status == 200, "" if made.status == 200 else made.text[:300]):
            return
        library = made.json["id"]
        for kind in courses.OURS:
            _kind(ledger, author, library, courses.usage(courses.of_kind(blocks, kind)[0]))
        published = author.post_json(f"/api/libraries/v2/{library}/commit/", {})
        ledger.same("it is published", (published.status, published.faults), (200, []))


def _kind(ledger: Ledger, author: Author, library: str, original: Any) -> None:
    kind = original.block_type
    blank = author.post_json(
        f"/api/libraries/v2/{library}/blocks/", {"block_type": kind, "definition_id": f"blank-{kind.replace('_', '-')}"}
    )
    ledger.note(
        f"{kind}: a blank one is made", blank.status == 200 and not blank.faults, "" if blank.status == 200 else blank.text[:200]
    )
    author.post_json("/api/content-staging/v1/clipboard/", {"usage_key": str(original)})
    pasted = author.post_json(f"/api/libraries/v2/{library}/paste_clipboard/", {"block_id": f"pasted-{kind.replace('_', '-')}"})
    ledger.note(
        f"{kind}: one is pasted from the course",
        pasted.status == 200 and not pasted.faults,
        "" if pasted.status == 200 else pasted.text[:200],
    )
    for made in (blank, pasted):
        if made.status == 200:
            _use(ledger, author, kind, made.json["id"], "blank" if made is blank else "pasted")


def _use(ledger: Ledger, author: Author, kind: str, key: str, which: str) -> None:
    wrong = []
    for name in ("student_view", "author_view", "studio_view"):
        answer = author.get(f"/api/xblock/v2/xblocks/{key}/view/{name}/")
        if answer.status != 200 or answer.faults:
            wrong.append(f"{name}: {answer.status} {answer.faults}")
    ledger.same(f"{kind}: every view of the {which} one", wrong, [])
    address = author.get(f"/api/xblock/v2/xblocks/{key}/handler_url/studio_save/").json["handler_url"]
    saved = author.post_json(_path(address), _form(author, key, "A title of the library"))
    ledger.note(
        f"{kind}: the {which} one is edited and saved",
        saved.status == 200 and not saved.faults,
        "" if saved.status == 200 else saved.text[:200],
    )
    if kind in ("dti_scenario", "dti_pledge"):
        address = author.get(f"/api/xblock/v2/xblocks/{key}/handler_url/studio_pictures/").json["handler_url"]
        listed = author.post_json(_path(address), {})
        told = listed.json.get("note", "") if listed.status == 200 else listed.text
        ledger.note(
            f"{kind}: without a course the {which} one says where pictures come from", "library" in told, f"HTTP {listed.status}"
        )


def _form(author: Author, key: str, title: str) -> dict[str, Any]:
    from opaque_keys.edx.keys import UsageKeyV2
    from openedx.core.djangoapps.xblock.api import load_block

    from dti_xblocks.studio.kit.form import version_of

    block = load_block(UsageKeyV2.from_string(key), author.user)
    settings = {name: getattr(block, name) for name, _label, _help in block.studio_settings}
    return {"settings": {**settings, "display_name": title}, "content": block.content, "version": version_of(block)}


def _path(address: str) -> str:
    return "/" + address.split("://", 1)[-1].partition("/")[2] if "://" in address else address
