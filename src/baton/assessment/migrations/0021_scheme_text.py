"""The text of a scheme moves to a table of its own: many queries join the version, few want its text."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def move_out(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    version, text = (apps.get_model("assessment", name) for name in ("SchemeVersion", "SchemeText"))
    rows = version.objects.using(schema.connection.alias).order_by().values_list("pk", "text")
    text.objects.using(schema.connection.alias).bulk_create(
        text(version_id=number, text=found) for number, found in rows
    )


def move_in(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    version, text = (apps.get_model("assessment", name) for name in ("SchemeVersion", "SchemeText"))
    for number, found in text.objects.using(schema.connection.alias).values_list("version_id", "text"):
        version.objects.using(schema.connection.alias).filter(pk=number).update(text=found)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0020_tallies")]

    operations = [
        migrations.CreateModel(
            name="SchemeText",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="written",
                        serialize=False,
                        to="assessment.schemeversion",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunPython(move_out, move_in),
        # So that the way back can add the column before the texts are there.
        migrations.AlterField("schemeversion", "text", models.TextField(default="")),
        migrations.RemoveField("schemeversion", "text"),
    ]
