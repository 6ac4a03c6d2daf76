"""The preview's tables."""

from django.db import migrations, models


def _id():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="BlockState",
            fields=[
                _id(),
                ("owner", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=16)),
                ("place", models.CharField(max_length=255)),
                ("fields", models.TextField()),
            ],
            options={
                "constraints": (
                    models.UniqueConstraint(fields=["owner", "kind", "place"], name="dti_preview_one_state"),
                )
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                _id(),
                ("owner", models.CharField(max_length=64)),
                ("place", models.CharField(max_length=255)),
                ("earned", models.FloatField()),
                ("possible", models.FloatField()),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": (models.UniqueConstraint(fields=["owner", "place"], name="dti_preview_one_score"),)
            },
        ),
        migrations.CreateModel(
            name="Completion",
            fields=[
                _id(),
                ("owner", models.CharField(max_length=64)),
                ("place", models.CharField(max_length=255)),
                ("share", models.FloatField()),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": (models.UniqueConstraint(fields=["owner", "place"], name="dti_preview_one_completion"),)
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                _id(),
                ("owner", models.CharField(max_length=64)),
                ("place", models.CharField(db_index=True, max_length=255)),
                ("name", models.CharField(max_length=255)),
                ("data", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.CreateModel(
            name="StudioEdit",
            fields=[
                _id(),
                ("place", models.CharField(max_length=255, unique=True)),
                ("fields", models.TextField()),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
        ),
    )
