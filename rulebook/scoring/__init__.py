"""Scoring 计分: a standard is data, answers become sums, sums become lines with reasons.

    standard = compile_standard(spec)             # SpecError names every fault
    frame = Frame.of([(place key, place type key, unit key), ...])
    sums = reduce(standard, frame, Answers.of(standard, frame, rows))     # or load(...) of stored sums
    result = score(standard, sums)                # .total .lines .units .place_types

Must not know where answers come from, nor who looks at a score.
"""

from rulebook.scoring.compiling import compile_standard, content_hash
from rulebook.scoring.errors import Problem, SpecError
from rulebook.scoring.exact import largest_remainder, rounded, shown, written
from rulebook.scoring.kinds import KINDS, LABELS
from rulebook.scoring.losses import Loss, emit, explain, place_losses
from rulebook.scoring.planning import Move, Plan, Step, Worth, cheapest, moves, plan
from rulebook.scoring.ranking import Entry, rank
from rulebook.scoring.reasons import Reason, ReasonLine, reason, why_open
from rulebook.scoring.reducing import reduce
from rulebook.scoring.result import Result, SubjectResult, Veto, rescore, score
from rulebook.scoring.standard import TOTAL, Criterion, Node, Standard
from rulebook.scoring.sums import Answer, Answers, Delta, Frame, Place, Rejected, Sums, delta, empty, fault, load
from rulebook.scoring.tree import ABSENT, SCORED, UNTESTED, Line
from rulebook.scoring.weighing import Weighed
from rulebook.scoring.whatif import Gain, gains, marginal_gain, put_right, what_if

__all__ = [
    "ABSENT",
    "KINDS",
    "LABELS",
    "SCORED",
    "TOTAL",
    "UNTESTED",
    "Answer",
    "Answers",
    "Criterion",
    "Delta",
    "Entry",
    "Frame",
    "Gain",
    "Line",
    "Loss",
    "Move",
    "Node",
    "Place",
    "Plan",
    "Problem",
    "Reason",
    "ReasonLine",
    "Rejected",
    "Result",
    "SpecError",
    "Standard",
    "Step",
    "SubjectResult",
    "Sums",
    "Veto",
    "Weighed",
    "Worth",
    "cheapest",
    "compile_standard",
    "content_hash",
    "delta",
    "emit",
    "empty",
    "explain",
    "fault",
    "gains",
    "largest_remainder",
    "load",
    "marginal_gain",
    "moves",
    "place_losses",
    "plan",
    "put_right",
    "rank",
    "reason",
    "reduce",
    "rescore",
    "rounded",
    "score",
    "shown",
    "what_if",
    "why_open",
    "written",
]
