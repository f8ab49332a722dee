"""What follows from what: event name → functions `now` (same transaction) and `later` (a job, again until done)."""

from chuangwen.base import exports
from chuangwen.base.events import FollowUps

FOLLOW_UPS: dict[str, FollowUps] = {
    "base.export_asked": FollowUps(later=(exports.make_export,)),
}
