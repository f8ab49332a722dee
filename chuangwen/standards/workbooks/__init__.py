"""Excel of a standard: the import that replaces a draft's tree, and the export that can be imported again."""

import io
from typing import Any

from django import forms

from chuangwen.base.imports import Applied, Checked, ImportSpec, Row, Undoing
from chuangwen.base.workbooks import Column, write
from chuangwen.organisations.models import Person
from chuangwen.places.models import PlaceType
from chuangwen.standards import queries, settings
from chuangwen.standards.checking import option_faults
from chuangwen.standards.drafts import lock_draft
from chuangwen.standards.models import StandardVersion
from chuangwen.standards.rules import REGISTERED, Unreadable, is_undecided, said
from chuangwen.standards.spec import OPTIONS, Spec, spec_of, write_tree
from chuangwen.standards.workbooks.columns import COLUMNS, columns_for, lines_of, sample
from chuangwen.standards.workbooks.reading import Tree, check_row, roots
from rulebook.scoring import SpecError, compile_standard
from rulebook.scoring.criteria import is_outside_row

NO_DRAFT = "选的草稿已经发布或删掉了。请另选一份草稿再导入。"
NOTE = "按历年编号认每一条；改名称、改文字不改历年编号，历年得分才能比。"


def workbook(spec: Spec) -> bytes:
    """A whole standard as one sheet; imported into a draft again it gives the same rules."""
    lines, out = lines_of(spec), io.BytesIO()
    write(columns_for(lines), lines, title=spec["title"], out=out, notes=(NOTE,))
    return out.getvalue()


def _draft(context: dict[str, Any], person: Person) -> StandardVersion | None:
    return queries.drafts_of(person).filter(pk=context.get("version")).first()


def _read(
    rows: list[Row], version: StandardVersion, person: Person, columns: tuple[Column, ...]
) -> tuple[list[Checked], Spec]:
    """Every row checked, and the spec they make together."""
    types = PlaceType.objects.filter(tenant_id=person.tenant_id, archived_at__isnull=True)
    now = spec_of(version)
    options, wrong = _options(rows, now)
    tree = Tree.over({**now, **options}, list(types.values_list("pk", "code", "name")), columns)
    checked = [check_row(row, tree) for row in rows]
    for found in checked:
        found.errors |= wrong.get(found.number, {})
    labels = dict(types.values_list("code", "name"))
    used = {code for found in checked for code in found.values.get("line", {}).get("place_types", ())}
    weights = version.options.get("type_weights", {})
    spec = {"key": now["key"], "title": now["title"], **options, "nodes": roots(tree)}
    spec["place_types"] = {
        code: {"label": labels[code]} | ({"weight": weights[code]} if code in weights else {}) for code in sorted(used)
    }
    return checked, spec


def _options(rows: list[Row], now: Spec) -> tuple[Spec, dict[int, dict[str, str]]]:
    """Settings of the standard as the file's first row says them, else as they are; and what is wrong there, by row."""
    given = next((row for row in rows if row.cells.get("settings")), None)
    if given is None:
        return {name: now[name] for name in OPTIONS if name in now}, {}
    try:
        found = settings.read(given.cells["settings"])
    except Unreadable as wrong:
        return {}, {given.number: {"settings": str(wrong)}}
    faults = "".join(words for _, words in option_faults(found))
    return found, {given.number: {"settings": faults}} if faults else {}


def check(
    rows: list[Row], context: dict[str, Any], person: Person, *, columns: tuple[Column, ...] = COLUMNS
) -> list[Checked]:
    """Every row of a file; what the rulebook minds in a criterion is said at its row, once it is complete."""
    version = _draft(context, person)
    if version is None:
        return [Checked(row.number, errors={"text": NO_DRAFT}) for row in rows]
    checked, spec = _read(rows, version, person, columns)
    at = {found.values["line"]["key"]: found for found in checked if found.values and not _is_open(found)}
    try:
        compile_standard(spec)
    except SpecError as error:
        for problem in error.problems:
            if problem.key in at:
                rule = at[problem.key].values["line"].get("rule", {})
                at[problem.key].errors.setdefault("rule", f"{said(problem.message, rule)}。")
    return checked


def _is_open(found: Checked) -> bool:
    """Are its points or its rule still to be filled in?"""
    line = found.values["line"]
    return (not line.get("points") and not is_outside_row(line)) or ("rule" in line and is_undecided(line["rule"]))


def apply(
    checked: list[Checked], context: dict[str, Any], person: Person, *, columns: tuple[Column, ...] = COLUMNS
) -> list[Applied]:
    """Replace the draft's tree by the file's; the first row keeps what was there, for undoing."""
    version = queries.drafts_of(person).get(pk=context["version"])
    before = spec_of(version)
    rows = [Row(found.number, found.values["cells"]) for found in checked]
    _, spec = _read(rows, version, person, columns)
    lock_draft(version)
    write_tree(version, spec)
    after = spec_of(version)
    return [
        Applied(found.number, version.pk, {"before": before, "after": after} if number == 0 else {})
        for number, found in enumerate(checked)
    ]


def undo(rows: list[Undoing], person: Person) -> dict[int, str]:
    """Put the tree back that stood there before, unless the draft was edited or published since."""
    kept = next((row for row in rows if row.before), None)
    version = queries.drafts_of(person).filter(pk=kept.object_id).first() if kept else None
    if version is None:
        return {row.number: "这份草稿已经发布或删掉了，导入的标准留着。" for row in rows}
    if spec_of(version) != kept.before["after"]:
        return {row.number: "导入以后草稿又改过，撤回会丢掉那些改动，所以留着。" for row in rows}
    lock_draft(version)
    write_tree(version, kept.before["before"])
    return {}


def _fields(person: Person) -> dict[str, forms.Field]:
    """Which draft the file is for."""
    choice = forms.ModelChoiceField(
        queries.drafts_of(person),
        label="导入到哪份草稿",
        empty_label="请选择",
        widget=forms.Select(attrs={"class": "form-select"}),
        help_text="还没有草稿的，先在“测评体系”里新建。",
        error_messages={"required": "没有选草稿。", "invalid_choice": NO_DRAFT},
    )
    choice.label_from_instance = lambda version: f"{version.standard.name} {version.label}（{version.standard.code}）"
    return {"version": choice}


def _lists(person: Person) -> dict[str, list[str]]:
    return {"规则": [kind.label for kind in REGISTERED]}


IMPORT = ImportSpec(
    kind="standards",
    title="测评体系",
    measure="条",
    model=StandardVersion,
    event="standards.tree_imported",
    columns=COLUMNS,
    permission=queries.may_edit,
    check=check,
    apply=apply,
    undo=undo,
    list_url="standards:standards",
    examples=tuple(sample(kind) for kind in REGISTERED),
    updates="整份代替草稿里原有的指标和测评标准。只改几条的，先导出这份草稿，改好整份再传。",
    lists=_lists,
    context_fields=_fields,
)
