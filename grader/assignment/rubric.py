"""The rubric: every check, what it is worth, its task in tasks.md and what it needs.

One row a check. A variant that stands in neither ``points`` nor ``task`` has no such check; a
star earns no points. ``needs`` names checks of the same variant that must have passed, else this
one is skipped. The titles are the docstrings in ``grader/checks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.assignment.check_ids import check_id
from grader.assignment.variants import TCP, UDP, VARIANTS, Role, Variant

CLIENT, SERVER, BOTH = (Role.CLIENT,), (Role.SERVER,), (Role.SERVER, Role.CLIENT)


@dataclass(frozen=True)
class Row:
    """One check of the rubric, for each variant that has it."""

    name: str
    points: Mapping[Variant, int]
    task: Mapping[Variant, int]
    files: tuple[Role, ...]  # which files of the submission it runs
    needs: tuple[str, ...] = ()
    mandatory: tuple[Variant, ...] = ()  # where the mark is 0 until it has passed
    star: bool = False

    def has(self, variant: Variant) -> bool:
        """Whether this variant has the check."""
        return variant in self.points

    def max_points(self, variant: Variant) -> int:
        """The points that the check earns in this variant."""
        return self.points.get(variant, 0)

    def is_mandatory(self, variant: Variant) -> bool:
        """Whether the mark of this variant is 0 until the check has passed."""
        return variant in self.mandatory

    def task_of(self, variant: Variant) -> int:
        """The number of the task in tasks.md. Raises KeyError where there is no such check."""
        return self.task[variant]


def _star(name: str, task: Mapping[Variant, int], files: tuple[Role, ...], *needs: str) -> Row:
    return Row(name, dict.fromkeys(task, 0), task, files, needs, star=True)


RUBRIC: tuple[Row, ...] = (
    #   check               points              task                files   needs
    Row("starts",           {TCP: 2, UDP: 2},   {TCP: 1, UDP: 12},  SERVER),
    Row("handshake",        {TCP: 4, UDP: 4},   {TCP: 4, UDP: 14},  SERVER),
    Row("join-notice",      {TCP: 6, UDP: 6},   {TCP: 5, UDP: 14},  SERVER),
    Row("join-not-to-self", {TCP: 2, UDP: 2},   {TCP: 5, UDP: 14},  SERVER),
    Row("two-users",        {TCP: 10, UDP: 10}, {TCP: 6, UDP: 15},  SERVER),
    Row("many-users",       {TCP: 20, UDP: 20}, {TCP: 6, UDP: 15},  SERVER),
    Row("sender-excluded",  {TCP: 6, UDP: 6},   {TCP: 6, UDP: 15},  SERVER),
    Row("leave-notice",     {TCP: 6, UDP: 6},   {TCP: 7, UDP: 16},  SERVER),
    Row("survives-leave",   {TCP: 4, UDP: 4},   {TCP: 7, UDP: 16},  SERVER),
    Row("survives-vanish",  {TCP: 3, UDP: 3},   {TCP: 7, UDP: 15},  SERVER),
    Row("client-name",      {TCP: 4, UDP: 4},   {TCP: 8, UDP: 17},  CLIENT),
    Row("client-shows",     {TCP: 6, UDP: 6},   {TCP: 9, UDP: 18},  CLIENT),
    Row("client-sends",     {TCP: 5, UDP: 5},   {TCP: 10, UDP: 19}, CLIENT),
    Row("client-leaves",    {TCP: 3, UDP: 3},   {TCP: 11, UDP: 20}, CLIENT),
    Row("server-threads",   {TCP: 10},          {TCP: 2},           SERVER, mandatory=(TCP,)),
    Row("client-threads",   {TCP: 5, UDP: 15},  {TCP: 9, UDP: 18},  CLIENT, mandatory=(UDP,)),
    Row("end-to-end",       {TCP: 4, UDP: 4},   {TCP: 11, UDP: 20}, BOTH),

    #     star               task                files   needs
    _star("byte-by-byte",    {TCP: 3},           SERVER, "many-users"),
    _star("two-in-one",      {TCP: 3},           SERVER, "many-users"),
    _star("split-character", {TCP: 3},           SERVER, "many-users"),
    _star("long-message",    {TCP: 3},           SERVER, "many-users"),
    _star("broken-text",     {TCP: 3, UDP: 13},  SERVER, "many-users"),
    _star("silent-newcomer", {TCP: 4},           SERVER, "many-users"),
    _star("empty-name",      {TCP: 4, UDP: 14},  SERVER, "two-users"),
    _star("taken-name",      {TCP: 4, UDP: 14},  SERVER, "many-users"),
    _star("stranger",        {UDP: 13},          SERVER, "two-users"),
    _star("stalled-reader",  {TCP: 6},           SERVER, "many-users"),
    _star("vanish-once",     {TCP: 7},           SERVER, "two-users"),
    _star("left-alone",      {TCP: 7},           SERVER, "many-users"),
    _star("rejoin",          {TCP: 7, UDP: 16},  SERVER, "two-users"),
    _star("hundred",         {TCP: 6, UDP: 15},  SERVER, "many-users"),
    _star("storm",           {TCP: 7, UDP: 16},  SERVER, "many-users"),
    _star("race-name",       {TCP: 5},           SERVER, "many-users", "taken-name"),
    _star("race-join",       {TCP: 6},           SERVER, "many-users"),
    _star("race-leave",      {TCP: 7},           SERVER, "many-users", "survives-leave"),
    _star("race-leaves",     {TCP: 7},           SERVER, "many-users", "survives-leave"),
    _star("no-spin",         {TCP: 7, UDP: 16},  SERVER, "many-users"),
    _star("restart",         {TCP: 1},           SERVER, "two-users"),
    _star("ctrl-c",          {TCP: 1, UDP: 12},  SERVER, "starts"),
    _star("client-framing",  {TCP: 9},           CLIENT, "client-shows"),
    _star("client-notices",  {TCP: 11},          CLIENT),
    _star("client-eof",      {TCP: 11, UDP: 20}, CLIENT),
)  # fmt: skip


def rows(variant: Variant) -> tuple[Row, ...]:
    """The checks of a variant, in the order in which they run."""
    return tuple(row for row in RUBRIC if row.has(variant))


def row(name: str) -> Row:
    """The row of one check. Raises KeyError for a name that the rubric lacks."""
    for candidate in RUBRIC:
        if candidate.name == name:
            return candidate
    raise KeyError(name)


def tasks(variant: Variant, role: Role) -> frozenset[int]:
    """The tasks of one file: those of the checks that run nothing else."""
    return frozenset(row.task_of(variant) for row in rows(variant) if row.files == (role,))


def check_ids(variants: Iterable[Variant] = VARIANTS) -> tuple[str, ...]:
    """``variant.name`` of every check, in order."""
    return tuple(check_id(v.name, r.name) for v in variants for r in rows(v))
