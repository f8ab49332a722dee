"""dev.py check bites: a violation of each house rule, planted in a small tree, is seen and named with its line."""

import textwrap
from pathlib import Path

import pytest

from tools.checking import house_rules
from tools.checks import CHECKS
from tools.checks.tree import Tree

GOOD = {
    "chuangwen/places/views.py": "def page(request):\n    return request\n",
    "chuangwen/places/actions.py": """
        def _told(*, actor): record(name="place.archived", actor=actor)

        def archive(*, actor, place):
            _told(actor=actor)

        def rename(*, actor, place):
            record(name="place.renamed", actor=actor)
    """,
    "chuangwen/scores/actions/__init__.py": "from chuangwen.scores.actions.runs import freeze\n",
    "chuangwen/scores/actions/runs.py": """
        def start(run): return run

        def freeze(*, actor): record(name="score.frozen", actor=actor)
    """,
    "chuangwen/places/templates/places/page.html": """
        <script src="/static/a.js"></script>
        <p class="style"{% if one == 1 %} id="a"{% endif %}>on = 1</p>
    """,
    "pyproject.toml": '[[tool.importlinter.contracts]]\nid = "modules"\ncontainers = ["chuangwen.places"]\n',
    "tests/places/test_page.py": "def test_one_place_is_shown():\n    assert 1 + 1 == 2\n",
}
LONG = "def long():\n" + "    x = 1\n" * 50
PLANTED = {
    "function of 51 lines": ("rulebook/a.py", LONG, "rulebook/a.py:1: long has 51 lines; the ceiling is 50"),
    "source file of 401 lines": ("rulebook/a.py", "x = 1\n" * 401, "rulebook/a.py:1: 401 lines; the ceiling is 400"),
    "test function of 41 lines": (
        "tests/test_a.py",
        "def test_a():\n" + "    assert 1\n" * 40,
        "tests/test_a.py:1: test_a has 41 lines; the ceiling is 40",
    ),
    "test file of 601 lines": ("tests/a.py", "x = 1\n" * 601, "tests/a.py:1: 601 lines; the ceiling is 600"),
    "template of 181 lines": (
        "chuangwen/places/templates/a.html",
        "<p>\n" * 181,
        "chuangwen/places/templates/a.html:1: 181 lines; the ceiling is 180",
    ),
    "script of 251 lines": (
        "chuangwen/places/static/a.js",
        ";\n" * 251,
        "chuangwen/places/static/a.js:1: 251 lines; the ceiling is 250",
    ),
    "view of 26 lines": (
        "chuangwen/places/views/page.py",
        "def page(request):\n" + "    x = 1\n" * 25,
        "chuangwen/places/views/page.py:1: page has 26 lines; the ceiling is 25",
    ),
    "module utils": (
        "chuangwen/utils.py",
        "x = 1\n",
        "chuangwen/utils.py:1: no module is called utils: name it after what it knows",
    ),
    "folder core": (
        "chuangwen/core/a.py",
        "x = 1\n",
        "chuangwen/core/a.py:1: no module is called core: name it after what it knows",
    ),
    "inline script": (
        "chuangwen/a/templates/a.html",
        "<p>\n<script>go()</script>",
        "chuangwen/a/templates/a.html:2: no inline script: put it into static/<app>/",
    ),
    "inline style sheet": (
        "chuangwen/a/templates/a.html",
        "<style>p{}</style>",
        "chuangwen/a/templates/a.html:1: no inline style sheet: put it into static/<app>/",
    ),
    "style attribute": (
        "chuangwen/a/templates/a.html",
        '<p\n  style="x">',
        "chuangwen/a/templates/a.html:2: no style attribute: use a class",
    ),
    "handler in an attribute": (
        "chuangwen/a/templates/a.html",
        '<p onclick="go()">',
        "chuangwen/a/templates/a.html:1: no handler in an attribute: listen in static/<app>/",
    ),
    "word the field does not use, in a template": (
        "chuangwen/a/templates/a.html",
        "{# 用户 #}\n<p>操作成功</p>",
        "chuangwen/a/templates/a.html:2: never “成功” on a page",
    ),
    "word the field does not use, in a form": (
        "chuangwen/places/forms.py",
        '"""用户"""\nlabel = "用户名"\n',
        "chuangwen/places/forms.py:2: never “用户” on a page",
    ),
    "raw SQL": (
        "chuangwen/places/queries.py",
        'Place.objects.raw("SELECT 1")\n',
        "chuangwen/places/queries.py:1: no raw SQL (raw): the portable ORM only",
    ),
    "raw SQL through extra": (
        "chuangwen/places/queries.py",
        "kind.extra(person)\nPlace.objects.extra(where=['1'])\n",
        "chuangwen/places/queries.py:2: no raw SQL (extra): the portable ORM only",
    ),
    "raw SQL in a migration": (
        "chuangwen/places/migrations/0002_a.py",
        "operations = [migrations.RunSQL('x')]\n",
        "chuangwen/places/migrations/0002_a.py:1: no raw SQL (RunSQL): the portable ORM only",
    ),
    "PostgreSQL-only field": (
        "chuangwen/places/models.py",
        "from django.contrib.postgres.fields import ArrayField\n",
        "chuangwen/places/models.py:1: django.contrib.postgres.fields.ArrayField: only portable fields:"
        " every test runs on SQLite and PostgreSQL",
    ),
    "signal": (
        "chuangwen/places/apps.py",
        "from django.db.models.signals import post_save\n",
        "chuangwen/places/apps.py:1: django.db.models.signals: no signals between our apps:"
        " name the follow-up in jobs.py",
    ),
    "objects in a view": (
        "chuangwen/places/views.py",
        "def page(request):\n    return Place.objects.all()\n",
        "chuangwen/places/views.py:2: a view loads through visible_to and queries, not .objects",
    ),
    "action with a positional argument": (
        "chuangwen/places/actions.py",
        "def archive(place, *, actor):\n    record(actor=actor)\n",
        "chuangwen/places/actions.py:1: archive takes positional arguments; an action takes keywords only:"
        " def verb(*, actor, …)",
    ),
    "action that records nothing": (
        "chuangwen/places/actions.py",
        "def archive(*, actor):\n    place.save()\n",
        "chuangwen/places/actions.py:1: archive records no event:"
        " call record(...) once, here or in a function it calls",
    ),
    "action that records twice": (
        "chuangwen/places/actions.py",
        "def archive(*, actor):\n    record(1)\n    events.record(2)\n",
        "chuangwen/places/actions.py:1: archive calls record 2 times; one action is one event",
    ),
    "action named by the door of a folder": (
        "chuangwen/scores/actions/__init__.py",
        "def freeze(*, actor):\n    pass\n",
        "chuangwen/scores/actions/__init__.py:1: freeze records no event:"
        " call record(...) once, here or in a function it calls",
    ),
    "step of a folder of actions, imported past its door": (
        "chuangwen/places/views.py",
        "from chuangwen.scores.actions.runs import start\n",
        "chuangwen/places/views.py:1: import from chuangwen.scores.actions: its __init__ names the actions",
    ),
    "something left for later": ("rulebook/a.py", "# TO" + "DO: all\n", "rulebook/a.py:1: left for later: TO" + "DO"),
    "test left out": (
        "tests/test_a.py",
        "@pytest." + "mark.skip\ndef test_a():\n    assert 1\n",
        "tests/test_a.py:1: a test is left out: pytest." + "mark.skip",
    ),
    "address of a registry": (
        "docs/install.md",
        "pip install --index" + "-url x\n",
        "docs/install.md:1: address of a package registry: --index" + "-url",
    ),
    "path of one machine": ("docs/a.md", "see /ro" + "ot/x\n", "docs/a.md:1: path of one machine: /ro" + "ot/x"),
    "test that cannot fail": (
        "tests/test_a.py",
        "def test_a():\n    run()\n",
        "tests/test_a.py:1: test_a asserts nothing, so it cannot fail",
    ),
    "app outside the contracts": (
        "chuangwen/new/apps.py",
        "x = 1\n",
        "pyproject.toml:1: chuangwen.new is missing in the containers of contract “modules”",
    ),
}


def planted(root: Path, path: str, text: str) -> Path:
    """A small tree that keeps the rules, but for the one file given."""
    for name, content in (GOOD | {path: text}).items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(textwrap.dedent(content), encoding="utf-8")
    return root


def test_a_tree_that_keeps_the_rules_passes(tmp_path: Path) -> None:
    assert house_rules(planted(tmp_path, "docs/a.md", "works at /workshop, see docs/root/a\n")) == []


@pytest.mark.parametrize(("path", "text", "line"), PLANTED.values(), ids=PLANTED)
def test_a_planted_violation_is_named(tmp_path: Path, path: str, text: str, line: str) -> None:
    assert house_rules(planted(tmp_path, path, text)) == [line]


def test_every_check_has_a_planted_violation(tmp_path: Path) -> None:
    trees = [Tree(planted(tmp_path / str(n), path, text)) for n, (path, text, _) in enumerate(PLANTED.values())]
    assert [check.__name__ for check in CHECKS if not any(map(check, trees))] == []


def test_vendored_files_and_migrations_have_no_ceiling(tmp_path: Path) -> None:
    planted(tmp_path, "chuangwen/base/static/base/vendor/big.js", ";\n" * 1000)
    root = planted(tmp_path, "chuangwen/places/migrations/0001_initial.py", LONG + "x = 1\n" * 1000)
    assert house_rules(root) == []
