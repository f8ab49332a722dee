"""An empty database migrated. Floor: the same tables made with one schema editor, without history and state.

Peer (CISO Assistant): 191–258 s; aim 20 s.

python -m bench.migrate
"""

import django

django.setup()

from django.apps import apps  # noqa: E402  models can be imported only now
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench._measure import timed  # noqa: E402


def plain() -> None:
    """Every table at once, then away again."""
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    with connection.schema_editor() as editor:
        for model in models:
            editor.create_model(model)
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        for model in reversed(models):
            editor.delete_model(model)


def main() -> None:
    floor = timed(plain)
    ours = timed(lambda: call_command("migrate", verbosity=0))
    print(
        f"empty database migrated on {connection.vendor}: {ours:.1f} s (peer 191–258 s, aim 20 s); "
        f"floor (tables made at once) {floor:.1f} s; ratio {ours / floor:.1f}"
    )


if __name__ == "__main__":
    main()
