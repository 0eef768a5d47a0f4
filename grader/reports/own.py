"""Of a chat of its own protocol: how it works, why it is declined, and marks that are open."""

from __future__ import annotations

from collections.abc import Mapping

from grader.language import N_, _, figure
from grader.reports.sentences import say
from grader.result.grade import VariantResult
from grader.result.own import Known

KNOWN: Mapping[Known, str] = {
    Known.SEEN: N_("seen"),
    Known.READ: N_("read in the source"),
    Known.GUESSED: N_("guessed"),
}


def understood(variant: VariantResult) -> list[tuple[str, str]]:
    """What the grader has understood, a line each, and how it is known; nothing for the kit's."""
    lines = variant.own.understood if variant.own else ()
    return [(say(line.what), _(KNOWN[line.known])) for line in lines]


def declined(variant: VariantResult) -> str:
    """Why a chat could not be driven; nothing for others."""
    if variant.own is None or variant.own.declined is None:
        return ""
    return _("not gradable by itself: {reason}").format(reason=say(variant.own.declined))


def span(least: float, most: float | None) -> str:
    """A mark; or the marks that are possible while a check is open."""
    if most is None or most <= least:
        return _figure(least)
    return _("{least} to {most}").format(least=_figure(least), most=_figure(most))


def _figure(mark: float) -> str:
    return figure(f"{round(mark, 2):g}")


def marks(variant: VariantResult) -> str:
    """The mark of a variant, or the marks that are possible."""
    return span(variant.mark or 0, variant.own.most if variant.own else None)
