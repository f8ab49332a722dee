"""What the inspector recorded as put right on the spot, so far told in the words of the finding only."""

from django.db import migrations, models

RECORDED = "测评员记：当场已整改。"


def mark(apps, schema_editor):
    problems = apps.get_model("problems", "Problem").objects
    problems.filter(source_kind="answer", detail__endswith=RECORDED).update(fixed_on_spot=True)


class Migration(migrations.Migration):
    dependencies = [
        ("problems", "0002_saved_view_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="problem",
            name="fixed_on_spot",
            field=models.BooleanField(default=False, verbose_name="当场已整改"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
