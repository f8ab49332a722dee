"""The standing jobs: what is due is run every minute, and previews nobody confirmed are dropped once a day."""

from django.db import migrations

SCHEDULES = (
    {"name": "chuangwen: follow-ups due", "func": "chuangwen.base.events.run_due", "schedule_type": "I", "minutes": 1},
    {"name": "chuangwen: old previews", "func": "chuangwen.base.imports.actions.forget_previews", "schedule_type": "D"},
)


def add(apps, schema_editor):
    Schedule = apps.get_model("django_q", "Schedule")
    for fields in SCHEDULES:
        Schedule.objects.get_or_create(name=fields["name"], defaults={**fields, "repeats": -1})


def remove(apps, schema_editor):
    Schedule = apps.get_model("django_q", "Schedule")
    Schedule.objects.filter(name__in=[fields["name"] for fields in SCHEDULES]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0002_initial"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(add, remove)]
