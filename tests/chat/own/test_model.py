"""What the screens showed is compared with what was done."""

from __future__ import annotations

from grader.chat.journal import Act, Entry, Journal, Manners
from grader.chat.own import model

CAME = (
    Entry(Act.ENTERS, "alice"),
    Entry(Act.SETTLES, "alice"),
    Entry(Act.ENTERS, "bob"),
    Entry(Act.SHOWS, "alice", "bob is here\n"),
    Entry(Act.SETTLES, "bob"),
)
SHAPE = "[{name}] {text}"


def windows(*entries: Entry) -> list[model.Window]:
    """Two have come, and then these things happened."""
    return model.windows(Journal(Manners(), CAME + entries))


def says(who: str, word: str, **shown: str) -> tuple[Entry, ...]:
    """Somebody says a word, and the screens show something."""
    pieces = (Entry(Act.SHOWS, name, text) for name, text in shown.items())
    return (Entry(Act.SAYS, who, word), *pieces)


TALK = says("alice", "talky", bob="[alice] talky\n")


def test_a_word_on_the_other_screen_is_delivered() -> None:
    """A word is looked for anywhere in what is new, whatever stands around it."""
    told = windows(*says("alice", "hellox", bob="\n[12:30] alice says: hellox\n> "))
    (one,) = model.deliveries(told)
    assert (one.speaker, one.receiver, one.count, one.late) == ("alice", "bob", 1, False)
    assert one.label == "[12:30] alice says:"


def test_a_word_that_comes_in_pieces_is_delivered() -> None:
    """What a screen shows may come in pieces that are cut anywhere."""
    pieces = [Entry(Act.SHOWS, "bob", piece) for piece in ("alice: he", "llo", "x\n")]
    told = windows(Entry(Act.SAYS, "alice", "hellox"), *pieces)
    assert model.deliveries(told)[0].count == 1


def test_a_word_that_comes_after_the_next_thing_is_late() -> None:
    """Who shows a message only after its own user has typed has shown it too late."""
    told = windows(*says("alice", "hellox"), *says("bob", "worldy", bob="hellox\n", alice="worldy"))
    first, second = model.deliveries(told)
    assert (first.count, first.late) == (0, True)
    assert (second.count, second.late) == (1, False)


def test_a_word_that_never_comes_is_missing() -> None:
    """What is on no screen is missing, and not late."""
    (one,) = model.deliveries(windows(*says("alice", "hellox")))
    assert (one.count, one.late) == (0, False)


def test_who_has_gone_gets_nothing() -> None:
    """Nothing is due to somebody who has left."""
    told = windows(Entry(Act.LEAVES, "bob", "/quit"), *says("alice", "hellox"))
    assert not model.deliveries(told)


def test_the_own_screen_is_looked_at_to_the_end() -> None:
    """An echo may come at any time."""
    told = windows(*says("alice", "hellox"), *says("bob", "worldy", alice="[alice] hellox\n"))
    assert [echo.count for echo in model.echoes(told)] == [1, 0]


def test_a_notice_has_the_name() -> None:
    """A line that nobody has typed tells who came."""
    (one,) = model.notices(windows(*TALK), Act.ENTERS, SHAPE)
    assert (one.about, one.receiver, one.named) == ("bob", "alice", 1)


def test_the_word_of_leaving_is_no_notice() -> None:
    """A quit word that is passed on as a message tells nobody that somebody left."""
    left = (Entry(Act.LEAVES, "bob", "/quit"), Entry(Act.SHOWS, "alice", "[bob] /quit\n"))
    (one,) = model.notices(windows(*TALK, *left), Act.LEAVES, SHAPE, "/quit")
    assert (one.named, one.lines) == (0, ())


def test_an_empty_message_is_no_notice() -> None:
    """What a server makes of the end of a stream tells nobody that somebody left."""
    left = (Entry(Act.LEAVES, "bob", "/quit"), Entry(Act.SHOWS, "alice", "[bob] \n[bob] \n"))
    (one,) = model.notices(windows(*TALK, *left), Act.LEAVES, SHAPE, "/quit")
    assert one.named == 0


def test_a_notice_about_somebody_else_is_noticed() -> None:
    """A wrong name is not the right one."""
    left = (Entry(Act.LEAVES, "bob", ""), Entry(Act.SHOWS, "alice", "alice has left\n"))
    (one,) = model.notices(windows(*TALK, *left), Act.LEAVES, SHAPE)
    assert (one.named, one.others) == (0, ("alice",))


def test_a_flood_is_noticed() -> None:
    """Somebody has gone, and what nobody has typed comes again and again."""
    left = (Entry(Act.LEAVES, "bob", ""), Entry(Act.SHOWS, "alice", "bob: \n" * 50))
    assert model.flooded(windows(*left)[-1]) == "alice"


def test_who_was_not_let_in_has_not_come() -> None:
    """Somebody whom no word reached, and of whom none came, need not be announced."""
    told = windows(*TALK, Entry(Act.ENTERS, "carol"), Entry(Act.SETTLES, "carol"))
    assert [one.about for one in model.notices(told, Act.ENTERS, SHAPE)] == ["bob"]
