"""Starts a module of the kit where nothing but the kit, its packages and the library counts.

``python grader/start.py MODULE [ARGUMENT ...]`` is ``python -m MODULE ARGUMENT ...``, but that
nothing is imported from the folder that it is called from, from beside the kit's packages, or
from where PYTHONPATH leads.
"""

import os  # every Python has loaded it before it comes here
import sys

GRADER_FAILED = 3  # as an exit status
PACKAGES = ("grader", "kit")
ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
KEPT = ("PYTHONIOENCODING", "PYTHONUTF8")  # how text is written, not what is imported


def leave_alone() -> None:
    """Have the kit's own packages found by their names, and nothing beside them."""
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    places = ("", ROOT, os.path.join(ROOT, "grader"), *filter(None, named))
    left = {os.path.realpath(place) for place in places}
    sys.path[:] = [path for path in sys.path if os.path.realpath(path) not in left]
    for name in [name for name in os.environ if name.startswith("PYTHON") and name not in KEPT]:
        del os.environ[name]
    from importlib.machinery import ModuleSpec, PathFinder

    class Kit:
        """Finds the kit's packages; what is in a package the import system finds by itself."""

        @staticmethod
        def find_spec(
            name: str, path: object = None, _target: object = None
        ) -> "ModuleSpec | None":
            if path is None and name in PACKAGES:
                return PathFinder.find_spec(name, [ROOT])
            return None

    sys.meta_path.insert(0, Kit)


def environment() -> "dict[str, str]":
    """The variables for another such process."""
    return {n: v for n, v in os.environ.items() if n in KEPT or not n.startswith("PYTHON")}


def forget_parents() -> None:
    """Undo what a parent may have bequeathed that would hide how a process ends."""
    import signal

    if sys.platform != "win32":
        if signal.getsignal(signal.SIGCHLD) == signal.SIG_IGN:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        _write_whole_files()


def _write_whole_files() -> None:
    """Write files as large as may be, and no compiled ones where these would be cut off."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        sys.dont_write_bytecode |= hard != resource.RLIM_INFINITY


def main() -> None:
    """Run the module that is named."""
    leave_alone()
    import runpy

    module = sys.argv[1]
    del sys.argv[0]
    try:
        forget_parents()
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except Exception as error:
        if module.partition(".")[0] != "grader":
            raise
        sys.stderr.write(f"{module}: it cannot start: {type(error).__name__}: {error}\n")
        sys.exit(GRADER_FAILED)


if __name__ == "__main__":
    main()
