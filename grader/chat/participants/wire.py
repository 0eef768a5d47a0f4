"""Threads that move what a socket receives into an inbox."""

from __future__ import annotations

import contextlib
import selectors
import socket
import sys
import threading
import time

from grader.chat.inbox import MAX_MESSAGES, Inbox
from grader.chat.transcript import Transcript
from grader.fact import fact
from grader.result.verdict import EventKind
from grader.sandbox.clock import TICK

DRAIN_TIME = 10.0  # seconds: a flood never ends
STOP_TIME = 2.0  # seconds: after an interruption a thread may never end
SEEN = {"closed": "connection-closed", "reset": "connection-reset"}


class Reader:
    """A thread that moves what a socket receives into an inbox, until it is told to stop."""

    def __init__(self, sock: socket.socket, inbox: Inbox, who: str, transcript: Transcript) -> None:
        self._socket, self._inbox, self._who, self._transcript = sock, inbox, who, transcript
        # A thread blocked in recv would keep the connection open after close():
        # it waits in select instead, where one byte from this pair wakes it.
        self._wake, self._woken = socket.socketpair()
        self._taking = threading.Lock()  # held from receiving a piece until it is in the inbox
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _ in selector.select()]
                with self._taking:
                    if self._woken in ready or not self._take():
                        return

    def drain(self) -> bool:
        """Wait until all that has been sent so far is in the inbox: on loopback it is there.

        The thread itself may have had no turn yet on a busy machine; False if it got none for
        very long. A flood is not waited for.
        """
        until = time.monotonic() + DRAIN_TIME
        while self._thread.is_alive() and not self._inbox.is_full:
            with self._taking, selectors.DefaultSelector() as selector:
                selector.register(self._socket, selectors.EVENT_READ)
                if not selector.select(0):
                    return True
            if time.monotonic() > until:
                return False
            time.sleep(TICK / 20)
        return True

    def _take(self) -> bool:
        """Receive once; False at the end of the stream."""
        try:
            data = self._socket.recv(65536)
        except OSError:
            return self._end("reset")
        if not data:
            return self._end("closed")
        self._note(data)
        self._acknowledge()
        return True

    def _acknowledge(self) -> None:
        """Acknowledge at once, where the system can.

        A sender without TCP_NODELAY holds back a second small message until the first is
        acknowledged, up to 40 ms; it rests meanwhile. The option does not last (tcp(7)).
        """
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def _note(self, data: bytes) -> None:
        self._inbox.feed(data)
        self._transcript.add(EventKind.GETS, self._who, data.decode(errors="backslashreplace"))

    def _end(self, how: str) -> bool:
        self._transcript.add(EventKind.SEES, self._who, fact=fact(SEEN[how]))
        self._inbox.end(how)
        return False

    def stop(self) -> None:
        """End the thread; the socket is as it was."""
        with contextlib.suppress(OSError):
            self._wake.send(b"x")
        self._thread.join(STOP_TIME)
        self._wake.close()
        self._woken.close()


DATAGRAM_WAIT = 0.1  # seconds: the timeout of a socket that a DatagramReader reads


class DatagramReader(Reader):
    """A reader for datagrams: one may be empty, and a refusal is not the end.

    Its socket must have a timeout: what select has told of may be gone when it looks.
    """

    def _take(self) -> bool:
        with contextlib.suppress(OSError):  # a refusal; TimeoutError is one of them
            self._note(self._socket.recv(65536))
        return True

    def finish(self) -> None:
        """End the thread, and take in what it has not come to: a busy machine lets it wait.

        On loopback, what has been sent is there.
        """
        self.stop()
        self._socket.setblocking(False)
        for _one in range(MAX_MESSAGES):
            try:
                self._note(self._socket.recv(65536))
            except BlockingIOError:
                return
            except OSError:  # a refusal
                continue
