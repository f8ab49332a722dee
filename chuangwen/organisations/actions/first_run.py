"""The first start of an installation: its tenant, its office, its ground, its system administrator, its calendar."""

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone

from chuangwen.base import calendar
from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.base.models import Tenant
from chuangwen.organisations.actions.accounts import Slip, issue_slips
from chuangwen.organisations.actions.people import new_membership
from chuangwen.organisations.actions.units import new_unit
from chuangwen.organisations.models import Jurisdiction, Organisation, Person, Region, Role
from chuangwen.organisations.trees import new_node


@transaction.atomic
def first_run(*, installation: str, office: str, ground: str, administrator: str, account: str) -> Slip:
    """Set up an empty installation; works once. Returns the activation slip of the administrator: there is no password.

    installation: the name on every page. ground: the county, city or bureau whose creation work this is.
    """
    _one_at_a_time()
    if Tenant.objects.exists():
        raise Refused("平台已经设好，不能再做一次初次设置。忘了密码，请另一位系统管理员重置。")
    return set_up(installation=installation, office=office, ground=ground, administrator=administrator, account=account)


def _one_at_a_time() -> None:
    """There is no row of ours yet to hold: the migrations left one that stands for the table of installations."""
    ContentType.objects.select_for_update().get(app_label="base", model="tenant")


@transaction.atomic
def set_up(*, installation: str, office: str, ground: str, administrator: str, account: str) -> Slip:
    """One more installation in this database (the demo has two)."""
    tenant = Tenant.objects.create(name=installation)
    office_unit = _ground(tenant, ground, office)
    person = _administrator(tenant, office_unit, administrator, account)
    year = timezone.localdate().year
    calendar.seed(tenant, first_year=year - 1, last_year=year + 1)
    record("organisations.installation_set_up", actor=None, tenant=tenant, targets=[office_unit, person])
    return issue_slips(actor=None, people=[person])[0]


def _ground(tenant: Tenant, ground: str, office: str) -> Organisation:
    today = timezone.localdate()
    region = new_node(Region, tenant_id=tenant.pk, parent=None, code="Q01", name=ground)
    root = new_unit(tenant_id=tenant.pk, parent=None, code="01", name=ground, region=region, day=today)
    office_unit = new_unit(tenant_id=tenant.pk, parent=root, code="0101", name=office, region=region, day=today)
    Jurisdiction.objects.create(tenant=tenant, name=ground, office=office_unit, root=root, region=region, issuer=office)
    return office_unit


def _administrator(tenant: Tenant, unit: Organisation, name: str, account: str) -> Person:
    person = Person(tenant=tenant, username=account.strip().lower(), name=name)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:  # the same form sent twice at once
        raise Refused(f"账号 {account} 已经有了。", field="account") from error
    new_membership(
        person=person, unit=unit, role=Role.SYSTEM, region=None, title="系统管理员", valid_from=timezone.localdate()
    )
    return person


@transaction.atomic
def edit_jurisdiction(
    *, actor: Person, jurisdiction: Jurisdiction, issuer: str, document_word: str, cutoff_hour: int, deadline_days: int
) -> None:
    """What the office's papers and deadlines go by from now on; what was handed out keeps its deadline."""
    jurisdiction.issuer, jurisdiction.document_word = issuer, document_word
    jurisdiction.cutoff_hour, jurisdiction.deadline_days = cutoff_hour, deadline_days
    jurisdiction.save(update_fields=["issuer", "document_word", "cutoff_hour", "deadline_days"])
    record("organisations.jurisdiction_edited", actor=actor, targets=[jurisdiction])
