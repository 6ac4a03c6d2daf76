"""Pledges from before there were turns and chains: each gets its number, the hash of its code, and waits for its link."""

import hashlib

from django.db import migrations

PORTION = 500


def complete(apps, schema_editor):
    Pledge, Pending = apps.get_model("dti_records", "SignedPledge"), apps.get_model("dti_records", "PledgePending")
    last = 0
    while rows := list(Pledge.objects.filter(id__gt=last).order_by("id")[:PORTION]):
        last = rows[-1].id
        for row in rows:
            before = Pledge.objects.filter(user_id=row.user_id, usage_key=row.usage_key, id__lt=row.id)
            row.turn = before.count() + 1
            row.code_digest = hashlib.sha256(row.code.encode()).hexdigest()
            entry = {"kind": "pledge", "entry_id": row.id}
            Pending.objects.get_or_create(**entry, defaults={"chain": row.course_key, "entry": row.document_hash})
        Pledge.objects.bulk_update(rows, ["turn", "code_digest"], batch_size=100)


class Migration(migrations.Migration):
    dependencies = [("dti_records", "0005_pledges")]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
