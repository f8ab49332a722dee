import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def as_places_lie(apps, schema_editor):
    """Visits made before have the region of their place today: nothing better is known."""
    place = apps.get_model("places", "Place").objects.filter(pk=OuterRef("place_id"))
    apps.get_model("inspections", "Visit").objects.update(region_id=Subquery(place.values("region_id")))


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0002_origin_certain"),
        ("organisations", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="region",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.region"
            ),
        ),
        migrations.RunPython(as_places_lie, migrations.RunPython.noop),
    ]
