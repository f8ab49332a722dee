"""A standard and its drafts: made, described, taken on from a published version, given up."""

from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from chuangwen.base import receipts
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.organisations.models import Jurisdiction, Person
from chuangwen.places.actions import add_type
from chuangwen.standards.beginnings import Sample, fitted
from chuangwen.standards.drafts import GONE, lock_draft
from chuangwen.standards.models import Standard, StandardVersion
from chuangwen.standards.spec import Spec, spec_of, write_tree


def create_standard(
    *,
    actor: Person,
    client_id: UUID,
    jurisdiction: Jurisdiction,
    code: str,
    name: str,
    label: str = "",
    source: str = "",
    subject: str = "",
    like: StandardVersion | None = None,
    sample: Sample | None = None,
) -> StandardVersion:
    """A new assessment system with its first draft: empty, or with the tree of another one's version or of a sample.

    A sample's place types that the tenant has not are added. The same form sent again gives the same draft.
    """

    def do() -> dict[str, Any]:
        standard = Standard(tenant=actor.tenant, jurisdiction=jurisdiction, code=code, name=name)
        try:
            with transaction.atomic():
                standard.save()
        except IntegrityError:
            raise Refused(f"编码 {code} 已有别的测评体系在用。请换一个。", field="code") from None
        version = StandardVersion.objects.create(
            tenant=actor.tenant,
            standard=standard,
            number=1,
            label=label or _year(),
            source=source,
            options={"subject": subject} if subject else {},
        )
        if like or sample:
            write_tree(version, spec_of(like) if like else _with_types(sample, actor))
        data = {"like": str(like.uuid)} if like else {"sample": sample.name} if sample else {}
        record("standards.standard_created", actor=actor, targets=[standard, version], data=data)
        return {"version": version.pk}

    served = receipts.once(tenant=actor.tenant, client_id=client_id, action="standards.create_standard", do=do)
    return _served(served)


def _with_types(sample: Sample, actor: Person) -> Spec:
    """A sample's spec once its place types are there."""
    found = fitted(sample, actor)
    for code, name in found.added.items():
        add_type(actor=actor, client_id=uuid4(), fields={"code": code, "name": name})
    return found.spec


def _year() -> str:
    return f"{timezone.localdate().year}版"


def _served(result: dict[str, Any]) -> StandardVersion:
    version = StandardVersion.objects.select_related("standard__jurisdiction").filter(pk=result["version"]).first()
    if version is None:
        raise Refused(GONE)
    return version


@transaction.atomic
def change_settings(*, actor: Person, version: StandardVersion, fields: dict[str, Any]) -> None:
    """Write label, source and options of a draft, and the standard's name; nothing differs: nothing happens."""
    lock_draft(version)
    name = fields.get("name", version.standard.name)
    mine = {key: value for key, value in fields.items() if key in ("label", "source", "options")}
    changed = [key for key, value in mine.items() if getattr(version, key) != value]
    changed += ["name"] if name != version.standard.name else []
    if not changed:
        return
    StandardVersion.objects.filter(pk=version.pk).update(**mine)
    Standard.objects.filter(pk=version.standard_id).update(name=name)
    record("standards.settings_changed", actor=actor, targets=[version], data={"fields": changed})


def new_draft_from(
    *, actor: Person, client_id: UUID, version: StandardVersion, label: str = "", source: str = ""
) -> StandardVersion:
    """The next version as a draft with the same tree; keys stay, so that results can be compared over versions."""

    def do() -> dict[str, Any]:
        rows = StandardVersion.objects.filter(standard=version.standard)
        number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
        if rows.filter(state=StandardVersion.State.DRAFT).exists():
            raise Refused("这套体系已有一份草稿。请接着改那一份，或先删掉它。")
        draft = StandardVersion.objects.create(
            tenant_id=version.tenant_id,
            standard=version.standard,
            number=number,
            label=label or f"{_year()}（第{number}稿）",
            source=source or version.source,
        )
        write_tree(draft, spec_of(version))
        record("standards.draft_begun", actor=actor, targets=[draft], data={"from": version.number})
        return {"version": draft.pk}

    try:
        served = receipts.once(tenant=actor.tenant, client_id=client_id, action="standards.new_draft_from", do=do)
    except IntegrityError:  # somebody else began one between our look and our insert
        raise Refused("这套体系已有一份草稿。请接着改那一份，或先删掉它。") from None
    return _served(served)


@transaction.atomic
def discard_draft(*, actor: Person, version: StandardVersion) -> None:
    """Give a draft up; a standard of which nothing else is left goes with it. Done again it stays gone."""
    if not StandardVersion.objects.filter(pk=version.pk).exists():
        return
    lock_draft(version)
    standard = version.standard
    record("standards.draft_discarded", actor=actor, targets=[version, standard], data={"number": version.number})
    StandardVersion.objects.get(pk=version.pk).delete()
    if not standard.versions.exists():
        standard.delete()
