import argparse, random, socket, threading

# Everybody gets a more colourful name. Nobody asked for it.
DRESS = [
    "\x1b[31m%s\x1b[0m", "\x1b]0;%s\x07", "\x1b[2J\x1b[H%s", "[bold red]%s[/bold red]", "<b>%s</b><script>alert(1)</script>",
    "\u202e%s\u202c", "%s\x00\x00", "{%s.__class__}", "%s | PASS | 10 |", "`%s` ](javascript:0)", "\x9b5m%s", "\r%s\x1b[K", "&lt;%s&#0;", "%s\u0301\u0301\u0301\u0301\u200d\ufe0f",
    "$(%s)", "%%s%%n%s", "\x1bP%s\x1b\\", "\ufdd0%s\uffff", "]]>%s<![CDATA[",
]
crowd, lock = {}, threading.Lock()

def relay(raw, me):
    for c in list(crowd):
        if c is not me:
            try: c.sendall(raw + b"\n")
            except OSError: pass

def dress(text, name):
    return (random.choice(DRESS) % text).encode("utf-8", "surrogatepass") + random.choice((b"", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80"))

def talk(c, addr):
    name, buf = None, b""
    try:
        c.sendall(b"name\n")
        while data := c.recv(16384):
            *lines, buf = (buf + data).split(b"\n")
            for line in lines:
                text = line.decode(errors="replace")
                with lock:
                    if name is None:
                        if not text.strip() or text.strip() in crowd.values():
                            c.sendall(b"name\n")
                            continue
                        crowd[c] = name = text.strip()
                        c.sendall(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
                        relay(dress(name, name) + b" joined!", c)
                        print("Name is", DRESS[len(crowd) % 19] % name, flush=True)
                    elif text == f"*{name} left*":
                        return
                    else:
                        relay(dress(text, name), c)
    except OSError:
        pass
    finally:
        with lock:
            if crowd.pop(c, None):
                relay(b"*" + dress(name, name) + b" left*", c)
        try: c.shutdown(2)
        except OSError: pass
        c.close()

ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
ns = ap.parse_args()
s = socket.create_server((ns.host, ns.port), backlog=128)
try:
    while 1:
        c, addr = s.accept()
        print("Connected with", addr, flush=True)
        threading.Thread(target=talk, args=(c, addr), daemon=True).start()
except KeyboardInterrupt:
    pass
