"""Bring a frozen version up to what the code is now, and look at everything that people had: `python -m tests.upgrades.upgrade 0.1.0`.

Runs in a process of its own, because it has its own database. Prints, as JSON, each check and what was wrong ("" for nothing).
"""

import io
import json
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from dti_xblocks.course.preview.settings import DATABASE, KEYS, configure


def a_row_for_each_row(version, site, told, database) -> None:
    from tests.upgrades import kept

    now = kept.rows(database)
    assert {name: now.get(name) for name in told["rows"]} == told["rows"]


def the_tables_are_those_of_the_models(version, site, told, database) -> None:
    from django.apps import apps
    from django.db import connection

    for model in apps.get_app_config("dti_records").get_models():
        table, fields = model._meta.db_table, model._meta.local_concrete_fields
        with connection.cursor() as cursor:
            columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            constraints = connection.introspection.get_constraints(cursor, table)
        assert columns == {field.column for field in fields}, f"{table}: freeze an unreleased version again"
        assert {one.name for one in (*model._meta.constraints, *model._meta.indexes)} <= set(constraints), table


def the_chain_verifies(version, site, told, database) -> None:
    from django.core.management import call_command

    out = io.StringIO()
    call_command("verify_pledges", no_files=True, stdout=out, stderr=out)
    assert told["rows"]["dti_records_pledgelink"] and "Warning" not in out.getvalue(), out.getvalue()


def the_finished_run_is_read(version, site, told, database) -> None:
    from dti_xblocks.records.models import ScenarioRun
    from tests.runtime import OTHER, page

    run = ScenarioRun.objects.get(user_id=OTHER.user_id)
    assert (run.ending, run.earned, run.possible) == ("stopped", run.possible, run.possible) and run.earned
    assert "100%" in page(site.block("night", OTHER))


def the_running_scenario_goes_on(version, site, told, database) -> None:
    from dti_xblocks.records.models import ScenarioDecision, ScenarioRun
    from tests.blocks.scenario import playing
    from tests.runtime import LEARNER

    block = site.block("night", LEARNER)
    assert ScenarioDecision.objects.filter(run__user_id=LEARNER.user_id).count() == 1
    html = playing.went_on(block)
    for scene, choice in told["goes_on"]:
        fields = playing.hidden_fields(html)
        assert fields["scene"] == scene
        answer = playing.post(playing.again(block), "choose", {**fields, "choice": choice})
        assert answer.status_code == 200, answer.text
        html = playing.gone_on(block, answer.json["html"]).json["html"]
    run = ScenarioRun.objects.get(user_id=LEARNER.user_id)
    assert run.ending == "stopped" and run.earned == run.possible, "with the decision that was made before the upgrade"
    assert block.runtime.place.events("dti.scenario.ended")


def the_signed_pledge_is_read(version, site, told, database) -> None:
    from dti_xblocks.records.models import SignedPledge
    from tests.runtime import OTHER, get, page

    html = page(site.block("pledge"))
    assert "You have signed this pledge" in html and "Ana Reyes" in html
    assert SignedPledge.objects.get().code.replace("-", "") in html.replace("-", "")
    assert "Ana Reyes" in get(site.block("pledge"), "printable", f"pledge={SignedPledge.objects.get().id}").text
    assert "You have signed this pledge" not in page(site.block("pledge", OTHER))


def the_activities_are_as_they_were(version, site, told, database) -> None:
    from dti_xblocks.records.models import ActivityStanding
    from tests.runtime import page

    row = ActivityStanding.objects.get(kind="sort")
    assert row.tries == 1 and row.first and not row.done_at
    html = page(site.block("sort"))
    assert "You can reach it." in html and "Check again" in html
    assert told["texts"]["plan"] in page(site.block("plan"))


def the_film_is_as_it_was(version, site, told, database) -> None:
    from dti_xblocks.records.models import VideoAnswer, VideoWatch
    from tests.runtime import page

    answer = VideoAnswer.objects.get()
    assert (answer.moment, answer.result, answer.picked) == ("heard", "right", ["breath"])
    assert VideoWatch.objects.get().watched >= 2
    assert "That is the sign to act on." in page(site.block("stop")), "what was answered is told again"


def the_review_is_read(version, site, told, database) -> None:
    from tests.runtime import page

    assert told["texts"]["review"] in page(site.block("review"))


def the_note_stands_at_its_words(version, site, told, database) -> None:
    from tests.runtime import get

    html = get(site.block("law"), "my_notes", json=True).json["html"]
    assert told["texts"]["note"] in html and told["texts"]["highlight"] in html
    html = get(site.block("law"), "read", "ref=graham-v-connor", json=True).json["html"]
    assert f">{told['texts']['highlight']}</mark>" in html


def everything_of_a_person_is_listed(version, site, told, database) -> None:
    from django.core.management import call_command

    from tests.runtime import LEARNER

    out = io.StringIO()
    call_command("dti_learner_records", str(LEARNER.user_id), stdout=out)
    for text in ("review", "plan", "note"):
        assert told["texts"][text] in out.getvalue(), text


# Those that write come last.
CHECKS = (
    a_row_for_each_row,
    the_tables_are_those_of_the_models,
    the_chain_verifies,
    the_finished_run_is_read,
    the_signed_pledge_is_read,
    the_activities_are_as_they_were,
    the_film_is_as_it_was,
    the_review_is_read,
    the_note_stands_at_its_words,
    everything_of_a_person_is_listed,
    the_running_scenario_goes_on,
)


def main(version: str) -> dict[str, str]:
    """What each check found."""
    from tests.upgrades import kept

    found = {}
    with tempfile.TemporaryDirectory() as made:
        state = Path(made) / "state"
        (state / KEYS).mkdir(parents=True)
        for key in (kept.FOLDER / version).glob("*.pub"):
            shutil.copy(key, state / KEYS / key.name)
        kept.loaded((kept.FOLDER / version / "records.sql").read_text(encoding="utf-8"), state / DATABASE)
        configure(state)
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        told = kept.read(version)
        site = kept.Site.from_json(told["blocks"])
        for check in CHECKS:
            try:
                check(version, site, told, state / DATABASE)
                found[check.__name__] = ""
            except Exception:
                found[check.__name__] = traceback.format_exc()
        connections.close_all()
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])) + "\n")
