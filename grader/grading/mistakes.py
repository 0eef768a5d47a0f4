"""Classic mistakes, and how a failed check shows one of them.

It is for the explanation alone: no verdict depends on it. What the submission prints is looked
at too, so a submission can lie here, to nobody but itself. The words for each stand in
``grader/reports/mistakes.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.grading import symptoms
from grader.result.check import CheckResult
from grader.result.verdict import Difference

# By name; the first that shows is the one that is told. These show in what the program says.
COMPLAINED: Mapping[str, Callable[[CheckResult], bool]] = {
    "changed-while-looping": symptoms.iteration_breaks,
    "port-in-use": symptoms.port_is_in_use,
    "strict-decoding": symptoms.decoding_breaks,
    "half-a-character": symptoms.half_a_character,
    "text-for-bytes": symptoms.sends_text,
    "gone-is-an-error": symptoms.gone_breaks,
}
# These show in what comes and what does not.
SHOWS: Mapping[str, Callable[[CheckResult], bool]] = {
    "name-with-newline": symptoms.keeps_the_newline,
    "name-twice": symptoms.adds_the_name_again,
    "without-newline": symptoms.without_newline,
    "sender-included": symptoms.includes_the_sender,
    "newcomer-included": symptoms.includes_the_newcomer,
    "back-to-the-sender": symptoms.answers_the_sender,
    "end-is-a-message": symptoms.passes_on_the_end,
    "end-ignored": symptoms.spins,
    "leave-twice": symptoms.leaves_twice,
    "leave-not-understood": symptoms.leaving_is_not_understood,
    "leave-missing": symptoms.vanishing_is_not_told,
    "two-in-one": symptoms.one_of_two,
    "half-a-message": symptoms.half_a_message,
    "handshake-in-accept-loop": symptoms.waits_for_a_name,
    "send-blocks": symptoms.waits_for_a_reader,
    "input-blocks": symptoms.shown_in_the_end,
    "prints-only": symptoms.prints_only,
    "waits-for-the-thread": symptoms.does_not_end,
    "leave-is-a-message": symptoms.sends_leave,
}


def diagnosed(result: CheckResult) -> str:
    """The name of the first mistake that this failure shows, or nothing.

    Where an exception has ended a thread, or the cause is known, something is missing for that.
    """
    point = result.point
    came = point is not None and point.kind is not Difference.MISSING
    known = (result.raised or result.cause) and not came
    looks = COMPLAINED if known else {**COMPLAINED, **SHOWS}
    return next((name for name, shows in looks.items() if shows(result)), "")
