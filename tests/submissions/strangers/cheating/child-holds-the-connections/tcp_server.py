"""Parent: a thread for each connection. Child: does the work, with asyncio."""
import argparse, asyncio, os, select, socket, threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()
listener = socket.create_server((args.host, args.port), backlog=128)
here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def child():
    listener.close()
    here.close()
    people = {}

    def others(text, me):
        for name, writer in people.items():
            if name != me:
                writer.write(text.encode() + b"\n")

    async def serve(sock):
        reader, writer = await asyncio.open_connection(sock=sock, limit=1 << 22)
        name = None
        try:
            while name is None:
                writer.write(b"name\n")
                line = await reader.readuntil()
                word = line.decode(errors="replace").strip()
                if word and word not in people:
                    name = word
            people[name] = writer
            writer.write(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
            others(name + " joined!", name)
            while (text := (await reader.readuntil())[:-1].decode(errors="replace")) != f"*{name} left*":
                others(text, name)
        except (asyncio.IncompleteReadError, OSError):
            pass
        if name:
            del people[name]
            others(f"*{name} left*", name)
        try:
            await writer.drain()
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        writer.close()

    async def main():
        loop, over, tasks = asyncio.get_running_loop(), asyncio.Event(), set()

        def arrived():
            data, fds, *_ = socket.recv_fds(there, 1, 1)
            if not data:
                return over.set()
            task = loop.create_task(serve(socket.socket(fileno=fds[0])))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        there.setblocking(False)
        loop.add_reader(there, arrived)
        await over.wait()

    asyncio.run(main())


def connection_thread(conn):
    socket.send_fds(here, [b"c"], [conn.fileno()])
    watch = select.poll()
    watch.register(conn, 0)         # only the end of the connection
    watch.poll()
    conn.close()


if os.fork() == 0:
    try:
        child()
    except KeyboardInterrupt:
        pass
    os._exit(0)
there.close()
try:
    while True:
        conn, address = listener.accept()
        print("Connected with", address, flush=True)
        threading.Thread(target=connection_thread, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    os._exit(0)
