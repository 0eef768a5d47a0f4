"""A dialect is written down for people, and what they change counts."""

from __future__ import annotations

import pytest

from grader.chat.own import written
from grader.chat.own.dialect import Identity, OwnDialect, Way
from grader.fact import FactError

LEARNT = OwnDialect(
    client_arguments=("{host}", "--name", "{name}"),
    identity=Identity.ARGUMENT,
    way=Way.WORD,
    word='say "bye"',
    answers=(("Возраст", "20"),),
)
WRONG = [
    ("[leave", "own-dialect-no-toml"),
    ("[colours]\nred = 1", "own-dialect-section"),
    ("leave = 1", "own-dialect-section"),
    ("[leave]\ncolour = 'red'", "own-dialect-value"),
    ("[leave]\nword = 1", "own-dialect-value"),
    ("[server]\narguments = [1]", "own-dialect-value"),
    ("[leave]\nby = 'magic'", "own-dialect-choice"),
    ("[names]\nfrom = 'nowhere'", "own-dialect-choice"),
]


def test_what_is_written_is_read() -> None:
    """Whatever stands in a dialect, it comes back as it was."""
    read = written.given(written.read(written.text(LEARNT)))
    assert read.is_identity_given
    for name in ("server_arguments", "client_arguments", "identity", "way", "word", "answers"):
        assert getattr(read, name) == getattr(LEARNT, name)


def test_nothing_given_is_nothing_known() -> None:
    """Without a file, or with an empty one, the probe finds everything out."""
    assert written.given(written.read("")) == OwnDialect()


@pytest.mark.parametrize(("text", "code"), WRONG)
def test_a_mistake_is_named(text: str, code: str) -> None:
    """What a person wrote wrongly is told in a line."""
    with pytest.raises(FactError) as caught:
        written.read(text)
    assert caught.value.fact.code == code
