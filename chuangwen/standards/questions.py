"""What publishing a version and deleting a draft say before they are done."""

from django.urls import reverse

from chuangwen.base.asking import Question
from chuangwen.base.templatetags.words import NBSP
from chuangwen.standards.checking import faults_of
from chuangwen.standards.models import StandardVersion


def publishing(version: StandardVersion) -> Question | None:
    """None for a draft with faults: it is refused, and the action says which is the first."""
    if not version.is_draft:
        return _asked("发布", version, over="已经发布，没有再发布一次。")
    if faults_of(version):
        return None
    former = version.standard.versions.filter(state=StandardVersion.State.PUBLISHED).first()
    instead = (f"用{former.label}的轮次，正在进行的、已经结束的都照旧，记录和得分不变。",) if former else ()
    facts = (
        f"{version.criteria.count()}{NBSP}条测评标准不再改动；要改，另起新版本。",
        "各单位联络员看得到，新建轮次用这一版。",
        *instead,
        "不能收回。",
    )
    return _asked("发布", version, facts)


def discarding(version: StandardVersion) -> Question:
    if not version.is_draft:
        return _asked("删掉", version, over="已经发布，不能删。")
    goes = "" if version.standard.versions.exclude(pk=version.pk).exists() else "这套体系只有这一份草稿，一并删去。"
    facts = (f"{version.criteria.count()}{NBSP}条测评标准一并删去，不能找回。", *filter(None, [goes]))
    return _asked("删掉", version, facts)


def _asked(verb: str, version: StandardVersion, facts: tuple[str, ...] = (), over: str = "") -> Question:
    what = f"“{version.standard.name} {version.label}”"
    stay = reverse("standards:version", args=[version.uuid])
    return Question(verb, what, stay, facts, f"{what}{over}" if over else "")
