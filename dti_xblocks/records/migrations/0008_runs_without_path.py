from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dti_records", "0007_pledges_once_per_turn")]

    operations = [migrations.RemoveField(model_name="scenariorun", name="path")]
