import os
import sys
import threading


class Screen(threading.Thread):
    """Prints what arrives."""

    def __init__(self, incoming):
        super().__init__(daemon=True)
        self.incoming = incoming
        self.expected = threading.Event()

    def run(self):
        for line in self.incoming:
            print(line, flush=True)
        if not self.expected.is_set():
            print("The server has gone.", file=sys.stderr, flush=True)
            os._exit(1)
