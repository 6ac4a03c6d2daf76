from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CourseReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField(help_text="The platform's user id", verbose_name="user id")),
                ("username", models.CharField(max_length=255, verbose_name="username")),
                ("course_key", models.CharField(blank=True, db_index=True, max_length=255, verbose_name="course key")),
                ("usage_key", models.CharField(db_index=True, max_length=255, verbose_name="usage key")),
                ("stars", models.PositiveSmallIntegerField(verbose_name="stars")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
            ],
            options={
                "verbose_name": "course review",
                "verbose_name_plural": "course reviews",
                "ordering": ("id",),
                "constraints": [models.UniqueConstraint(fields=("user_id", "usage_key"), name="dti_review_once_per_learner")],
            },
        ),
        migrations.CreateModel(
            name="ScenarioRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField(help_text="The platform's user id", verbose_name="user id")),
                ("username", models.CharField(max_length=255, verbose_name="username")),
                ("course_key", models.CharField(blank=True, db_index=True, max_length=255, verbose_name="course key")),
                ("usage_key", models.CharField(db_index=True, max_length=255, verbose_name="usage key")),
                ("attempt", models.PositiveIntegerField(help_text="1 for the first run of this learner", verbose_name="attempt")),
                (
                    "scenario_version",
                    models.CharField(help_text="SHA-256 of the scenario played", max_length=64, verbose_name="scenario version"),
                ),
                (
                    "path",
                    models.JSONField(
                        help_text="The decisions in order: scene, choice, time (ISO 8601, UTC)", verbose_name="path"
                    ),
                ),
                ("ending", models.CharField(max_length=100, verbose_name="ending")),
                ("result", models.CharField(max_length=10, verbose_name="result")),
                ("earned", models.FloatField(verbose_name="points earned")),
                ("possible", models.FloatField(verbose_name="points possible")),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("finished_at", models.DateTimeField(verbose_name="finished")),
            ],
            options={
                "verbose_name": "scenario run",
                "verbose_name_plural": "scenario runs",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("user_id", "usage_key", "attempt"), name="dti_run_once_per_attempt")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScenarioStart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField(help_text="The platform's user id", verbose_name="user id")),
                ("username", models.CharField(max_length=255, verbose_name="username")),
                ("course_key", models.CharField(blank=True, db_index=True, max_length=255, verbose_name="course key")),
                ("usage_key", models.CharField(db_index=True, max_length=255, verbose_name="usage key")),
                ("attempt", models.PositiveIntegerField(help_text="1 for the first run of this learner", verbose_name="attempt")),
                ("started_at", models.DateTimeField(verbose_name="started")),
            ],
            options={
                "verbose_name": "scenario start",
                "verbose_name_plural": "scenario starts",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("user_id", "usage_key", "attempt"), name="dti_start_once_per_attempt")
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedPledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField(help_text="The platform's user id", verbose_name="user id")),
                ("username", models.CharField(max_length=255, verbose_name="username")),
                ("course_key", models.CharField(blank=True, db_index=True, max_length=255, verbose_name="course key")),
                ("usage_key", models.CharField(db_index=True, max_length=255, verbose_name="usage key")),
                ("full_name", models.CharField(max_length=255, verbose_name="full name of the account")),
                ("signed_name", models.CharField(max_length=255, verbose_name="name as typed")),
                (
                    "wording_hash",
                    models.CharField(help_text="SHA-256 of the text as shown", max_length=64, verbose_name="wording hash"),
                ),
                ("language", models.CharField(max_length=20, verbose_name="language")),
                (
                    "document",
                    models.JSONField(
                        help_text="The whole record as signed: text, affirmations, answers", verbose_name="document"
                    ),
                ),
                (
                    "document_hash",
                    models.CharField(help_text="SHA-256 of its canonical JSON", max_length=64, verbose_name="document hash"),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="verification code")),
                ("signed_at", models.DateTimeField(verbose_name="signed")),
            ],
            options={
                "verbose_name": "signed pledge",
                "verbose_name_plural": "signed pledges",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("user_id", "usage_key", "wording_hash"), name="dti_pledge_once_per_wording")
                ],
            },
        ),
    ]
