"""Where the journal stood when a job was begun, and when it was taken."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [
        migrations.AddField("job", "upon", models.BigIntegerField(default=0)),
        migrations.AddField("job", "taken_at", models.DateTimeField(null=True)),
    ]
