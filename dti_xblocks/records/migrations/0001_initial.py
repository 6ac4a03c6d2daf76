import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PledgeBundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner_id", models.BigIntegerField(db_index=True, verbose_name="user id")),
                ("course_key", models.CharField(max_length=255, verbose_name="course key")),
                ("usage_key", models.CharField(max_length=255, verbose_name="usage key")),
                ("up_to", models.BigIntegerField(help_text="Signatures after this row are not in it", verbose_name="last row")),
                (
                    "state",
                    models.CharField(help_text="“waiting”, “working”, “ready” or “failed”", max_length=10, verbose_name="state"),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="files")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="files made")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("asked_at", models.DateTimeField(verbose_name="asked for")),
                ("beat_at", models.DateTimeField(verbose_name="last sign of life")),
            ],
            options={
                "verbose_name": "bundle of pledges",
                "verbose_name_plural": "bundles of pledges",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="PledgeChain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(max_length=255, unique=True, verbose_name="course key")),
                ("length", models.PositiveBigIntegerField(default=0, verbose_name="length")),
                ("head", models.CharField(max_length=64, verbose_name="digest of the last link")),
                (
                    "signed",
                    models.PositiveBigIntegerField(
                        default=0, help_text="How many links, from the first on, are signed", verbose_name="links signed"
                    ),
                ),
            ],
            options={
                "verbose_name": "chain of pledges",
                "verbose_name_plural": "chains of pledges",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="PledgeCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pledge", models.BigIntegerField(unique=True, verbose_name="signed pledge")),
                ("body", models.BinaryField(verbose_name="file")),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256 of the file")),
                ("signed", models.BooleanField(default=False, verbose_name="has a PDF signature")),
                ("made_at", models.DateTimeField(verbose_name="made")),
            ],
            options={
                "verbose_name": "file of a pledge",
                "verbose_name_plural": "files of pledges",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="PledgeImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="SHA-256 of the picture")),
                ("media_type", models.CharField(max_length=50, verbose_name="media type")),
                ("body", models.BinaryField(verbose_name="picture")),
            ],
            options={
                "verbose_name": "logo on pledges",
                "verbose_name_plural": "logos on pledges",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="AuthorityProgress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField(help_text="The platform's user id", verbose_name="user id")),
                ("username", models.CharField(max_length=255, verbose_name="username")),
                ("course_key", models.CharField(blank=True, db_index=True, max_length=255, verbose_name="course key")),
                ("usage_key", models.CharField(db_index=True, max_length=255, verbose_name="usage key")),
                ("slug", models.CharField(max_length=100, verbose_name="authority")),
                (
                    "step",
                    models.CharField(
                        help_text="“opened”, “ended” (read to the end) or “checked” (question)",
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
            ],
            options={
                "verbose_name": "authority progress",
                "verbose_name_plural": "authority progress",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("usage_key", "user_id", "slug", "step"), name="dti_progress_once_per_step")
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField(help_text="The platform's user id", verbose_name="user id")),
                ("username", models.CharField(max_length=255, verbose_name="username")),
                ("course_key", models.CharField(blank=True, db_index=True, max_length=255, verbose_name="course key")),
                ("usage_key", models.CharField(db_index=True, max_length=255, verbose_name="usage key")),
                ("shown_as", models.CharField(blank=True, max_length=255, verbose_name="name shown")),
                ("stars", models.PositiveSmallIntegerField(verbose_name="stars")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                ("reply", models.TextField(blank=True, verbose_name="reply")),
                ("replied_at", models.DateTimeField(blank=True, null=True, verbose_name="replied")),
                ("hidden_at", models.DateTimeField(blank=True, null=True, verbose_name="hidden")),
                ("hidden_reason", models.TextField(blank=True, verbose_name="why hidden")),
            ],
            options={
                "verbose_name": "course review",
                "verbose_name_plural": "course reviews",
                "ordering": ("id",),
                "constraints": [models.UniqueConstraint(fields=("user_id", "usage_key"), name="dti_review_once_per_learner")],
            },
        ),
        migrations.CreateModel(
            name="Packet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "owner_id",
                    models.BigIntegerField(default=0, help_text="The platform's user id; 0: everybody's", verbose_name="owner"),
                ),
                (
                    "state",
                    models.CharField(help_text="“waiting”, “working”, “ready” or “failed”", max_length=10, verbose_name="state"),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "source",
                    models.BinaryField(
                        help_text="The document to be rendered, compressed, until it is", null=True, verbose_name="source"
                    ),
                ),
                ("expected", models.PositiveIntegerField(default=0, verbose_name="pages expected")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="pages done")),
                ("reason", models.CharField(blank=True, help_text="Why it failed", max_length=200, verbose_name="reason")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                (
                    "file",
                    models.CharField(
                        blank=True,
                        help_text="Name in Django storage; none for a personal one",
                        max_length=255,
                        verbose_name="file",
                    ),
                ),
                ("body", models.BinaryField(help_text="The file itself, for a personal one", null=True, verbose_name="body")),
                ("size", models.PositiveIntegerField(default=0, help_text="Bytes", verbose_name="size")),
                ("asked_at", models.DateTimeField(verbose_name="asked for")),
                ("beat_at", models.DateTimeField(verbose_name="last sign of life")),
                ("ready_at", models.DateTimeField(null=True, verbose_name="ready")),
            ],
            options={
                "verbose_name": "packet",
                "verbose_name_plural": "packets",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["owner_id", "asked_at"], name="dti_packet_of_owner")],
                "constraints": [models.UniqueConstraint(fields=("digest", "owner_id"), name="dti_packet_once")],
            },
        ),
        migrations.CreateModel(
            name="PledgeEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField(help_text="The platform's user id", verbose_name="user id")),
                ("username", models.CharField(max_length=255, verbose_name="username")),
                ("course_key", models.CharField(blank=True, db_index=True, max_length=255, verbose_name="course key")),
                ("usage_key", models.CharField(db_index=True, max_length=255, verbose_name="usage key")),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("key", models.CharField(max_length=100, verbose_name="key")),
                (
                    "pledge",
                    models.BigIntegerField(
                        blank=True, db_index=True, help_text="Its row, if it has one", null=True, verbose_name="signed pledge"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                ("document", models.JSONField(blank=True, help_text="The whole event", null=True, verbose_name="document")),
                (
                    "document_hash",
                    models.CharField(help_text="SHA-256 of its canonical JSON", max_length=64, verbose_name="document hash"),
                ),
            ],
            options={
                "verbose_name": "pledge event",
                "verbose_name_plural": "pledge events",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["usage_key", "kind"], name="dti_pledge_event_kind")],
                "constraints": [models.UniqueConstraint(fields=("user_id", "usage_key", "key"), name="dti_pledge_event_once")],
            },
        ),
        migrations.CreateModel(
            name="PledgeLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(max_length=255, verbose_name="course key")),
                (
                    "position",
                    models.PositiveBigIntegerField(help_text="1 for the first link of a course", verbose_name="position"),
                ),
                ("kind", models.CharField(help_text="“pledge” or “event”", max_length=10, verbose_name="kind")),
                ("entry_id", models.BigIntegerField(help_text="Id of the signed pledge or event", verbose_name="row")),
                ("entry", models.CharField(max_length=64, verbose_name="hash of the entry")),
                ("previous", models.CharField(max_length=64, verbose_name="digest of the link before")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("linked_at", models.DateTimeField(verbose_name="linked")),
                ("key_id", models.CharField(blank=True, max_length=16, verbose_name="key")),
                ("signature", models.CharField(blank=True, max_length=128, verbose_name="signature")),
            ],
            options={
                "verbose_name": "link of a chain",
                "verbose_name_plural": "links of chains",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "position"), name="dti_link_once_per_position"),
                    models.UniqueConstraint(fields=("kind", "entry_id"), name="dti_link_once_per_entry"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PledgePending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(db_index=True, max_length=255, verbose_name="course key")),
                ("kind", models.CharField(max_length=10, verbose_name="kind")),
                ("entry_id", models.BigIntegerField(verbose_name="row")),
                ("entry", models.CharField(max_length=64, verbose_name="hash of the entry")),
            ],
            options={
                "verbose_name": "record without a link",
                "verbose_name_plural": "records without links",
                "ordering": ("id",),
                "constraints": [models.UniqueConstraint(fields=("kind", "entry_id"), name="dti_pending_once")],
            },
        ),
        migrations.CreateModel(
            name="ReaderMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField(verbose_name="user id")),
                ("course_key", models.CharField(max_length=255, verbose_name="course key")),
                (
                    "key",
                    models.CharField(
                        help_text="Made by whoever asks, so that asking twice makes one mark", max_length=60, verbose_name="key"
                    ),
                ),
                ("slug", models.CharField(max_length=100, verbose_name="authority")),
                (
                    "section",
                    models.CharField(
                        blank=True, help_text="Empty: the authority is bookmarked", max_length=40, verbose_name="section"
                    ),
                ),
                ("paragraph", models.PositiveSmallIntegerField(default=0, verbose_name="paragraph")),
                ("start", models.PositiveIntegerField(default=0, verbose_name="start")),
                ("quote", models.TextField(blank=True, verbose_name="words")),
                ("prefix", models.CharField(blank=True, max_length=64, verbose_name="words before")),
                ("suffix", models.CharField(blank=True, max_length=64, verbose_name="words after")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
            ],
            options={
                "verbose_name": "reader's mark",
                "verbose_name_plural": "readers' marks",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["user_id", "course_key", "slug"], name="dti_mark_of_authority")],
                "constraints": [models.UniqueConstraint(fields=("user_id", "course_key", "key"), name="dti_mark_once_per_key")],
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
                (
                    "pace",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="1: time as written, 10: ten times the time, 0: no clock",
                        verbose_name="pace of the clock",
                    ),
                ),
                (
                    "scenario_version",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="SHA-256 of the scenario when the run began",
                        max_length=64,
                        verbose_name="scenario version",
                    ),
                ),
                (
                    "entries",
                    models.PositiveIntegerField(
                        default=0, help_text="How many entries the journal of this run has", verbose_name="entries"
                    ),
                ),
                ("length", models.PositiveIntegerField(default=0, help_text="How many of them stand", verbose_name="length")),
                (
                    "practice",
                    models.BooleanField(default=False, help_text="The run counts for nothing", verbose_name="practice"),
                ),
                (
                    "replays",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Number of the run whose last part is played again; 0: from the start",
                        verbose_name="replays",
                    ),
                ),
                (
                    "given",
                    models.PositiveIntegerField(
                        default=0, help_text="How many decisions were taken over from that run", verbose_name="given"
                    ),
                ),
                (
                    "answers_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the learner asked for the strongest answers after this run",
                        null=True,
                        verbose_name="answers opened",
                    ),
                ),
            ],
            options={
                "verbose_name": "scenario start",
                "verbose_name_plural": "scenario starts",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["usage_key", "username", "user_id", "practice"], name="dti_start_people")],
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
                (
                    "turn",
                    models.PositiveIntegerField(
                        default=1, help_text="1 for this learner's first signature in the block", verbose_name="turn"
                    ),
                ),
                ("full_name", models.CharField(blank=True, max_length=255, verbose_name="full name of the account")),
                ("signed_name", models.CharField(blank=True, max_length=255, verbose_name="name as typed")),
                (
                    "method",
                    models.CharField(
                        default="typed", help_text="“typed” or “drawn” (typed and drawn)", max_length=10, verbose_name="method"
                    ),
                ),
                (
                    "wording_hash",
                    models.CharField(help_text="SHA-256 of the text as shown", max_length=64, verbose_name="wording hash"),
                ),
                ("language", models.CharField(max_length=20, verbose_name="language")),
                (
                    "document",
                    models.JSONField(
                        blank=True,
                        help_text="The whole record as signed: text, affirmations, answers",
                        null=True,
                        verbose_name="document",
                    ),
                ),
                (
                    "document_hash",
                    models.CharField(help_text="SHA-256 of its canonical JSON", max_length=64, verbose_name="document hash"),
                ),
                (
                    "private",
                    models.JSONField(
                        blank=True, help_text="Address and browser of the request", null=True, verbose_name="where from"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="verification code")),
                (
                    "code_digest",
                    models.CharField(
                        help_text="SHA-256: what the verify page looks for",
                        max_length=64,
                        unique=True,
                        verbose_name="hash of the code",
                    ),
                ),
                ("signed_at", models.DateTimeField(verbose_name="signed")),
                ("valid_until", models.DateTimeField(blank=True, null=True, verbose_name="valid until")),
            ],
            options={
                "verbose_name": "signed pledge",
                "verbose_name_plural": "signed pledges",
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["usage_key", "signed_at"], name="dti_pledge_by_time"),
                    models.Index(
                        fields=["usage_key", "username", "user_id", "turn", "wording_hash", "valid_until", "signed_at"],
                        name="dti_pledge_people",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("user_id", "usage_key", "turn"), name="dti_pledge_once_per_turn")
                ],
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
                ("ending", models.CharField(max_length=100, verbose_name="ending")),
                ("result", models.CharField(max_length=10, verbose_name="result")),
                ("earned", models.FloatField(verbose_name="points earned")),
                ("possible", models.FloatField(verbose_name="points possible")),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("finished_at", models.DateTimeField(verbose_name="finished")),
                (
                    "seconds",
                    models.PositiveIntegerField(
                        blank=True, help_text="From the start to the ending", null=True, verbose_name="seconds"
                    ),
                ),
                (
                    "pace",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="1: time as written, 10: ten times the time, 0: no clock",
                        verbose_name="pace of the clock",
                    ),
                ),
                (
                    "start",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="finish",
                        to="dti_records.scenariostart",
                        verbose_name="scenario start",
                    ),
                ),
            ],
            options={
                "verbose_name": "scenario run",
                "verbose_name_plural": "scenario runs",
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["usage_key", "seconds"], name="dti_run_median"),
                    models.Index(fields=["usage_key", "ending", "result"], name="dti_run_endings"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("user_id", "usage_key", "attempt"), name="dti_run_once_per_attempt")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScenarioDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "scenario decision",
                "verbose_name_plural": "scenario decisions",
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        fields=["run", "serial", "position", "scene", "choice", "how", "led_to", "seconds"],
                        name="dti_decision_report",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("run", "serial"), name="dti_decision_once_per_serial")],
            },
        ),
        migrations.CreateModel(
            name='ActivityStanding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.BigIntegerField(help_text="The platform's user id", verbose_name='user id')),
                ('username', models.CharField(max_length=255, verbose_name='username')),
                ('course_key', models.CharField(blank=True, db_index=True, max_length=255, verbose_name='course key')),
                ('usage_key', models.CharField(db_index=True, max_length=255, verbose_name='usage key')),
                ('kind', models.CharField(max_length=10, verbose_name='kind')),
                ('first', models.JSONField(help_text='By the ids of cards and groups', null=True, verbose_name='first try')),
                ('answer', models.JSONField(default=dict, help_text='The present one, by the ids of cards and groups', verbose_name='answer')),
                ('tries', models.PositiveIntegerField(default=0, verbose_name='tries')),
                ('revealed', models.BooleanField(default=False, verbose_name='answers shown')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('done_at', models.DateTimeField(null=True, verbose_name='done')),
            ],
            options={
                'verbose_name': 'activity',
                'verbose_name_plural': 'activities',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('user_id', 'usage_key'), name='dti_activity_once_per_learner')],
            },
        ),
        migrations.CreateModel(
            name='OwnWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.BigIntegerField(verbose_name='user id')),
                ('course_key', models.CharField(db_index=True, max_length=255, verbose_name='course key')),
                ('usage_key', models.CharField(max_length=255, verbose_name='usage key')),
                ('kind', models.CharField(max_length=10, verbose_name='kind')),
                ('title', models.CharField(blank=True, help_text='Of the activity, when it was written', max_length=255, verbose_name='title')),
                ('words', models.JSONField(help_text='By the names of the fields of the form', verbose_name='words')),
                ('version', models.PositiveIntegerField(default=0, help_text='How often it was written or removed', verbose_name='version')),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
            ],
            options={
                'verbose_name': 'own words',
                'verbose_name_plural': 'own words',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('user_id', 'usage_key'), name='dti_own_words_once_per_learner')],
            },
        ),
        migrations.CreateModel(
            name='VideoWatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.BigIntegerField(help_text="The platform's user id", verbose_name='user id')),
                ('username', models.CharField(max_length=255, verbose_name='username')),
                ('course_key', models.CharField(blank=True, db_index=True, max_length=255, verbose_name='course key')),
                ('usage_key', models.CharField(db_index=True, max_length=255, verbose_name='usage key')),
                ('spans', models.JSONField(default=list, help_text='Intervals in seconds of the film, merged: [[from, to], …]', verbose_name='watched')),
                ('watched', models.FloatField(default=0.0, verbose_name='seconds watched')),
                ('position', models.FloatField(default=0.0, help_text='Where the player was, in seconds', verbose_name='position')),
                ('credit', models.FloatField(default=0.0, help_text='Seconds by which the next report may come too early', verbose_name='credit')),
                ('tape', models.CharField(blank=True, help_text='The tape that runs', max_length=100, verbose_name='tape')),
                ('tape_at', models.DateTimeField(blank=True, null=True, verbose_name='tape began')),
                ('reached', models.FloatField(default=0.0, help_text='How far the film has come in the tape, in seconds', verbose_name='tape reached')),
                ('still', models.PositiveIntegerField(default=0, help_text='The furthest still that was shown, from 0', verbose_name='still')),
                ('still_at', models.DateTimeField(blank=True, null=True, verbose_name='still shown')),
                ('entries', models.PositiveIntegerField(default=0, help_text='How many answers there are', verbose_name='answers')),
                ('began_at', models.DateTimeField(verbose_name='began')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='last report')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
            ],
            options={
                'verbose_name': 'watched film',
                'verbose_name_plural': 'watched films',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('user_id', 'usage_key'), name='dti_video_once_per_learner')],
            },
        ),
        migrations.CreateModel(
            name='VideoAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.PositiveIntegerField(help_text='0, 1, 2 … in the order written', verbose_name='serial number')),
                ('moment', models.CharField(max_length=100, verbose_name='moment')),
                ('attempt', models.PositiveIntegerField(help_text='1 for the first answer, which counts', verbose_name='attempt')),
                ('picked', models.JSONField(default=list, help_text='Ids of the choices, or of the way to step in', verbose_name='picked')),
                ('result', models.CharField(help_text='“right”, “wrong”, the kind of a window, or “never”', max_length=20, verbose_name='result')),
                ('at', models.FloatField(blank=True, help_text='In seconds; empty for questions', null=True, verbose_name='time of the film')),
                ('points', models.FloatField(verbose_name='points')),
                ('possible', models.FloatField(verbose_name='points possible')),
                ('how', models.CharField(help_text='“film”, or “stills” for still by still', max_length=10, verbose_name='how')),
                ('made_at', models.DateTimeField(verbose_name='time')),
                ('watch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='dti_records.videowatch', verbose_name='watched film')),
            ],
            options={
                'verbose_name': 'answer in a film',
                'verbose_name_plural': 'answers in films',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('watch', 'serial'), name='dti_video_answer_serial'), models.UniqueConstraint(fields=('watch', 'moment', 'attempt'), name='dti_video_answer_once')],
            },
        ),
        migrations.CreateModel(
            name='ScenarioTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('usage_key', models.CharField(max_length=255, verbose_name='usage key')),
                ('name', models.CharField(help_text='Which runs were counted, or the seconds of all', max_length=20, verbose_name='name')),
                ('portion', models.PositiveSmallIntegerField(verbose_name='portion of the learners')),
                ('marks', models.CharField(help_text='What the rows said that it was counted from', max_length=255, verbose_name='marks')),
                ('counted', models.TextField(help_text='As JSON', verbose_name='counted')),
            ],
            options={
                'verbose_name': 'scenario tally',
                'verbose_name_plural': 'scenario tallies',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('usage_key', 'name', 'portion'), name='dti_tally_once')],
            },
        ),
    ]
