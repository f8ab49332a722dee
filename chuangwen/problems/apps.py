"""App registration."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "chuangwen.problems"
    verbose_name = "问题"

    def ready(self) -> None:
        from chuangwen.base import exports, files, history, imports
        from chuangwen.organisations import holdings
        from chuangwen.problems import queries, workbooks
        from chuangwen.problems.models import ProblemStep
        from rulebook.workflows import PROBLEM

        for spec in (workbooks.LEDGER, workbooks.FEEDBACK):
            imports.register(spec)
        exports.register(workbooks.EXPORT)
        imports.name_uses({"problems.problem": "问题"})
        holdings.register(holdings.Holding("问题", "件", "problems:ledger", "unit", queries.open_at))
        files.rule(ProblemStep, queries.may_read_step)
        history.label({f"problems.{transition.verb}": transition.label for transition in PROBLEM.transitions})
        history.label(
            {
                "problems.opened": "列入台账",
                "problems.imported": "导入台账",
                "problems.view_kept": "存为常用筛选",
                "problems.view_dropped": "删去常用筛选",
            }
        )
