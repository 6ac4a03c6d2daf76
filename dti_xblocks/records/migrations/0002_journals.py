from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    dependencies = [
        ("dti_records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScenarioDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="dti_records.scenariostart",
                        verbose_name="scenario start",
                    ),
                ),
                ("serial", models.PositiveIntegerField(help_text="0, 1, 2 … in the order written", verbose_name="serial number")),
                (
                    "position",
                    models.PositiveIntegerField(help_text="Index in the list of entries of the run", verbose_name="position"),
                ),
                ("scene", models.CharField(max_length=100, verbose_name="scene")),
                (
                    "choice",
                    models.CharField(
                        blank=True, help_text="Empty: the clock of the scene was started", max_length=100, verbose_name="choice"
                    ),
                ),
                (
                    "how",
                    models.CharField(blank=True, help_text="“time-up” when the clock decided", max_length=20, verbose_name="how"),
                ),
                (
                    "led_to",
                    models.CharField(
                        blank=True, help_text="The scene or ending that came next", max_length=100, verbose_name="led to"
                    ),
                ),
                (
                    "seconds",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Whole seconds since the learner came to the scene",
                        null=True,
                        verbose_name="seconds",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "at_text",
                    models.CharField(
                        blank=True,
                        help_text="Where it is not ISO 8601 in UTC as Python writes it",
                        max_length=40,
                        verbose_name="time as written",
                    ),
                ),
            ],
            options={
                "verbose_name": "scenario decision",
                "verbose_name_plural": "scenario decisions",
                "ordering": ("id",),
                "constraints": [models.UniqueConstraint(fields=("run", "serial"), name="dti_decision_once_per_serial")],
                "indexes": [
                    models.Index(
                        fields=["run", "serial", "position", "scene", "choice", "how", "led_to", "seconds"],
                        name="dti_decision_report",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="scenariorun",
            name="pace",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="1: time as written, 10: ten times the time, 0: no clock", verbose_name="pace of the clock"
            ),
        ),
        migrations.AddField(
            model_name="scenariorun",
            name="seconds",
            field=models.PositiveIntegerField(
                blank=True, help_text="From the start to the ending", null=True, verbose_name="seconds"
            ),
        ),
        migrations.AddField(
            model_name="scenariorun",
            name="start",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="finish",
                to="dti_records.scenariostart",
                verbose_name="scenario start",
            ),
        ),
        migrations.AddField(
            model_name="scenariostart",
            name="entries",
            field=models.PositiveIntegerField(
                default=0, help_text="How many entries the journal of this run has", verbose_name="entries"
            ),
        ),
        migrations.AddField(
            model_name="scenariostart",
            name="length",
            field=models.PositiveIntegerField(default=0, help_text="How many of them stand", verbose_name="length"),
        ),
        migrations.AddField(
            model_name="scenariostart",
            name="pace",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="1: time as written, 10: ten times the time, 0: no clock", verbose_name="pace of the clock"
            ),
        ),
        migrations.AddField(
            model_name="scenariostart",
            name="scenario_version",
            field=models.CharField(
                blank=True,
                default="",
                help_text="SHA-256 of the scenario when the run began",
                max_length=64,
                verbose_name="scenario version",
            ),
        ),
        migrations.AddIndex(
            model_name="scenariorun",
            index=models.Index(fields=["usage_key", "seconds"], name="dti_run_median"),
        ),
        migrations.AddIndex(
            model_name="scenariorun",
            index=models.Index(fields=["usage_key", "ending", "result"], name="dti_run_endings"),
        ),
        migrations.AddIndex(
            model_name="scenariostart",
            index=models.Index(fields=["usage_key", "username", "user_id"], name="dti_start_people"),
        ),
    ]
