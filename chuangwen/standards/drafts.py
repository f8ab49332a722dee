"""The lock every change of a draft takes first."""

from chuangwen.base.errors import Refused
from chuangwen.standards.models import StandardVersion

PUBLISHED = "这一版已经发布，不再改动。要改，请另起新版本。"
GONE = "这份草稿已经删掉了。"


def lock_draft(version: StandardVersion) -> None:
    """Hold the draft until the transaction ends; refused when it has been published or given up meanwhile."""
    if StandardVersion.objects.filter(pk=version.pk, state=StandardVersion.State.DRAFT).update(state="draft"):
        return
    raise Refused(PUBLISHED if StandardVersion.objects.filter(pk=version.pk).exists() else GONE)
