"""The command line: arguments in, a request out."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.made_up import Graded

from grader.cli import main as command
from grader.grading.request import Request


def requested(graded: Graded, *arguments: str) -> Request:
    """What is asked for by these arguments."""
    assert command.main(arguments) == 0
    assert graded.request is not None
    return graded.request


WRONG: dict[str, tuple[list[str], str]] = {
    "unknown folder": (["nothing"], "no such folder"),
    "empty folder": (["empty"], "nothing to grade"),
    "file for a folder": (["server.py"], "use --server"),
    "unknown check": (["--only", "nonsense"], "no such check"),
    "no check at all": (["--only", ","], "--only"),
    "check of the other variant": (["--variant", "tcp", "--only", "stranger"], "no such check"),
    "folder and file": (["lab4", "--server", "server.py"], "not both"),
    "bad variant": (["--variant", "sctp"], "--variant"),
    "file for both variants": (["--server", "server.py", "--variant", "all"], "--variant"),
    "only with a limit": (["--only", "starts", "--fail-under", "50"], "--fail-under"),
    "missing output folder": (["--output", "nowhere/result.txt"], "nowhere"),
    "output is a folder": (["--output", "empty"], "--output"),
    "seed that is no number": (["--seed", "x"], "--seed"),
    "mark that is no number": (["--fail-under", "x"], "--fail-under"),
    "mark that is none": (["--fail-under", "nan"], "--fail-under"),
    "missing server": (["--server", "nothing.py"], "nothing.py"),
    "folder for a server": (["--server", "lab4"], "lab4"),
    "unknown format": (["--format", "xml"], "--format"),
    "unknown language": (["--lang", "de"], "--lang: de: expected one of en, ru"),
    "no language": (["--lang"], "--lang"),
    "unknown option": (["--nonsense"], "--nonsense"),
    "two folders": (["lab4", "lab4"], "lab4"),
    "watch and a file": (["--watch", "--output", "result.txt"], "--output"),
    "watch and another format": (["--watch", "--format", "json"], "--format"),
    "watch and a list": (["--watch", "--list"], "--list"),
    "next and another format": (["--next", "--format", "json"], "--format"),
}


@pytest.mark.usefixtures("graded")
@pytest.mark.parametrize(("arguments", "named"), WRONG.values(), ids=WRONG)
def test_wrong_arguments(
    arguments: list[str], named: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with the arguments is said in one line, with status 2."""
    (here / "empty").mkdir()
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    out, err = capsys.readouterr()
    assert caught.value.code == 2
    assert out == ""
    assert err.startswith("grader: ") and err.count("\n") == 1
    assert named in err


def test_default(graded: Graded, here: Path) -> None:
    """Without arguments both variants of lab4 are graded, all their checks."""
    request = requested(graded)
    assert (request.label, request.submission) == ("lab4", str(here / "lab4"))
    assert request.variants == ("tcp", "udp")
    assert request.checks == () and not request.portable


@pytest.mark.usefixtures("here")
def test_seed_is_drawn(graded: Graded) -> None:
    """Without a seed one is drawn, another one each time."""
    assert len({requested(graded).seed for _ in range(4)}) > 1


@pytest.mark.usefixtures("here")
def test_seed_is_taken(graded: Graded) -> None:
    """A seed that is given is used, 0 too."""
    assert requested(graded, "--seed", "0").seed == 0


@pytest.mark.usefixtures("here")
def test_variant(graded: Graded) -> None:
    """One variant can be graded alone."""
    assert requested(graded, "--variant", "udp").variants == ("udp",)
    assert requested(graded, "--variant", "all").variants == ("tcp", "udp")


@pytest.mark.usefixtures("here")
def test_language(
    graded: Graded, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The language is the one asked for, else that of the environment."""
    english, russian = "what it shows", "что она показывает"
    requested(graded)
    assert english in capsys.readouterr().out
    requested(graded, "--lang", "ru")
    assert russian in capsys.readouterr().out
    monkeypatch.setenv("LANGUAGE", "ru_RU")
    requested(graded)
    assert russian in capsys.readouterr().out
    requested(graded, "--lang=en")
    assert english in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_complaints_are_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong with the arguments is said in the language that they ask for."""
    with pytest.raises(SystemExit) as caught:
        command.main(["nothing", "--lang", "ru"])
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("grader: nothing: такой папки нет; ожидалась папка с файлами tcp_server")
    assert err.endswith(" (см. --help)\n") and err.count("\n") == 1


ONLY = {
    "name": (["starts"], ("tcp.starts", "udp.starts")),
    "id": (["udp.starts"], ("udp.starts",)),
    "several": (["starts", "udp.handshake"], ("tcp.starts", "udp.starts", "udp.handshake")),
    "commas": (["tcp.starts,tcp.handshake"], ("tcp.starts", "tcp.handshake")),
    "twice": (["udp.starts", "starts"], ("udp.starts", "tcp.starts")),
}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("words", "ids"), ONLY.values(), ids=ONLY)
def test_only(words: list[str], ids: tuple[str, ...], graded: Graded) -> None:
    """Checks are chosen by name, in all variants, or by id, in one."""
    assert requested(graded, "--only", *words).checks == ids


@pytest.mark.usefixtures("here")
def test_only_in_one_variant(graded: Graded) -> None:
    """A name means the checks of the variants that are graded."""
    assert requested(graded, "--variant", "udp", "--only", "starts").checks == ("udp.starts",)


def test_single_files(graded: Graded, here: Path) -> None:
    """A server and a client can be graded without a folder."""
    request = requested(graded, "--server", "server.py", "--client", "client.py")
    assert (request.server, request.client) == (str(here / "server.py"), str(here / "client.py"))
    assert (request.variants, request.submission, request.notes) == (("tcp",), "", ())


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "variant"),
    [
        (["--server", "server.py"], "tcp"),
        (["--client", "my_udp_client.py"], "udp"),
        (["--server", "server.py", "--variant", "udp"], "udp"),
    ],
)
def test_variant_of_a_single_file(arguments: list[str], variant: str, graded: Graded) -> None:
    """The variant of a single file is the one given, else the one in its name, else TCP."""
    request = requested(graded, *arguments)
    assert request.variants == (variant,)
    assert len(request.notes) == 1


@pytest.mark.usefixtures("here")
def test_portable(graded: Graded) -> None:
    """Who wants nothing that only Linux has gets it."""
    assert requested(graded, "--portable").portable
