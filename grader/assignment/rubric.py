"""The rubric: every check, what it is worth, its task in tasks.md and what it needs.

One row a check. A number of points of ``None`` means that the variant has no such check;
a star earns no points. ``needs`` names checks of the same variant that must have passed,
else this one is skipped. The titles are the docstrings in ``grader/checks``.
"""

from __future__ import annotations

from dataclasses import dataclass

VARIANTS = ("tcp", "udp")
WEIGHT = {"tcp": 1.0, "udp": 0.8}
CLIENT, SERVER, BOTH = ("client",), ("server",), ("server", "client")


@dataclass(frozen=True)
class Row:
    """One check of the rubric, for both variants."""

    name: str
    points: tuple[int | None, int | None]  # (tcp, udp)
    task: tuple[int, int]  # (tcp, udp)
    files: tuple[str, ...]  # which files of the submission it runs
    needs: tuple[str, ...] = ()
    mandatory: bool = False
    star: bool = False

    def has(self, variant: str) -> bool:
        """Whether this variant has the check."""
        return self.points[VARIANTS.index(variant)] is not None

    def max_points(self, variant: str) -> int:
        """The points that the check earns in this variant."""
        return self.points[VARIANTS.index(variant)] or 0

    def task_of(self, variant: str) -> int:
        """The number of the task in tasks.md."""
        return self.task[VARIANTS.index(variant)]


def _star(
    name: str, task: tuple[int, int], files: tuple[str, ...], *needs: str, only: str = ""
) -> Row:
    points = tuple(0 if only in ("", variant) else None for variant in VARIANTS)
    return Row(name, (points[0], points[1]), task, files, needs, star=True)


RUBRIC: tuple[Row, ...] = (
    #   check                points    task     files   needs
    Row("starts",            (4, 4),   (1, 12), SERVER),
    Row("handshake",         (4, 4),   (4, 14), SERVER, ("starts",)),
    Row("join-notice",       (8, 8),   (5, 14), SERVER, ("starts",)),
    Row("join-not-to-self",  (2, 2),   (5, 14), SERVER, ("join-notice",)),
    Row("two-users",         (10, 10), (6, 15), SERVER, ("starts",)),
    Row("many-users",        (10, 10), (6, 15), SERVER, ("two-users",)),
    Row("sender-excluded",   (8, 8),   (6, 15), SERVER, ("two-users",)),
    Row("leave-notice",      (7, 7),   (7, 16), SERVER, ("two-users",)),
    Row("survives-leave",    (4, 4),   (7, 16), SERVER, ("two-users",)),
    Row("survives-vanish",   (3, 3),   (7, 15), SERVER, ("two-users",)),
    Row("client-name",       (4, 4),   (8, 17), CLIENT),
    Row("client-shows",      (7, 7),   (9, 18), CLIENT),
    Row("client-sends",      (6, 6),  (10, 19), CLIENT),
    Row("client-leaves",     (3, 3),  (11, 20), CLIENT),
    Row("server-threads",    (10, None), (2, 13), SERVER, ("two-users",), mandatory=True),
    Row("client-threads",    (5, 15),  (9, 18), CLIENT, ("client-shows",), mandatory=True),
    Row("end-to-end",        (5, 5),  (11, 20), BOTH,   ("two-users",)),

    _star("byte-by-byte",     (3, 15),  SERVER, "two-users", only="tcp"),
    _star("two-in-one",       (3, 15),  SERVER, "two-users", only="tcp"),
    _star("split-character",  (3, 15),  SERVER, "two-users", only="tcp"),
    _star("long-message",     (3, 15),  SERVER, "two-users", only="tcp"),
    _star("broken-text",      (3, 13),  SERVER, "two-users"),
    _star("silent-newcomer",  (4, 14),  SERVER, "two-users", only="tcp"),
    _star("empty-name",       (4, 14),  SERVER, "two-users"),
    _star("taken-name",       (4, 14),  SERVER, "two-users"),
    _star("stranger",         (4, 13),  SERVER, "two-users", only="udp"),
    _star("stalled-reader",   (6, 15),  SERVER, "two-users", only="tcp"),
    _star("vanish-once",      (7, 16),  SERVER, "two-users", only="tcp"),
    _star("rejoin",           (7, 16),  SERVER, "two-users"),
    _star("hundred",          (6, 15),  SERVER, "two-users"),
    _star("storm",            (6, 15),  SERVER, "two-users"),
    _star("no-spin",          (7, 16),  SERVER, "two-users"),
    _star("restart",          (1, 12),  SERVER, "two-users", only="tcp"),
    _star("ctrl-c",           (1, 12),  SERVER, "starts"),
    _star("client-framing",  (9, 18),  CLIENT, "client-shows", only="tcp"),
    _star("client-notices",  (11, 20),  CLIENT, only="tcp"),
    _star("client-eof",      (11, 20),  CLIENT),
)  # fmt: skip


def rows(variant: str) -> tuple[Row, ...]:
    """The checks of a variant, in the order in which they run."""
    return tuple(row for row in RUBRIC if row.has(variant))


def row(name: str) -> Row:
    """The row of one check. Raises KeyError for a name that the rubric lacks."""
    for candidate in RUBRIC:
        if candidate.name == name:
            return candidate
    raise KeyError(name)


def check_ids(variants: tuple[str, ...] = VARIANTS) -> tuple[str, ...]:
    """``variant.name`` of every check, in order."""
    return tuple(f"{variant}.{r.name}" for variant in variants for r in rows(variant))
