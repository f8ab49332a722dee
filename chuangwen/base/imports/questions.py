"""What giving a file up and taking an import back say before they are done."""

from django.urls import reverse

from chuangwen.base.asking import Question
from chuangwen.base.imports.actions import DONE_WITH
from chuangwen.base.imports.queries import counts_of
from chuangwen.base.imports.spec import ImportSpec
from chuangwen.base.models import ImportBatch
from chuangwen.base.templatetags.words import NBSP

State = ImportBatch.State


def abandoning(batch: ImportBatch, spec: ImportSpec) -> Question | None:
    rows = counts_of(batch)["all"]
    facts = (
        f"{spec.title}的 {rows}{NBSP}行都不导入，在页面上改过的也不留；原有的内容不变。",
        "要再导入，重选文件。",
    )
    return _asked("放弃", f"“{batch.file_name}”", batch, State.PREVIEW, facts)


def undoing(batch: ImportBatch, spec: ImportSpec) -> Question | None:
    new, update = (batch.counts.get(name, 0) for name in ("new", "update"))
    facts = (
        f"新增的 {new}{NBSP}{spec.measure}删去，更新的 {update}{NBSP}{spec.measure}恢复到导入以前。",
        "别处已经用到的、导入以后又改过的留下，并说明原因。",
        "要再导入，重选文件。",
    )
    return _asked("撤回", f"“{batch.file_name}”的导入", batch, State.APPLIED, facts)


def _asked(verb: str, what: str, batch: ImportBatch, before: str, facts: tuple[str, ...]) -> Question | None:
    """None where the action refuses: nothing was imported yet that could be taken back."""
    if batch.state == State.PREVIEW and before == State.APPLIED:
        return None
    over = "" if batch.state == before else DONE_WITH.get(State(batch.state), "这份文件正在导入。")
    return Question(verb, what, reverse("base:import", args=[batch.uuid]), facts, over)
