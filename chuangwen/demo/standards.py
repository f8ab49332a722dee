"""The demo's assessment systems: made, filled from the sample file, published."""

import uuid
from datetime import date
from pathlib import Path

import yaml

from chuangwen.demo.stage import clock, person
from chuangwen.organisations.queries import own_jurisdiction
from chuangwen.standards import actions
from chuangwen.standards.models import StandardVersion

SAMPLES = Path(actions.__file__).resolve().parent.parent / "samples"


def publish(account: str, sample: str, *, on: date) -> StandardVersion:
    """A sample of chuangwen/standards/samples published as the office's own."""
    spec = yaml.safe_load((SAMPLES / sample).read_text(encoding="utf-8"))
    with clock(on, 14):
        office = person(account)
        version = actions.create_standard(
            actor=office,
            client_id=uuid.uuid4(),
            jurisdiction=own_jurisdiction(office),
            code=spec["key"],
            name=spec["title"],
            label="2026版",
            source="示例，非官方",
        )
        actions.replace_tree(actor=office, version=version, spec=spec)
        return actions.publish(actor=office, version=version)
