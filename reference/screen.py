"""How the demo is shown: panels on a terminal, plain lines anywhere else, or a picture."""

import io
import re

from rich.align import Align
from rich.console import Console
from rich.layout import Layout
from rich.live import Live
from rich.panel import Panel
from rich.text import Text

COLOURS = {"server": "white", "alice": "green", "bob": "magenta", "carol": "cyan"}
WINDOW = "nox -s demo"  # the title of the window in the picture
CLIENT = re.compile(r"(Connected with \('127\.0\.0\.1', )(\d+)")
PICTURE_WIDTH, PICTURE_HEIGHT = 104, 27  # columns and lines: legible where a README is shown


class Lines:
    """For a pipe or a file: each line as plain text, with the name of its window before it."""

    def __init__(self, title):
        print(f"== {title}")
        self.shown = {}  # name -> lines of that window that are shown already

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def tell(self, stage):
        """Show what happens now."""
        self.settle(stage)
        print("==", stage.caption.replace("\n", " "), flush=True)

    def refresh(self, stage):
        """Show nothing until all of a step is there: the order is the same in every run then."""

    def settle(self, stage):
        """Show what is new, first where somebody did something."""
        new = {}
        for name, window in stage.windows.items():
            finished = window.lines[:-1]
            new[name] = finished[self.shown.get(name, 0) :]
            self.shown[name] = len(finished)
        for name, lines in sorted(new.items(), key=lambda item: not has_acted(item[1])):
            for line in lines:
                mark = ">" if line.typed and not line.printed else ":"
                print(f"{name}{mark} {line.printed}{line.typed}{line.note}", flush=True)


def has_acted(lines):
    """Say whether these lines are of somebody who typed something, or has ended."""
    return any(line.typed or line.note for line in lines)


class Panels:
    """For a terminal: a panel for each window, always the size of the terminal."""

    def __init__(self, title, console):
        self.title = title
        self.console = console
        self.live = Live(console=console, screen=True, auto_refresh=False)

    def __enter__(self):
        self.live.start()
        return self

    def __exit__(self, problem, *_):
        self.live.stop()
        if not problem:  # what was there last can still be looked at
            self.console.print(self.live.get_renderable(), height=min(30, self.console.height - 4))

    def tell(self, stage):
        """Show what happens now."""
        self.refresh(stage)

    def settle(self, stage):
        """Show everything that has happened."""
        self.refresh(stage)

    def refresh(self, stage):
        """Show everything that has happened, if only half a line."""
        self.live.update(view(stage, self.title, self.console.size), refresh=True)


class Tail:
    """A text of which the first lines are shown, and as many of the last as there is room for."""

    def __init__(self, text):
        self.text = text

    def __rich_console__(self, console, options):
        lines = list(self.text.wrap(console, options.max_width))
        room = options.height or len(lines)
        if len(lines) > room:  # how it began stays there: who it is, and that it was let in
            first = lines[: max(1, room // 5)]
            lines = [*first, Text("...", style="dim"), *lines[len(first) + 1 - room :]]
        yield Text("\n").join(lines)


def view(stage, title, size):
    """Return the whole screen: what happens now, the server, and the clients side by side."""
    server, *clients = stage.windows.values()
    margin = 1 if size.width > 90 else 0  # 80 columns are just enough for three clients
    whole, below = Layout(), Layout()
    caption = Align.center(Text(stage.caption, style="bold", justify="center"), vertical="middle")
    below.split_row(*(Layout(panel(client, margin)) for client in clients))
    whole.split_column(
        Layout(Panel(caption, title=title, border_style="yellow"), size=4),
        Layout(panel(server, margin), size=max(4, min(8, size.height - 18))),
        below,
    )
    return whole


def panel(window, margin):
    """Return the panel of one window; it is grey once the process has ended."""
    running = window.process and not window.ended
    style = COLOURS[window.name] if running else "bright_black"
    title = Text(f" {window.name} ", style=f"bold reverse {style}")
    return Panel(Tail(text_of(window)), title=title, border_style=style, padding=(0, margin))


def text_of(window):
    """Return the text in a window: names in their colours, reversed what was typed."""
    text = Text()
    for line in window.lines:
        printed = Text(line.printed)
        for name, colour in COLOURS.items():
            printed.highlight_words([name], style=colour)
        text.append(printed)
        text.append(line.typed, style=f"bold reverse {COLOURS[window.name]}")
        text.append(line.note + "\n", style="italic bright_black")
    text.rstrip()
    return text


def number_clients(stage):
    """Give the clients' ports, which differ from run to run, numbers that do not."""
    ports = {}
    for window in stage.windows.values():
        for line in window.lines:
            line.printed = CLIENT.sub(
                lambda match: f"{match[1]}{ports.setdefault(match[2], 50001 + len(ports))}",
                line.printed,
            )


def save_picture(stage, title, file):
    """Write the screen as it is now to an SVG file that loads nothing from elsewhere."""
    console = Console(
        file=io.StringIO(),
        record=True,
        width=PICTURE_WIDTH,
        height=PICTURE_HEIGHT,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        no_color=False,
    )
    number_clients(stage)
    console.print(view(stage, title, console.size))
    svg = console.export_svg(title=WINDOW, unique_id="demo").replace("&#160;", "\N{NO-BREAK SPACE}")
    # Rich links a font on the web; any fixed-width font does, each text states its length, and
    # no line needs to be cut at its edge.
    needless = r'@font-face \{.*?\}|<clipPath id="demo-line.*?</clipPath>| clip-path="url\(#demo-line[^"]*"'
    svg = re.sub(rf"(?:{needless})\s*", "", svg, flags=re.DOTALL)
    file.write_text(svg + "\n", encoding="utf-8", newline="\n")
