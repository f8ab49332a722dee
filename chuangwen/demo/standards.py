"""The demo's assessment systems: made on the page, filled from their Excel file, published."""

import uuid
from datetime import date

from chuangwen.demo.stage import bring_in, clock, person
from chuangwen.demo.tables import Table
from chuangwen.organisations.queries import own_jurisdiction
from chuangwen.standards import actions
from chuangwen.standards.models import StandardVersion


def publish(account: str, file_name: str, *, code: str, name: str, on: date) -> StandardVersion:
    """A standard with one version, imported from one of the demo's files."""
    with clock(on, 14):
        office = person(account)
        version = actions.create_standard(
            actor=office,
            client_id=uuid.uuid4(),
            jurisdiction=own_jurisdiction(office),
            code=code,
            name=name,
            label="2026版",
            source="示例，非官方",
        )
        bring_in(office, Table("standards", file_name, ()), version=version.pk)
        return actions.publish(actor=office, version=version)
