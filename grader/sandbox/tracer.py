"""Runs inside a student's process, before its file: notes its lines, and holds one thread.

Not imported by the grader, which hands boot.py the text of this file. ``path`` is the student's
file, ``control`` a socket to the grader (:mod:`grader.sandbox.tracing`). A thread here reads orders
from it, a line each:

- ``arm ROLE NUMBER``: forget all, note lines from now on, and hold a thread before its line of
  that number. Threads have roles by the order in which they run a first line; -1 holds nobody.
- ``go``: let the thread that is held go on, and hold nobody.
- ``lines``: tell the lines noted so far, and note no more.

``held`` is said by the thread that is held, before it waits. A line is noted, and a thread held,
only in files of the submission's own folder. From Python 3.12 on sys.monitoring tells of all
threads; before, tracing tells of the first one and those that ``threading`` starts.
"""

import _thread
import os
import sys
import threading
from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    import types

    path, control = "", -1

OUT_OF_THE_WAY = 252  # a descriptor: boot.py has the two before
MOST = 20_000  # lines noted
DEPTH = 12  # frames noted of each
HELD, GONE = "held", "went"
NOBODY = (-1, 0)


class Tracer:
    """What is noted, and who is held."""

    def __init__(self, folder: str, descriptor: int) -> None:
        self._folder, self._descriptor = folder, descriptor
        self._changing = _thread.allocate_lock()  # hold it to give a role, to hold, to let go
        self._gate = _thread.allocate_lock()  # locked, but for the moment in which somebody goes
        self._gate.acquire()
        self._noting = self._holding = False
        self._wanted = NOBODY
        self._roles: dict[int, int] = {}
        self._counts: dict[int, int] = {}
        self._known: set[int] = set()  # threads that were there when the order came
        self._noted: list[str] = []

    def is_own(self, code: "types.CodeType") -> bool:
        """Whether this is code of the submission."""
        return code.co_filename.startswith(self._folder)

    def at_line(self, frame: "types.FrameType", line: int) -> None:
        """A thread is about to run a line."""
        if not self._noting:
            return
        me = _thread.get_native_id()
        role = self._roles.get(me)
        if role is None:
            with self._changing:
                role = self._roles[me] = len(self._roles)
        number = self._counts[me] = self._counts.get(me, 0) + 1
        if len(self._noted) < MOST:
            born = int(_thread.get_ident() not in self._known)
            stack = self._stack(frame, line)
            self._noted.append(f"{role}\t{number}\t{born}\t{monotonic():.6f}\t{stack}")
        if (role, number) == self._wanted:
            self._hold()

    def _hold(self) -> None:
        with self._changing:
            if self._wanted == NOBODY:
                return
            self._wanted, self._holding = NOBODY, True
        self._noted.append(HELD)
        self._say(HELD)
        self._gate.acquire()
        self._noted.append(GONE)

    def let_go(self) -> None:
        """Let whoever is held go on, and hold nobody."""
        with self._changing:
            self._wanted = NOBODY
            if self._holding:
                self._holding = False
                self._gate.release()

    def be_off(self) -> None:
        """Do nothing any more: in a child that was forked nobody gives orders."""
        self._noting, self._wanted = False, NOBODY

    def _stack(self, frame: "types.FrameType | None", line: int) -> str:
        """The own frames, the innermost first."""
        frames: list[str] = []
        while frame is not None and len(frames) < DEPTH:
            code = frame.f_code
            if self.is_own(code):
                file = code.co_filename[len(self._folder) :]
                frames.append(f"{file}\t{frame.f_lineno if frames else line}\t{code.co_name}")
            frame = frame.f_back
        return "\t".join(frames)

    def obey(self) -> None:
        """Read orders until there are no more; then let whoever is held go on."""
        rest = b""
        try:
            while data := os.read(self._descriptor, 4096):
                *orders, rest = (rest + data).split(b"\n")
                for order in orders:
                    self._follow(*order.decode().split())
        except OSError:
            pass  # the program has closed it
        self._noting = False
        self.let_go()

    def _follow(self, order: str, *arguments: str) -> None:
        if order == "arm":
            self._noting = False
            self._roles.clear()
            self._counts.clear()
            self._known = set(sys._current_frames())
            self._noted = []
            role, number = map(int, arguments)
            self._wanted, self._noting = (role, number), True
            self._say("armed")
        elif order == "go":
            self.let_go()
        else:
            self._noting = False
            self._say("\n".join([*self._noted, "end"]))

    def _say(self, text: str) -> None:
        data = f"{text}\n".encode("utf-8", "replace")
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except OSError:
            pass  # the grader is gone, or the program has closed it


def by_monitoring(tracer: Tracer) -> None:
    """Have all lines of all threads told by sys.monitoring, which forgets those of others."""
    monitoring = sys.monitoring  # type: ignore[attr-defined,unused-ignore]

    def at_line(code: "types.CodeType", line: int) -> object:
        if not tracer.is_own(code):
            return monitoring.DISABLE
        tracer.at_line(sys._getframe(1), line)
        return None

    monitoring.use_tool_id(monitoring.PROFILER_ID, "chat")
    monitoring.register_callback(monitoring.PROFILER_ID, monitoring.events.LINE, at_line)
    monitoring.set_events(monitoring.PROFILER_ID, monitoring.events.LINE)


def by_tracing(tracer: Tracer) -> None:
    """Have the lines told by trace functions."""

    def at_line(frame: "types.FrameType", event: str, _arg: object) -> object:
        if event == "line":
            tracer.at_line(frame, frame.f_lineno)
        return at_line

    def at_call(frame: "types.FrameType", _event: str, _arg: object) -> object:
        return at_line if tracer.is_own(frame.f_code) else None

    threading.settrace(at_call)  # type: ignore[arg-type]
    sys.settrace(at_call)  # type: ignore[arg-type]


def begin() -> None:
    """Take the control channel out of the way, and listen to it."""
    descriptor = os.dup2(control, OUT_OF_THE_WAY, inheritable=False)
    os.close(control)
    tracer = Tracer(os.path.join(os.path.dirname(path), ""), descriptor)
    _thread.start_new_thread(tracer.obey, ())
    if sys.platform != "win32":
        os.register_at_fork(after_in_child=tracer.be_off)
    if sys.version_info >= (3, 12):
        by_monitoring(tracer)
    else:
        by_tracing(tracer)


begin()
