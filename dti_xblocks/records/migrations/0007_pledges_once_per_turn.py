from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dti_records", "0006_turns_and_chains_of_older_pledges")]

    operations = [
        migrations.AlterField(
            model_name="signedpledge",
            name="code_digest",
            field=models.CharField(
                help_text="SHA-256: what the verify page looks for", max_length=64, unique=True, verbose_name="hash of the code"
            ),
        ),
        migrations.AddConstraint(
            model_name='signedpledge',
            constraint=models.UniqueConstraint(fields=('user_id', 'usage_key', 'turn'), name='dti_pledge_once_per_turn'),
        ),
    ]
