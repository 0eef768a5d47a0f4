"""The reference at work: its server and three of its clients, all real, on one screen.

    python reference/demo.py [--udp] [--fast] [--port PORT] [--svg FILE] [--lang ru]

The script below says who does what and when. Each of the four is a process of its own: what is in
its window is what it printed, and what is typed there goes to its standard input.
"""

# ruff: noqa: E402 (the imports take a moment, in which Ctrl+C is to end the demo like later on)
import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # without a traceback; Stage takes over

import argparse
import contextlib
import os
import socket
import sys
from pathlib import Path

import psutil
import said
from rich.console import Console
from said import _
from screen import Lines, Panels, save_picture
from stage import Interrupted, Stage, StageError

HOST = "127.0.0.1"
PORT = 14901
WELCOME = "To terminate the connection to the server, enter leave"  # its last line


def conversation(stage, variant, port):
    """Three people come, talk, and two of them go."""
    stage.start("server", f"{variant}_server.py", port)
    stage.tell(_("The server starts. It waits for clients on port {port}.").format(port=port))
    stage.wait(lambda: is_bound(stage.windows["server"], variant, port))
    stage.look()

    stage.tell(_("alice starts her client and types her name. The server welcomes her."))
    join(stage, variant, port, "alice", others=[])
    stage.tell(_("bob joins. alice is told; bob himself is not."))
    join(stage, variant, port, "bob", others=["alice"])
    stage.tell(_("carol joins. Everyone already there is told."))
    join(stage, variant, port, "carol", others=["alice", "bob"])

    stage.tell(_("alice writes. bob and carol get it; it does not come back to alice."))
    say(stage, "alice", "hello, everyone!", others=["bob", "carol"])
    stage.tell(_("bob answers. Again, everyone else gets it."))
    say(stage, "bob", "hi, alice", others=["alice", "carol"])
    say(stage, "carol", "nice to meet you", others=["alice", "bob"])

    stage.tell(_("bob types leave. The others are told, and his client ends."))
    stage.type("bob", "leave")
    stage.expect("*bob left*", "alice", "carol")
    stage.expect_end("bob")
    stage.look()
    stage.tell(_("carol writes. bob is gone; the others go on."))
    say(stage, "carol", "see you, bob", others=["alice"])

    if variant == "tcp":
        vanish_over_tcp(stage)
    else:
        vanish_over_udp(stage)


def vanish_over_tcp(stage):
    """The end of the connection tells the server."""
    stage.tell(
        _(
            "carol's client is killed: it cannot say goodbye.\n"
            "But its connection ends, so the server notices, and tells alice."
        )
    )
    stage.kill("carol")
    stage.expect("*carol left*", "alice")
    stage.look()


def vanish_over_udp(stage):
    """There is no connection that could end."""
    stage.tell(
        _(
            "carol's client is killed: it cannot say goodbye.\n"
            "Over UDP there is no connection that could end: the server cannot notice."
        )
    )
    stage.kill("carol")
    stage.look()
    stage.tell(_("alice writes. The server sends it to where carol was; nobody gets it."))
    say(stage, "alice", "carol?", others=[])


def ending(stage, variant):
    """The server ends, and alice finds out."""
    if variant == "tcp":
        stage.tell(_("Ctrl+C ends the server. alice's client notices at once, says so and ends."))
        stage.interrupt("server")
    else:
        stage.tell(_("Ctrl+C ends the server. Over UDP, alice's client does not notice."))
        stage.interrupt("server")
        stage.look()
        stage.tell(_("Only when she writes does her system find that nobody is there."))
        stage.type("alice", "is anybody there?")
    stage.expect_end("alice")
    stage.look()
    stage.tell(_("That was all. Every process has ended."))
    stage.look()


def join(stage, variant, port, name, others):
    """Start a client, again until the server is ready, type the name; wait until everyone knows."""
    server, client = stage.windows["server"], stage.windows[name]
    while not client.has(WELCOME):
        stage.start(name, f"{variant}_client.py", port)
        stage.wait(lambda: client.is_asking() or client.ended or server.ended)
        if client.is_asking():
            stage.type(name, name)
        stage.wait(lambda: client.has(WELCOME) or client.ended or server.ended)
        if server.ended:
            raise StageError(_("the server has ended: {line}").format(line=server.last_line()))
    stage.expect(f"Name is {name}", "server")
    stage.expect(f"{name} joined!", *others)
    stage.look()


def say(stage, name, text, others):
    """Type a message and wait until the others have got it."""
    stage.type(name, text)
    stage.expect(f"{name}: {text}", *others)
    stage.look()


def is_bound(window, variant, port):
    """Say whether the server has its port, or will never have it."""
    if window.ended:
        return True
    with contextlib.suppress(psutil.Error):  # some systems tell nobody but root
        process = psutil.Process(window.process.pid)
        ask = getattr(process, "net_connections", None) or process.connections  # up to psutil 5
        sockets = ask(kind=f"{variant}4")
        listening = (psutil.CONN_LISTEN, psutil.CONN_NONE)
        return any(s.laddr.port == port and s.status in listening for s in sockets)
    return True  # join() starts a client again then


def free_port(variant):
    """Return the usual port if it is free, or else one that is."""
    kind = socket.SOCK_STREAM if variant == "tcp" else socket.SOCK_DGRAM
    for port in (PORT, 0):
        with socket.socket(socket.AF_INET, kind) as probe:
            if kind == socket.SOCK_STREAM and sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise StageError(_("no port is free"))


def perform(options):
    """Run the whole demo."""
    variant = "udp" if options.udp else "tcp"
    title = _("a chat for many over {variant}").format(variant=variant.upper())
    port = options.port or free_port(variant)
    console = Console()
    panels = sys.stdout.isatty() and not console.is_dumb_terminal
    display = Panels(title, console) if panels else Lines(title)
    names = ["server", "alice", "bob", "carol"]
    with Stage(names, display, fast=options.fast) as stage, display:
        conversation(stage, variant, port)
        if options.svg:
            save_picture(stage, title, options.svg)
        ending(stage, variant)


def port_number(text):
    """Return the number of a port that a server can listen on."""
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    problem = _("expected a number from 1 to 65535, got {text!r}").format(text=text)
    raise argparse.ArgumentTypeError(problem)


def parse(arguments):
    """Return what the command line asks for."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)  # its help is in it
    system = said.default(sys.stdout.encoding)
    first.add_argument("--lang", choices=said.LANGUAGES, default=system)
    said.use(system)
    said.use(first.parse_known_args(arguments)[0].lang)
    parser = argparse.ArgumentParser(description=_(__doc__.partition("\n")[0]))
    usual = _("port of the server (usually {port})").format(port=PORT)
    add = parser.add_argument
    add("--udp", action="store_true", help=_("over UDP instead of TCP"))
    add("--fast", action="store_true", help=_("without pauses for people to read"))
    add("--port", type=port_number, help=usual)
    add("--svg", type=Path, metavar=_("FILE"), help=_("write a picture to FILE"))
    add("--lang", choices=said.LANGUAGES, help=_("language of the captions: en or ru"))
    return parser.parse_args(arguments)


def main():
    """Run the demo and return its exit status."""
    options = parse(sys.argv[1:])
    sys.stdout.reconfigure(errors="replace")  # show what an old terminal cannot as "?"
    try:
        perform(options)
    except Interrupted as reason:
        return reason.status
    except BrokenPipeError:  # nobody reads what is shown
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (StageError, OSError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
