import argparse
import asyncio
import queue
import threading


class Clerk(threading.Thread):
    """Every user has a clerk: woken for each message, writes the log."""

    def __init__(self):
        super().__init__(daemon=True)
        self.inbox: "queue.SimpleQueue[str | None]" = queue.SimpleQueue()
        self.start()

    def run(self) -> None:
        count = 0
        while self.inbox.get() is not None:
            count += 1


class Chat:
    def __init__(self) -> None:
        self.users: dict[str, asyncio.StreamWriter] = {}

    def others(self, text: str, name: str) -> None:
        for user, writer in self.users.items():
            if user != name:
                writer.write(text.encode() + b"\n")

    async def client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        clerk, name = Clerk(), ""
        print("Connected with", writer.get_extra_info("peername"), flush=True)
        try:
            while not name:
                writer.write(b"name\n")
                line = await reader.readuntil(b"\n")
                wish = line.decode(errors="replace").strip()
                if wish and wish not in self.users:
                    name = wish
            self.users[name] = writer
            writer.write(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
            self.others(f"{name} joined!", name)
            print("Name is", name, flush=True)
            while True:
                text = (await reader.readuntil(b"\n"))[:-1].decode(errors="replace")
                clerk.inbox.put(text)
                if text == f"*{name} left*":
                    break
                self.others(text, name)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            clerk.inbox.put(None)
            if name:
                del self.users[name]
                self.others(f"*{name} left*", name)
            writer.close()


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    server = await asyncio.start_server(Chat().client, args.host, args.port, limit=1 << 22, backlog=200)
    async with server:
        await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
