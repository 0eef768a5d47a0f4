"""What boot.py does first for a program at a terminal. Not imported by the grader.

Ctrl+C at the terminal is meant for this program, and what ``input`` asks is on its screen.
"""

import builtins
import os
import sys

ask = builtins.input


def input(prompt: object = "", /) -> str:
    """Ask on standard output, as without a terminal, and as with ``readline`` at one.

    Else it would be standard error, which is no terminal here.
    """
    if "readline" in sys.modules:
        return ask(prompt)
    print(prompt, end="", flush=True)
    return ask()


builtins.input = input

if sys.platform != "win32":
    import fcntl
    import termios

    try:
        if os.getsid(0) != os.getpid():
            os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    except OSError:
        pass  # a terminal all the same, without Ctrl+C
