"""The stage of the demo: a few processes, what each of them prints, and what is typed into them.

A small thread for each process reads what it prints and puts it into one queue; so do the handlers
of signals. The main thread takes it out whenever it waits, and does everything else. So nothing
else is shared, no lock is needed, and Ctrl+C never comes between two steps that belong together.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from said import _

HERE = Path(__file__).resolve().parent
DEADLINE = 30  # seconds for what must come; only ever used up when something is broken
TICK = 0.1  # seconds between two looks at the size of the terminal
TYPING = 0.05  # seconds between two letters that are typed


class StageError(Exception):
    """A process did not do what the script says."""


class Interrupted(Exception):
    """Somebody wants the demo to end."""

    def __init__(self, number):
        super().__init__(number)
        self.status = 128 + number  # what a shell makes of it


@dataclass
class Line:
    """A line in a window: what was printed, then what was typed, then a note of the demo's own."""

    printed: str = ""
    typed: str = ""
    note: str = ""


class Window:
    """One process and the text in its window."""

    def __init__(self, name, events):
        self.name = name
        self.events = events
        self.process = None
        self.reader = None
        self.ended = False
        self.lines = [Line()]  # the last one is still being written

    def start(self, file, port):
        """Start the program in file, in an empty window."""
        self.close()
        self.ended = False
        self.lines = [Line()]
        self.process = subprocess.Popen(
            [sys.executable, "-u", HERE / file, "--port", str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=os.environ | {"PYTHONUTF8": "1"},
            # Ctrl+C is for the demo alone, which then ends them all.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self.reader = threading.Thread(target=self.read, args=(self.process,), daemon=True)
        self.reader.start()

    def read(self, process):
        """Pass on each character as it comes, then the end, in a thread of its own."""
        for letter in iter(lambda: process.stdout.read(1), ""):
            self.events.put((self, letter))
        process.wait()
        self.events.put((self, ""))

    def take(self, letter):
        """Take in a character that was printed, or "" at the end of the process."""
        if not letter:
            self.ended = True
        elif letter == "\n":
            self.lines.append(Line())
        else:
            # Anything else could move the cursor of the terminal that it is shown on.
            self.lines[-1].printed += letter if letter.isprintable() else "?"

    def enter(self):
        """Press Enter: the process gets the line that was typed."""
        text = self.lines[-1].typed
        self.lines.append(Line())
        with contextlib.suppress(OSError):  # whoever waits for the answer sees that it has ended
            self.process.stdin.write(text + "\n")
            self.process.stdin.flush()

    def has(self, text):
        """Say whether the process has printed this line."""
        return any(line.printed == text for line in self.lines[:-1])

    def is_asking(self):
        """Say whether the process has printed the start of a line, and waits for the rest."""
        return self.lines[-1].printed.endswith("? ")

    def last_line(self):
        """Return the last line that the process printed."""
        printed = (line.printed for line in reversed(self.lines) if line.printed)
        return next(printed, _("no output"))

    def close(self):
        """End the process if it runs, and whatever belongs to it."""
        if self.process:
            self.process.kill()
            self.reader.join()
            with contextlib.suppress(OSError):
                self.process.stdin.close()
            self.process.stdout.close()


class Stage:
    """The windows and what can be done with them."""

    def __init__(self, names, display, *, fast):
        self.events = queue.SimpleQueue()  # its put() may be called in a signal handler
        self.windows = {name: Window(name, self.events) for name in names}
        self.display = display
        self.fast = fast
        self.caption = ""

    def __enter__(self):
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda number, _: self.events.put(number))
        return self

    def __exit__(self, *_):
        for window in self.windows.values():
            window.close()

    def tell(self, caption):
        """Say what happens now, and leave time to read it."""
        self.caption = caption
        self.display.tell(self)
        self.pause(1 + len(caption) / 30)

    def look(self):
        """The step is done: leave time to look at it."""
        self.display.settle(self)
        self.pause(2.5)

    def start(self, name, file, port):
        """Start the program in file, in this window."""
        self.windows[name].start(file, port)

    def type(self, name, text):
        """Type a line into a window."""
        window = self.windows[name]
        for letter in text:
            window.lines[-1].typed += letter
            self.pause(TYPING)
        window.enter()

    def expect(self, text, *names):
        """Wait until this line is in each of these windows."""
        for name in names:
            window = self.windows[name]
            self.wait(lambda window=window: window.has(text) or window.ended)
            if not window.has(text):
                problem = _("{name}: no line {text!r} within {seconds} seconds; its last line: {last}")
                if window.ended:
                    problem = _("{name}: no line {text!r}, it has ended; its last line: {last}")
                words = {"name": name, "text": text, "seconds": DEADLINE}
                raise StageError(problem.format(last=window.last_line(), **words))

    def expect_end(self, name):
        """Wait until a process has ended."""
        window = self.windows[name]
        if not self.wait(lambda: window.ended):
            problem = _("{name}: not ended after {seconds} seconds")
            raise StageError(problem.format(name=name, seconds=DEADLINE))
        status = window.process.returncode
        window.lines[-1].note = _("(ended, status {status})").format(status=status)
        window.lines.append(Line())

    def kill(self, name):
        """End a process without asking it."""
        window = self.windows[name]
        window.process.kill()
        self.wait(lambda: window.ended)
        window.lines[-1].note = _("(killed)")
        window.lines.append(Line())

    def interrupt(self, name):
        """Press Ctrl+C in a window; on Windows, where there is no way to, just end the process."""
        window = self.windows[name]
        window.lines[-1].typed = "^C"
        window.lines.append(Line())
        if sys.platform == "win32":
            window.process.terminate()
        else:
            window.process.send_signal(signal.SIGINT)
        self.expect_end(name)

    def pause(self, seconds):
        """Leave people time, while what is printed goes on being shown."""
        if not self.fast:
            self.wait(lambda: False, seconds)

    def wait(self, condition, seconds=DEADLINE):
        """Take in what happens until condition() is true; False if it is not within seconds."""
        end = time.monotonic() + seconds
        while not condition():
            left = end - time.monotonic()
            if left <= 0:
                return False
            self.take_in(min(left, TICK))
        return True

    def take_in(self, seconds):
        """Take in what has happened, or else what happens first within these seconds; show it."""
        with contextlib.suppress(queue.Empty):
            while True:
                event = self.events.get(timeout=seconds)
                if isinstance(event, int):
                    raise Interrupted(event)
                window, letter = event
                window.take(letter)
                seconds = 0
        self.display.refresh(self)
