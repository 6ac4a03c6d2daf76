"""Write down the records of a small site as this version keeps them: `make freeze`, once for each release.

Three people have something of every kind: a scenario that one is in the middle of and another has finished, a film, activities and a
plan, a pledge that is sealed, a review, a highlight with a note. The folder of the version gets records.sql, site.json (what the
platform's store had, and what has to be read again) and the public key. The private key is not kept.
"""

import json
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from dti_xblocks import __version__  # noqa: E402
from dti_xblocks.course.preview.settings import DATABASE, KEYS, configure  # noqa: E402

LIMIT = 100_000  # bytes of a frozen version
NOTE, REVIEW, PLAN = "Ask counsel about this one.", "Clear and useful.", "I say his name and stop him."
HIGHLIGHT = "objective reasonableness"


def site_of_now():
    """A site on which people have done something of every kind."""
    from dti_xblocks.platform import clock
    from tests.activity.samples import PLAN as PLAN_OLX
    from tests.activity.samples import SORT
    from tests.pledge.samples import PLEDGE
    from tests.scenario.example import CONTENT
    from tests.upgrades.kept import Site
    from tests.video.samples import FILM

    moment = [datetime(2026, 11, 2, 10, 0, tzinfo=UTC)]
    clock.now = lambda: moment[0]

    def later(seconds: int) -> None:
        moment[0] += timedelta(seconds=seconds)

    site = Site()
    site.author("dti_scenario", "night", CONTENT, display_name="A night")
    site.author("dti_activity", "sort", SORT, display_name="Sort them", activity="sort")
    site.author("dti_activity", "plan", PLAN_OLX, display_name="My plan", activity="plan")
    site.author("dti_video", "stop", FILM, display_name="The stop")
    site.author("dti_pledge", "pledge", PLEDGE, display_name="Our pledge")
    site.author("dti_review", "review", "<prompt><p>How was it?</p></prompt>", display_name="Review")
    site.author("dti_case_law", "law", '<authority ref="graham-v-connor"/>', display_name="Case law")
    for step in (play, act, watch, sign, write):
        step(site, later)
    return site


def play(site, later) -> None:
    """Ana is in the second scene; Ben has come to an ending."""
    from tests.blocks.scenario import playing
    from tests.runtime import LEARNER, OTHER

    later(60)
    playing.play(site.block("night", LEARNER), [("arrival", "speak")])
    later(60)
    playing.play(site.block("night", OTHER), [("arrival", "speak"), ("stairs", "step-in"), ("desk", "report")])


def act(site, later) -> None:
    """Ana has sorted, wrongly, and made her plan."""
    later(60)
    cards = re.findall(r'name="(card-\d+)"', screen(site, "sort"))
    send(site, "sort", "answer", tries="0", **dict.fromkeys(cards, "1"))
    send(site, "plan", "write", seen="0", **{"if": "Somebody goes quiet.", "then": PLAN})


def watch(site, later) -> None:
    """Ana has watched to a question, and answered it."""
    for spans, position in (("[]", "0"), ("[[0, 2]]", "2")):
        send(site, "stop", "watch", spans=spans, position=position)
        later(2)
    send(site, "stop", "answer", moment="heard", choice="breath", attempt="0", how="film")


def sign(site, later) -> None:
    """Ana has signed, and the seal is on it; Ben has the pledge open."""
    from tests.blocks_at_work import pledge_form
    from tests.runtime import OTHER, page

    later(60)
    send(site, "pledge", "sign", pledge_form(site.block("pledge")))
    later(60)
    page(site.block("pledge", OTHER))
    page(site.block("pledge"))


def write(site, later) -> None:
    """Ana has sent a review, opened a decision, and noted something at its words."""
    from dti_xblocks.case_law.library import library
    from tests.runtime import get

    later(60)
    send(site, "review", "submit", stars="4", text=REVIEW)
    begin = library().get("graham-v-connor").holding.index(HIGHLIGHT)
    passage = f"holding:0:{begin}:{begin + len(HIGHLIGHT)}"
    get(site.block("law"), "read", "ref=graham-v-connor", json=True)
    send(site, "law", "mark_add", ref="graham-v-connor", passage=passage, note=NOTE, key="aaaa-1")


def screen(site, name: str) -> str:
    from tests.runtime import page

    return page(site.block(name))


def send(site, name: str, handler: str, form=None, **fields) -> None:
    """Post a form of Ana's. Raises `SystemExit` where it is refused."""
    from tests.runtime import post

    version = re.search(r'name="version" value="(\w+)"', screen(site, name))
    if form is None:
        form = {**({"version": version[1]} if version else {}), **fields}
    answer = post(site.block(name), handler, form)
    if answer.status_code != 200:
        raise SystemExit(f"{name}/{handler} was refused: {answer.text}")


def main() -> None:
    """Freeze this version."""
    from tests.upgrades import kept

    folder = kept.FOLDER / __version__
    if folder.exists() and "--again" not in sys.argv:
        raise SystemExit(f"{folder} is there. What was released is not frozen anew; before the release: --again")
    with tempfile.TemporaryDirectory() as made:
        state = Path(made)
        configure(state)
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        site = site_of_now()
        call_command("verify_pledges", complete=True, no_files=True)
        connections.close_all()
        sql, counted = kept.dumped(state / DATABASE), kept.rows(state / DATABASE)
        texts = {"review": REVIEW, "plan": PLAN, "note": NOTE, "highlight": HIGHLIGHT}
        data = {"rows": counted, "texts": texts, "goes_on": [["stairs", "step-in"], ["desk", "report"]], "blocks": site.to_json()}
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "records.sql").write_text(sql, encoding="utf-8")
        (folder / "site.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        for key in (state / KEYS).glob("*.pub"):
            shutil.copy(key, folder / key.name)
    size = sum(path.stat().st_size for path in folder.iterdir())
    sys.stdout.write(f"{folder.relative_to(ROOT)}: {sum(counted.values())} rows, {size} bytes\n")
    if size > LIMIT:
        raise SystemExit(f"More than {LIMIT} bytes: let people do less.")


if __name__ == "__main__":
    main()
