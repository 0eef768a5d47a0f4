"""From findings to the verdict of one check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from grader.assignment.variants import Role
from grader.chat.dialect import Dialect
from grader.chat.failure import Unmet
from grader.chat.journal import Act
from grader.chat.model.finding import Finding
from grader.chat.played import Played
from grader.checks import ownership, telling
from grader.checks.client_stories import CLIENT_STORIES
from grader.checks.ownership import CLIENT_FEEDS, CLIENT_HOSTS, FEEDS, HOSTS, STARS, TALK
from grader.checks.paying import Payers
from grader.checks.stories import OF_TWO, STORIES
from grader.fact import fact
from grader.grading.pytest_plugin.playing import Journals
from grader.result.verdict import EventKind, Evidence

FIRST = "two"  # the story that tells what stands in the way of all others
ABOUT_TALK = {*TALK.values(), "sender-excluded"}
GOING = {"survives-leave": Act.LEAVES, "survives-vanish": Act.VANISHES}
NEVER = {"sender-excluded", "join-not-to-self"}  # checks of what must not come
APART = {"starts", *STARS}  # checks that play on their own
# The checks that look at journals, and whose.
SERVER_OR_CLIENT: Mapping[str, Role] = {
    **dict.fromkeys(FEEDS, Role.SERVER),
    **dict.fromkeys(CLIENT_FEEDS, Role.CLIENT),
}
Owner = Callable[[Finding], str]


def judge(journals: Journals, check: str) -> None:
    """End a check of the server as the journals say: return, or raise Failure or Unmet."""
    dialect = journals.dialect(Role.SERVER)

    def play(name: str) -> Played:
        return journals.played(name, STORIES[name])

    payers = _payers(dialect, Role.SERVER, play)
    if dialect.silent and check != "handshake":
        raise _silence(play(FIRST), payers.owner)

    stories = [play(name) for name in _fed_by(dialect, check)]
    _fail(journals, stories, check, payers)
    if not any(_shows(dialect, played, check) for played in stories):
        raise _in_the_way(journals, [*stories, play(FIRST)], check, payers)
    journals.evidence = {Evidence.SEEN, Evidence.QUIET} if check in NEVER else {Evidence.SEEN}


def judge_client(journals: Journals, check: str) -> None:
    """The same for a check of the client."""
    dialect = journals.dialect(Role.CLIENT)
    if dialect.client_absent and check != "client-name":
        raise Unmet(fact("client-absent"))

    def play(name: str) -> Played:
        return journals.played_client(name, CLIENT_STORIES[name])

    payers = _payers(dialect, Role.CLIENT, play)
    stories = [play(name) for name in CLIENT_FEEDS[check]]
    for played in stories:
        if played.failure is not None:
            journals.used, journals.deciding = stories, played
            raise played.failure.failure()
    _fail(journals, stories, check, payers)
    if not any(_client_shows(played, check) for played in stories):
        raise _in_the_way(journals, stories, check, payers)
    journals.evidence = {Evidence.SEEN}


def _payers(dialect: Dialect, role: Role, play: Callable[[str], Played]) -> Payers:
    """Who pays for what goes wrong with one program."""
    if role is Role.CLIENT:
        check_of, feeds = ownership.client_check_of, CLIENT_FEEDS.__getitem__
        return Payers(check_of, feeds, CLIENT_HOSTS, play, _client_shows, set())

    def owner(finding: Finding) -> str:
        return ownership.check_of(finding, for_two=dialect.for_two)

    # What a third user gets is no other check's in a chat for two.
    apart = {*APART, "many-users"} if dialect.for_two else APART
    return Payers(owner, partial(_fed_by, dialect), HOSTS, play, partial(_shows, dialect), apart)


def scenarios(dialect: Dialect, check: str, known: Mapping[str, Played]) -> tuple[str, ...]:
    """The scenarios whose journals a check may look at, by what is ``known`` of some already."""
    if check in CLIENT_FEEDS:
        absent = dialect.client_absent and check != "client-name"
        fed = () if absent else CLIENT_FEEDS[check]
    else:
        alone = dialect.silent and check != "handshake"
        fed = tuple(dict.fromkeys((FIRST, *(() if alone else _fed_by(dialect, check)))))
    payers = _payers(dialect, SERVER_OR_CLIENT[check], known.__getitem__)
    looked_at = [known[name] for name in fed if name in known]
    more = (payers.looks_at(p, f) for p in looked_at for f in p.shown.findings)
    return tuple(dict.fromkeys((*fed, *chain.from_iterable(more))))


def _fed_by(dialect: Dialect, check: str) -> Iterator[str]:
    """The stories that can show a check with this server."""
    for name in FEEDS[check]:
        if name != FIRST and (dialect.fruitless or (not dialect.relays and check in ABOUT_TALK)):
            continue  # nothing that anybody says arrives: the others can only tell the same
        if dialect.for_two and name not in OF_TWO and check != "many-users":
            continue
        yield name


def _fail(journals: Journals, stories: Sequence[Played], check: str, payers: Payers) -> None:
    """Raise the Failure of the finding whose story is shortest, if one costs this check."""
    journals.used, journals.deciding = list(stories), next(iter(stories), None)
    mine = [(p, f) for p in stories for f in p.shown.findings if payers.of(p, f) == check]
    if mine:
        played, finding = min(mine, key=_length)  # of equal ones the first
        journals.deciding, journals.transcript = played, telling.up_to(played, finding)
        raise telling.failure(payers.owner(finding), finding, played)


def _silence(two: Played, owner: Owner) -> Unmet:
    """Why a server says nothing: it may not even run."""
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


def _client_shows(played: Played, check: str) -> bool:
    return bool(ownership.client_occasions(check, played.shown.due))


def _in_the_way(journals: Journals, stories: Iterable[Played], check: str, payers: Payers) -> Unmet:
    """What kept the stories from getting so far: the first check that something else belongs to."""
    journals.used = list(stories)
    for played in journals.used:
        for finding in played.shown.findings:
            payer = payers.of(played, finding)
            if payer not in (check, *STARS):
                journals.deciding = played
                return Unmet(fact("needs", check=payer))
    return Unmet(fact("not-shown"))
