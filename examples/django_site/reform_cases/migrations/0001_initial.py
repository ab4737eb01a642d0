"""The two tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            "PublishedRules",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("text", models.TextField()),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            "CaseRecord",
            [
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("facts", models.JSONField(default=dict)),
                ("receipt", models.JSONField(null=True)),
            ],
        ),
    ]
