"""An author works on the imported course in Studio: editors, copies, export and import again, re-run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from . import boot, courses, olx
from .outcome import Ledger
from .studios import Author
from .walking import course_key

PICTURE = "/static/course-image.png"  # of the course
# What the platform writes otherwise into every export, whatever was imported.
BY_PLATFORM = ("course.xml", "course/", "policies/", "chapter/", "sequential/", "about/", "info/", "tabs/", "drafts/", "assets/")


def run(ledger: Ledger) -> None:
    """The last stage: what it does to the course nobody needs any more."""
    course, author = course_key(), Author()
    with ledger.part("Studio: every view"):
        _views(ledger, author, course)
    with ledger.part("Studio: export, import again, re-run"):
        _round_trip(ledger, author, course)
    with ledger.part("Studio: editors"):
        for kind in courses.OURS:
            block = courses.of_kind(courses.tree(course, draft=True), kind)[0]
            _edit(ledger, author, courses.usage(block), kind)
            _copies(ledger, author, courses.usage(block), kind)
        _pictures(ledger, author, courses.usage(courses.of_kind(courses.tree(course, draft=True), "dti_scenario")[0]))


def _item(usage: Any) -> Any:
    from xmodule.modulestore.django import modulestore

    return modulestore().get_item(usage)


def _views(ledger: Ledger, author: Author, course: Any) -> None:
    blocks = courses.of_kind(courses.tree(course, draft=True), *courses.OURS)
    for name in ("studio_view", "author_view", "action/edit"):
        answers = {block.location.block_id: author.view(courses.usage(block), name) for block in blocks}
        wrong = [
            f"{key}: {answer.status} {answer.faults}" for key, answer in answers.items() if answer.status != 200 or answer.faults
        ]
        queries = sorted(answer.queries for answer in answers.values())
        ledger.same(f"{name} of each block of ours", wrong, [], f"{len(answers)} blocks, {queries[0]} to {queries[-1]} SQL")
    units = courses.of_kind(courses.tree(course, draft=True), "vertical")
    pages = [author.get(f"/container_embed/{courses.usage(unit)}", HTTP_ACCEPT="text/html") for unit in units]
    wrong = [answer.address for answer in pages if answer.status != 200 or answer.faults]
    ledger.same("the page of every unit", wrong, [], f"{len(pages)} units")


def _round_trip(ledger: Ledger, author: Author, course: Any) -> None:
    source = Path(json.loads((boot.work() / "course.json").read_text())["folder"])
    exported = author.export(course, boot.work() / "export")
    found = olx.difference(source, exported)
    changed = {
        name: lines for name, lines in found.changed.items() if not name.startswith(BY_PLATFORM) and not _only_spelling(lines)
    }
    ledger.same(
        "the export has every file of the archive", found.lost, [], f"{found.same} files the same, {len(found.changed)} changed"
    )
    ledger.same("only the platform's own words differ in it", {name: lines[:2] for name, lines in changed.items()}, {})
    again = author.new_course(olx.Identity(course.org, course.course, "again"))
    done, _answer = author.load(again, exported)
    ledger.note("the export is imported again", done)
    _equal(ledger, "the course of the export", course, again)
    rerun = author.new_course(olx.Identity(course.org, course.course, "rerun"), source_course_key=str(course))
    _equal(ledger, "the re-run", course, rerun)


def _only_spelling(lines: list[str]) -> bool:
    """Whether the platform only says the same otherwise: it writes 1 as 1.0, and of which family a block is."""
    old, new = ([_spelled(line) for line in lines if line.startswith(sign)] for sign in "-+")
    return old == new


def _spelled(line: str) -> str:
    return re.sub(r'="(\d+)\.0"', r'="\1"', line[1:].replace(' xblock-family="xblock.v1"', "")).strip()


def _equal(ledger: Ledger, what: str, one: Any, other: Any) -> None:
    """That two courses have the same blocks with the same content, where keys of the one stand for keys of the other."""
    trees = [{courses.usage(block).block_id: block for block in courses.tree(course, draft=True)[1:]} for course in (one, other)]
    ledger.same(f"{what} has the same blocks", set(trees[0]) ^ set(trees[1]), set(), f"{len(trees[0])} blocks")
    different = {}
    for name in trees[0].keys() & trees[1].keys():
        if not trees[0][name].has_children:
            texts = [json.dumps(courses.authored(tree[name]), default=str, sort_keys=True, ensure_ascii=False) for tree in trees]
            if texts[0].replace(f"+{one.run}+", f"+{other.run}+").replace(str(one), str(other)) != texts[1]:
                old, new = (courses.authored(tree[name]) for tree in trees)
                different[name] = sorted(field for field in old.keys() | new.keys() if old.get(field) != new.get(field))
    ledger.same(f"{what} has the same content, letter by letter", different, {})


def _edit(ledger: Ledger, author: Author, usage: Any, kind: str) -> None:
    from dti_xblocks.studio.kit.form import version_of

    block = _item(usage)
    before = courses.authored(block)
    settings = {name: getattr(block, name) for name, _label, _help in block.studio_settings}
    version = version_of(block)

    def save(**changed: Any) -> Any:
        return author.handle(
            usage, "studio_save", {"settings": settings, "content": block.content, "version": version, **changed}
        )

    saved = save()
    after = courses.authored(_item(usage))
    kept = {name: after.get(name) for name in before} == before
    ledger.note(f"{kind}: saved unchanged it is unchanged", saved.status == 200 and kept, "" if kept else f"HTTP {saved.status}")
    ledger.same(f"{kind}: content that is no XML is refused", save(content="<p>open").status, 400)
    hostile = save(content=block.content + "<script>alert(1)</script>")
    ledger.note(f"{kind}: a script is not saved", "<script" not in _item(usage).content, f"HTTP {hostile.status}")
    version = version_of(_item(usage))
    titled = save(settings={**settings, "display_name": "Another title"})
    ledger.same(f"{kind}: another title is saved", (titled.status, _item(usage).display_name), (200, "Another title"))
    ledger.same(f"{kind}: a save over a newer one is refused", save().status, 409)
    published = author.post_json(f"/xblock/{usage}", {"publish": "make_public"})
    ledger.same(f"{kind}: it is published", (published.status, published.faults), (200, []))


def _pictures(ledger: Ledger, author: Author, usage: Any) -> None:
    """The picker of pictures, and a scene with one as the editor shows it."""
    listed = author.handle(usage, "studio_pictures", {})
    shown = {picture["src"]: picture["shown"] for picture in listed.json.get("pictures", [])}
    ledger.note("an editor lists the pictures of the course", PICTURE in shown, f"{len(shown)} pictures, {listed.queries} SQL")
    seen = [author.get(address) for address in shown.values()]
    ledger.same(
        "each has an address that a browser finds",
        [each.address for each in seen if each.status != 200 or not each.headers["Content-Type"].startswith("image/")],
        [],
    )
    content = re.sub(r"(<scene [^>]*>)", rf'\1<image src="{PICTURE}" alt="A badge."/>', _item(usage).content, count=1)
    first = re.search(r'<scene id="([^"]+)"', content)
    scene = author.handle(usage, "studio_play", {"content": content, "start": first[1] if first else "", "decisions": []})
    html = scene.json.get("html", "")
    ledger.note("a scene in the editor shows its picture", "asset-v1:" in html and PICTURE not in html, f"HTTP {scene.status}")


def _copies(ledger: Ledger, author: Author, usage: Any, kind: str) -> None:
    from opaque_keys.edx.keys import UsageKey
    from xmodule.modulestore.django import modulestore

    parent = str(modulestore().get_parent_location(usage))
    copied = author.post_json("/api/content-staging/v1/clipboard/", {"usage_key": str(usage)})
    ledger.same(f"{kind}: it is copied", (copied.status, copied.faults), (200, []))
    ways = {
        "duplicate": {"duplicate_source_locator": str(usage)},
        "paste": {"staged_content": "clipboard"},
        "blank": {"category": kind},
    }
    for way, what in ways.items():
        made = author.make(parent_locator=parent, **what)
        if not ledger.note(
            f"{kind}: {way}", made.status == 200 and not made.faults, "" if made.status == 200 else made.text[:200]
        ):
            continue
        new = UsageKey.from_string(made.json["locator"])
        if way != "blank":
            ledger.same(f"{kind}: {way} has the same content", _item(new).content == _item(usage).content, True)
        views = [author.view(new, name) for name in ("studio_view", "author_view")]
        ledger.same(f"{kind}: {way} can be seen and edited", [answer.faults for answer in views if answer.faults], [])
        removed = author.ask("delete", f"/xblock/{new}", **author.token())
        ledger.note(f"{kind}: {way} is deleted", removed.status == 204)
