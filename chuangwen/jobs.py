"""What follows from what: event name → functions `now` (same transaction) and `later` (a job, again until done)."""

from chuangwen.base import exports
from chuangwen.base.events import FollowUps
from chuangwen.scores import forecasting
from chuangwen.scores import keeping as scores

ANSWERED = FollowUps(now=(scores.take_in_visit,), later=(scores.keep_totals,))
ENTERED = FollowUps(now=(scores.take_in_visits,), later=(scores.keep_totals,))
REDRAWN = FollowUps(now=(scores.forget_totals,), later=(scores.keep_totals,))

FOLLOW_UPS: dict[str, FollowUps] = {
    "base.export_asked": FollowUps(later=(exports.make_export,)),
    "organisations.region_edited": FollowUps(now=(scores.forget_regions,)),
    "inspections.visit_submitted": ANSWERED,
    "inspections.answer_corrected": ANSWERED,
    "inspections.na_decided": ANSWERED,
    "inspections.round_drawn": REDRAWN,
    "inspections.place_added": REDRAWN,
    "inspections.place_replaced": REDRAWN,
    "inspections.visit_handed_over": REDRAWN,
    "inspections.units_listed": REDRAWN,
    "inspections.unit_unlisted": REDRAWN,
    "inspections.results_entered": ENTERED,
    "inspections.results_taken_back": ENTERED,
    "scores.forecast_asked": FollowUps(later=(forecasting.make_forecast,)),
}
