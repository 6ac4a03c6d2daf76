"""Finished runs from before there were journals get theirs, written from their paths: reports count old and new alike."""

from datetime import UTC, datetime

from django.db import migrations

PORTION = 500


def write_journals(apps, schema_editor):
    Run, Start = apps.get_model("dti_records", "ScenarioRun"), apps.get_model("dti_records", "ScenarioStart")
    Decision = apps.get_model("dti_records", "ScenarioDecision")
    last = 0
    while runs := list(Run.objects.filter(id__gt=last, start=None).order_by("id")[:PORTION]):
        last = runs[-1].id
        for run in runs:
            who = {"user_id": run.user_id, "usage_key": run.usage_key, "attempt": run.attempt}
            rest = {"username": run.username, "course_key": run.course_key, "started_at": run.started_at}
            run.start, _new = Start.objects.get_or_create(**who, defaults=rest)
            run.seconds = max(int((run.finished_at - run.started_at).total_seconds()), 0)
            rows = journal(Decision, run)
            Decision.objects.bulk_create(rows)
            counted = {"entries": len(rows), "length": len(rows)}
            Start.objects.filter(id=run.start_id).update(**counted, scenario_version=run.scenario_version)
        Run.objects.bulk_update(runs, ["start", "seconds"], batch_size=100)


def journal(Decision, run):
    """The rows of a run's journal; none where the path is not what the block wrote."""
    try:
        path = [(scene, choice, datetime.fromisoformat(at_text), at_text, how) for scene, choice, at_text, *how in run.path]
        came, came_to = run.started_at, iter([*[scene for scene, choice, *_rest in path if choice][1:], run.ending])
        rows = []
        for number, (scene, choice, at, at_text, how) in enumerate(path):
            rows.append(
                Decision(
                    run=run.start,
                    serial=number,
                    position=number,
                    scene=scene,
                    choice=choice,
                    how=how[0] if how else "",
                    led_to=next(came_to) if choice else "",
                    seconds=max(int((at - came).total_seconds()), 0),
                    at=at,
                    at_text="" if at_text == at.astimezone(UTC).isoformat() else at_text,
                )
            )
            came = at
    except (TypeError, ValueError):
        return []
    long = any(max(map(len, (row.scene, row.choice, row.led_to))) > 100 or len(row.at_text) > 40 for row in rows)
    return [] if long else rows


class Migration(migrations.Migration):
    dependencies = [("dti_records", "0002_journals")]

    operations = [migrations.RunPython(write_journals, migrations.RunPython.noop, elidable=True)]
