"""What the problem's page puts together: the case, its neighbours, and a form for every step the person can take."""

from typing import Any

from django.http import QueryDict

from chuangwen.organisations.models import Person
from chuangwen.problems import queries, rulings
from chuangwen.problems.forms import ASKS, StepForm
from chuangwen.problems.models import Problem

# The one step the page is for, by what the person can do; the others fold away.
FIRST = ("grant_extension", "close", "uphold_objection", "hand_out")
ON_RECORD = ("confirm_spot", "fix_on_spot")  # instead of handing out what was put right on the spot
FIRST_OF_UNIT = ("sign", "report")
BESIDE = {"grant_extension": ("refuse_extension",), "close": ("send_back",), "uphold_objection": ("reject_objection",)}


def page_of(person: Person, problem: Problem, query: QueryDict, refused: StepForm | None) -> dict[str, Any]:
    """The template's context."""
    case = queries.case(person, problem)
    mended = rulings.mended(person, problem) if case.is_office else None
    forms = {verb: StepForm(verb, person, problem=problem) for verb in case.verbs if verb in ASKS}
    stale = refused if refused and not case.can(refused.verb) else None
    if refused and not stale:
        forms[refused.verb] = refused
    for form in forms.values():
        form.tell(case)
    main = _main(case, mended)
    if main == "withdraw" and mended:
        forms[main].fields["words"].initial = f"记录已更正：{mended.reason}"
        forms[main]["words"].help_text = "得分已按更正后的算，撤销不再改变它。"
    beside = [forms[verb] for verb in BESIDE.get(main, ()) if verb in forms]
    shown = {main, *(form.verb for form in beside)}
    together = [forms[main], *beside] if main else []
    return {
        "case": case,
        "mended": mended,
        "problem": problem,
        "neighbours": queries.neighbours(person, problem, query),
        "main_form": forms.get(main),
        "main_fields": _fields(together, refused),
        "main_errors": refused.non_field_errors() if refused in together else (),
        "beside": beside,
        "others": [form for verb, form in forms.items() if verb not in shown],
        "refused": refused,
        "stale": stale,
        "behind": _behind(person, problem, refused) if main == "uphold_objection" else None,
        "query": query.urlencode(),
    }


def _behind(person: Person, problem: Problem, refused: StepForm | None) -> rulings.Behind | None:
    """The record behind a disputed problem; what was typed of it stays with a refused form."""
    ruled = refused and refused.verb == "uphold_objection"
    return rulings.behind(person, problem, refused.data if ruled else None)


def _main(case: queries.Case, mended: rulings.Mended | None) -> str:
    if mended and not mended.kept and case.can("withdraw") and not case.can("uphold_objection"):
        return "withdraw"
    order = FIRST_OF_UNIT if case.is_contact and not case.is_office else FIRST
    if case.problem.fixed_on_spot and case.problem.unit_id and case.can("hand_out"):
        order = ON_RECORD
    late = ("urge",) if case.due and case.due.is_late else ()
    return next((verb for verb in (*order, *late) if case.can(verb)), "")


def _fields(forms: list[StepForm], refused: StepForm | None) -> list[Any]:
    """The fields of forms that share one box, each once; the refused form keeps what was typed and what is wrong."""
    found: dict[str, Any] = {}
    for form in sorted(forms, key=lambda form: form is not refused):
        for field in form.visible_fields():
            found.setdefault(field.name, field)
    return list(found.values())
