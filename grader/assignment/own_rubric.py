"""The rubric of a chat of its own protocol: the same behaviours, as people see them.

A chat for two gets 76 points, as with the kit's protocol. There are no tasks and no stars.
"""

from __future__ import annotations

from grader.assignment.rubric import BOTH, CLIENT, SERVER, Row
from grader.assignment.variants import TCP, UDP, Variant

NO_TASK = {TCP: 0, UDP: 0}
RUBRIC: tuple[Row, ...] = (
    #   check               points              task      files
    Row("starts",           {TCP: 3, UDP: 3},   NO_TASK,  SERVER),
    Row("two-users",        {TCP: 20, UDP: 20}, NO_TASK,  BOTH),
    Row("many-users",       {TCP: 24, UDP: 24}, NO_TASK,  BOTH),
    Row("sender-named",     {TCP: 6, UDP: 6},   NO_TASK,  BOTH),
    Row("sender-excluded",  {TCP: 4, UDP: 4},   NO_TASK,  BOTH),
    Row("survives-leave",   {TCP: 6, UDP: 6},   NO_TASK,  BOTH),
    Row("survives-vanish",  {TCP: 3, UDP: 3},   NO_TASK,  BOTH),
    Row("client-leaves",    {TCP: 2, UDP: 2},   NO_TASK,  CLIENT),
    Row("join-notice",      {TCP: 6, UDP: 6},   NO_TASK,  BOTH),
    Row("leave-notice",     {TCP: 6, UDP: 6},   NO_TASK,  BOTH),
    Row("server-threads",   {TCP: 10},          NO_TASK,  SERVER, mandatory=(TCP,)),
    Row("client-threads",   {TCP: 10, UDP: 20}, NO_TASK,  CLIENT, mandatory=(UDP,)),
)  # fmt: skip


def rows(variant: Variant) -> tuple[Row, ...]:
    """The checks of a variant."""
    return tuple(row for row in RUBRIC if row.has(variant))
