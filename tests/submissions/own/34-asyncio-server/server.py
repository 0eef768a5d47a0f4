import asyncio

writers = {}


async def handle(reader, writer):
    name = (await reader.readline()).decode().strip()
    for other in writers.values():
        other.write(f"* {name} has joined\n".encode())
    writers[name] = writer
    try:
        while line := await reader.readline():
            for who, other in writers.items():
                if who != name:
                    other.write(f"{name}: ".encode() + line)
    except ConnectionError:
        pass
    del writers[name]
    writer.close()
    for other in writers.values():
        other.write(f"* {name} has left\n".encode())


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 7034)
    await server.serve_forever()


asyncio.run(main())
