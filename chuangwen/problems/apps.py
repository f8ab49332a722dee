"""App registration."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "chuangwen.problems"
    verbose_name = "问题"

    def ready(self) -> None:
        from chuangwen.base import files, history
        from chuangwen.problems import queries
        from chuangwen.problems.models import ProblemStep
        from rulebook.workflows import PROBLEM

        files.rule(ProblemStep, queries.may_read_step)
        history.label({f"problems.{transition.verb}": transition.label for transition in PROBLEM.transitions})
        history.label(
            {
                "problems.opened": "列入台账",
                "problems.imported": "导入台账",
                "problems.view_kept": "存为常用视图",
                "problems.view_dropped": "删去常用视图",
            }
        )
