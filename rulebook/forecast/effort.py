"""How long a forecast takes, said beforehand; only roughly, to tell what is done at once from what is left to a job."""

from rulebook.forecast.model import Model
from rulebook.forecast.shares import TRIED, WHOLE

READ, SCORED, BEGUN = 5e7, 4e3, 1.0  # numbers read a second; places × criteria the engine scores a second; its start


class TooLong(Exception):
    """A forecast would take more seconds than whoever asked would wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


def seconds_of(model: Model, steady: bool, draws: int) -> float:
    """Return about how many seconds the draws take, and trying to put each type's findings right.

    steady: the total is a sum over places, for which nothing is tried.
    """
    drawn = sum(kind.drawn for kind in model.kinds)
    if model.engine:
        return BEGUN + WHOLE / 1000 * drawn * len(model.standard.criteria) / SCORED
    crooked = sum(
        model.kinds[number].drawn * len(reading.values.rules)
        for reading in model.readings.values()
        if reading.linear is None
        for number in reading.values.kinds
    )
    tried = 0 if steady else min(draws, TRIED) * len(model.kinds)
    return ((draws + tried) * crooked + draws * drawn) / READ
