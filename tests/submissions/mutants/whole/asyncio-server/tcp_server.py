"""A chat server over TCP: a coroutine for each client."""

import asyncio

users = {}  # name -> StreamWriter


def send(writer, text):
    writer.write(text.encode() + b"\n")


def broadcast(text, sender):
    for name, writer in users.items():
        if name != sender:
            send(writer, text)


async def read_line(reader):
    try:
        line = await reader.readuntil(b"\n")
    except (asyncio.IncompleteReadError, OSError):
        return None
    return line[:-1].decode("utf-8", errors="replace")


async def serve(reader, writer):
    name = ""
    while not name or name in users:
        send(writer, "name")
        line = await read_line(reader)
        if line is None:
            writer.close()
            return
        name = line.strip()
    users[name] = writer
    send(writer, "You are connected!")
    send(writer, "To terminate the connection to the server, enter leave")
    broadcast(f"{name} joined!", name)
    while (line := await read_line(reader)) not in (None, f"*{name} left*"):
        broadcast(line, name)
    del users[name]
    broadcast(f"*{name} left*", name)
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 14901)
    await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
