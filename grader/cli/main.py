"""Around every command: the language, the signals, the streams, and what nobody has foreseen.

What needs a package is imported within ``main``: so a missing one is told in a line.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence

from grader.cli.exit_status import ExitStatus

MISSING = (
    "grader: a package is missing ({name}): expected those of pyproject.toml; "
    "python3 noxfile.py -s grade installs them\n"
)


Command = Callable[[Sequence[str] | None], int]


def main(words: Sequence[str] | None = None, command: Callable[[], Command] | None = None) -> int:
    """Do what these arguments ask for, those of the process by default; returns the exit status.

    ``command`` imports what does it, if it is not this grader's own command.
    Raises SystemExit for arguments that are wrong, and for help.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # it may have signs for English alone
        sys.stdout.reconfigure(errors="replace")
    try:
        with _all_signals_interrupt():
            return (command or _own)()(words)
    except KeyboardInterrupt:
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        return ExitStatus.GRADER_FAILED  # the reader of the output is gone
    except ModuleNotFoundError as error:
        return _failed(MISSING.format(name=error.name))
    except OSError as error:  # what the machine lacks or refuses
        return _failed(f"grader: {error}\n")
    except Exception:  # noqa: BLE001 (left alone, it ends with the status of a low mark)
        return _failed(traceback.format_exc())
    finally:
        _drop_dead_streams()


def _own() -> Command:
    from grader.cli.command import run

    return run


def _failed(why: str) -> int:
    if sys.stderr is not None:  # closed from the beginning
        with contextlib.suppress(OSError):
            sys.stderr.write(why)
    return ExitStatus.GRADER_FAILED


@contextlib.contextmanager
def _all_signals_interrupt() -> Iterator[None]:
    """Whatever asks the grader to end does what Ctrl+C does: nothing is left running."""
    names = ("SIGHUP", "SIGTERM")  # the terminal was closed; another program asked for the end
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    heeded = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]

    def interrupt(*_signal: object) -> None:
        for other in heeded:  # a shell may send it twice: ignore it while everything is ending
            signal.signal(other, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in heeded:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)


def _drop_dead_streams() -> None:
    """Keep Python from failing at its exit because nobody reads its output."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
