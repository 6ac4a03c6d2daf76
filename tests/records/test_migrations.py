"""The tables are what the models say: made by one migration, with every constraint and index under its name."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

MODELS = list(apps.get_app_config("dti_records").get_models())


def test_the_models_ask_for_no_further_migration():
    call_command("makemigrations", "dti_records", check=True, dry_run=True, verbosity=0)


def test_there_is_one_migration():
    names = [name for label, name in MigrationLoader(connection).disk_migrations if label == "dti_records"]
    assert names == ["0001_initial"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_constraint_and_index_is_in_the_database_under_its_name(model):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    for constraint in model._meta.constraints:
        assert found[constraint.name]["unique"], constraint.name
        assert found[constraint.name]["columns"] == [model._meta.get_field(name).column for name in constraint.fields]
    for index in model._meta.indexes:
        assert found[index.name]["columns"] == [model._meta.get_field(name).column for name in index.fields], index.name
