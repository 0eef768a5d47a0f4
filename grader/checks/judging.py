"""From findings to the verdict of one check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from grader.assignment.variants import Role
from grader.chat.dialect import Dialect
from grader.chat.failure import Unmet
from grader.chat.journal import Act
from grader.chat.model.finding import Finding
from grader.chat.played import Played
from grader.checks import ownership, telling
from grader.checks.client_stories import CLIENT_STORIES
from grader.checks.ownership import CLIENT_FEEDS, FEEDS, STARS, TALK
from grader.checks.stories import OF_TWO, STORIES
from grader.fact import fact
from grader.grading.pytest_plugin.playing import Journals
from grader.result.verdict import EventKind, Evidence

FIRST = "two"  # the story that tells what stands in the way of all others
ABOUT_TALK = {*TALK.values(), "sender-excluded"}
GOING = {"survives-leave": Act.LEAVES, "survives-vanish": Act.VANISHES}
NEVER = {"sender-excluded", "join-not-to-self"}  # checks of what must not come
# The checks that look at journals, and whose.
SERVER_OR_CLIENT: Mapping[str, Role] = {
    **dict.fromkeys(FEEDS, Role.SERVER),
    **dict.fromkeys(CLIENT_FEEDS, Role.CLIENT),
}
Owner = Callable[[Finding], str]


def judge(journals: Journals, check: str) -> None:
    """End a check of the server as the journals say: return, or raise Failure or Unmet."""
    dialect = journals.dialect(Role.SERVER)

    def owner(finding: Finding) -> str:
        return ownership.check_of(finding, for_two=dialect.for_two)

    if dialect.silent and check != "handshake":
        raise _silence(journals, owner)

    stories = [journals.played(name, STORIES[name]) for name in _fed_by(dialect, check)]
    _fail(journals, stories, check, owner)
    if not any(_shows(dialect, played, check) for played in stories):
        two = journals.played(FIRST, STORIES[FIRST])
        raise _in_the_way(journals, [*stories, two], check, owner)
    journals.evidence = {Evidence.SEEN, Evidence.QUIET} if check in NEVER else {Evidence.SEEN}


def judge_client(journals: Journals, check: str) -> None:
    """The same for a check of the client."""
    dialect = journals.dialect(Role.CLIENT)
    if dialect.client_absent and check != "client-name":
        raise Unmet(fact("client-absent"))
    named = CLIENT_FEEDS[check]
    stories = [journals.played_client(name, CLIENT_STORIES[name]) for name in named]
    for played in stories:
        if played.failure is not None:
            journals.used, journals.deciding = stories, played
            raise played.failure.failure()
    _fail(journals, stories, check, ownership.client_check_of)
    if not any(ownership.client_occasions(check, played.shown.due) for played in stories):
        raise _in_the_way(journals, stories, check, ownership.client_check_of)
    journals.evidence = {Evidence.SEEN}


def scenarios(dialect: Dialect, check: str) -> tuple[str, ...]:
    """The scenarios whose journals a check may look at, with a program that speaks like this."""
    if check in CLIENT_FEEDS:
        absent = dialect.client_absent and check != "client-name"
        return () if absent else CLIENT_FEEDS[check]
    fed = () if dialect.silent and check != "handshake" else _fed_by(dialect, check)
    return tuple(dict.fromkeys((FIRST, *fed)))


def _fed_by(dialect: Dialect, check: str) -> Iterator[str]:
    """The stories that can show a check with this server."""
    for name in FEEDS[check]:
        if name != FIRST and (dialect.fruitless or (not dialect.relays and check in ABOUT_TALK)):
            continue  # nothing that anybody says arrives: the others can only tell the same
        if dialect.for_two and name not in OF_TWO and check != "many-users":
            continue
        yield name


def _fail(journals: Journals, stories: Sequence[Played], check: str, owner: Owner) -> None:
    """Raise the Failure of the finding whose story is shortest, if one belongs to this check."""
    journals.used, journals.deciding = list(stories), next(iter(stories), None)
    mine = [(p, f) for p in stories for f in p.shown.findings if owner(f) == check]
    if mine:
        played, finding = min(mine, key=_length)  # of equal ones the first
        journals.deciding, journals.transcript = played, telling.up_to(played, finding)
        raise telling.failure(check, finding, played)


def _silence(journals: Journals, owner: Owner) -> Unmet:
    """Why a server says nothing: it may not even run."""
    two = journals.played(FIRST, STORIES[FIRST])
    runs = all(owner(finding) != "starts" for finding in two.shown.findings)
    return Unmet(fact("server-silent") if runs else fact("needs", check="starts"))


def _length(case: tuple[Played, Finding]) -> int:
    """How many steps a story has up to what is wrong."""
    return sum(event.kind is EventKind.STEP for event in telling.up_to(*case))


def _shows(dialect: Dialect, played: Played, check: str) -> bool:
    """Whether a story came far enough to show the behaviour of a check."""
    shown = played.shown
    if dialect.for_two and check in GOING:
        # Nobody new may be let in; whoever stays is not cut off, or there would be a finding.
        return any(entry.act is GOING[check] for entry in played.journal.entries)
    return bool(ownership.occasions(check, shown.came if check in NEVER else shown.due))


def _in_the_way(
    journals: Journals, stories: Iterable[Played], check: str, owner: Owner
) -> Unmet:
    """What kept the stories from getting so far: the first check that something else belongs to."""
    journals.used = list(stories)
    for played in journals.used:
        for finding in played.shown.findings:
            if owner(finding) not in (check, *STARS):
                journals.deciding = played
                return Unmet(fact("needs", check=owner(finding)))
    return Unmet(fact("not-shown"))
