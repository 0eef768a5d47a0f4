"""Runs one file of a submission inside a fresh interpreter. Not imported by the grader.

``python -I -S -B -u -X utf8 boot.py LIMITS UID BESIDE TERMINAL HELLO RECORD STACKS CONTROL FILE
[...]``

It replaces ``python FILE ARGUMENT ...``. The differences that a program may notice:

- Packages installed on this machine are not available; to look for them would take more than
  half the time to start. PYTHON variables do not count (-I, -S).
- The submission's folder comes last on the path, not first: its modules cannot take the place
  of the standard library's. No compiled files are left there (-B).
- All text is UTF-8, and output is not buffered (-X utf8, -u).
- ``help`` is not a built-in; ``exit``, ``quit`` and the like are.
- A traceback begins with a line or two of this file, and shows one where a thread is started.
- ``threading`` has been imported, and two more descriptors are open, with high numbers: RECORD,
  a pipe to which :func:`record_threads` writes, and STACKS (:func:`show_stacks`), not on Windows.
- SIGURG, which otherwise does nothing, is handled: :func:`show_stacks`.
- No signal is ignored or blocked because a parent wanted it so; the umask is 022.
- The user has a name (``pwd``), also one that the system does not know.
- LIMITS (``NAME=NUMBER,...``, names of the resource module without ``RLIMIT_``) hold, where
  the system has them. When memory runs out, Linux ends this process first.
- If UID is not 0, root has become that user for good.
- BESIDE has been run, if it is not empty: the text of resting.py, or of tracer.py, for which
  CONTROL is a socket. The lines of FILE are traced then.
- TERMINAL has been run, which at a terminal is the text of at_terminal.py.

HELLO is a socket to write to, or -1: see :func:`say_hello`.
"""

import _signal  # type: ignore[import-not-found]  # signal makes enumerations: 1.5 ms more
import os
import site
import sys
import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAME = "student"  # of a user that the system does not know
NAME_LENGTH = 40  # characters of a thread's
OUT_OF_THE_WAY = 250  # a descriptor, and the next one, below the usual limit of macOS


def limit(text: str) -> None:
    """Set resource limits, as far as this system has them."""
    if sys.platform == "win32":
        return
    import resource

    for item in text.split(","):
        name, _, number = item.partition("=")
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        value = int(number)
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        try:
            resource.setrlimit(kind, (value, value))
        except (OSError, ValueError):  # macOS refuses some
            continue


def become(user: int) -> None:
    """Be the first to go when memory runs out; root becomes this user for good."""
    try:
        with open("/proc/self/oom_score_adj", "wb", 0) as file:
            file.write(b"1000")
    except OSError:
        pass
    if user and sys.platform != "win32":
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)


def forget_parents() -> None:
    """Be as a shell starts a program, whatever the grader's own parents had set."""
    os.umask(0o022)
    if sys.platform == "win32":
        return
    _signal.pthread_sigmask(_signal.SIG_SETMASK, ())
    python_ignores = {_signal.SIGPIPE, getattr(_signal, "SIGXFSZ", 0)}
    for number in _signal.valid_signals():
        if _signal.getsignal(number) == _signal.SIG_IGN and number not in python_ignores:
            _signal.signal(number, _signal.SIG_DFL)
    # A shell that starts jobs in the background makes them ignore Ctrl+C.
    _signal.signal(_signal.SIGINT, _signal.default_int_handler)


def name_the_user() -> None:
    """Have ``pwd`` know this process's user: a uid of the sandbox's may be in no file."""
    if sys.platform == "win32":
        return
    import grp
    import pwd

    user, group, home = os.getuid(), os.getgid(), os.environ.get("HOME", "/")
    users = (NAME, "x", user, group, NAME, home, "/bin/sh")
    groups = (NAME, "x", group, ())
    pwd.getpwuid = _known(pwd.getpwuid, user, pwd.struct_passwd(users))
    pwd.getpwnam = _known(pwd.getpwnam, NAME, pwd.struct_passwd(users))
    grp.getgrgid = _known(grp.getgrgid, group, grp.struct_group(groups))
    grp.getgrnam = _known(grp.getgrnam, NAME, grp.struct_group(groups))


def _known(look_up: "Any", key: object, entry: object) -> "Any":
    """The same as ``look_up``, but that there is an entry for this key."""

    def known(asked: object) -> object:
        try:
            return look_up(asked)
        except KeyError:
            if asked != key:
                raise
            return entry

    return known


def say_hello(descriptor: int) -> None:
    """Write to a socket: its other end is told by the kernel which process this is."""
    if descriptor >= 0:
        os.write(descriptor, b"\n")
        os.close(descriptor)  # the program finds nothing of it


def record_threads(descriptor: int) -> None:
    """Have each thread that ``threading`` starts noted, with who started it.

    That is the nearest frame outside of ``threading``, by whatever name the Thread was reached:
    the submission's, for which nothing is written, or a module of the standard library. Threads
    that ``_thread`` starts are not noted. A second line has its name, by its id in stacks.
    """
    import threading

    if sys.platform == "win32":
        import msvcrt

        descriptor = msvcrt.open_osfhandle(descriptor, os.O_WRONLY)
    else:
        descriptor = _moved(descriptor, OUT_OF_THE_WAY)
    start = threading.Thread.start
    own = start.__code__.co_filename
    library = (os.path.dirname(own), "<frozen")

    def recorded(self: threading.Thread) -> None:
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename == own:
            frame = frame.f_back
        maker = ""
        if frame is not None and frame.f_code.co_filename.startswith(library):
            maker = str(frame.f_globals.get("__name__"))
        start(self)
        name = " ".join(self.name.split())[:NAME_LENGTH]
        text = f"{self._native_id} {maker}\n={self.ident} {name}\n"  # type: ignore[attr-defined]
        try:
            os.write(descriptor, text.encode("utf-8", "replace"))
        except OSError:
            pass  # the program has closed it

    for name in ("__name__", "__qualname__", "__doc__", "__module__"):
        setattr(recorded, name, getattr(start, name))
    threading.Thread.start = recorded  # type: ignore[method-assign]


def show_stacks(descriptor: int) -> None:
    """Have the stacks of all threads written when SIGURG comes, whatever they are doing."""
    if sys.platform != "win32":
        import faulthandler

        faulthandler.register(_signal.SIGURG, file=_moved(descriptor, OUT_OF_THE_WAY + 1))


def _moved(descriptor: int, number: int) -> int:
    """Out of the way of the program's own; another program that it becomes or starts has none."""
    high = os.dup2(descriptor, number, inheritable=False)
    os.close(descriptor)
    return high


def refuse_other_text(source: bytes, path: str) -> None:
    """Raise SyntaxError for what is not UTF-8, as python FILE does even in a comment."""
    if b"coding" in b"".join(source.split(b"\n", 2)[:2]):
        return  # it may declare another encoding: compile() knows
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        message = f"Non-UTF-8 code starting with {source[error.start : error.end]!r:.9}"
        raise SyntaxError(message, (path, line, None, None)) from None


def main() -> None:
    """Become the program in FILE."""
    limits, user, beside, terminal, hello, record, stacks, control, path = sys.argv[1:10]
    exec(compile(terminal, "at_terminal.py", "exec"), {})
    become(int(user))
    limit(limits)
    forget_parents()
    name_the_user()
    say_hello(int(hello))
    site.setquit()
    site.setcopyright()
    sys.path.append(os.path.dirname(path))
    sys.argv = [path, *sys.argv[10:]]
    with open(path, "rb") as file:
        source = file.read()
    refuse_other_text(source, path)
    code = compile(source, path, "exec", dont_inherit=True)
    module = types.ModuleType("__main__")
    module.__file__ = path
    module.__builtins__ = __builtins__  # type: ignore[attr-defined]
    sys.modules["__main__"] = module
    record_threads(int(record))
    show_stacks(int(stacks))
    if beside:
        here = {"__name__": "beside", "path": path, "control": int(control)}
        exec(compile(beside, "beside.py", "exec"), here)
    exec(code, module.__dict__)


main()
