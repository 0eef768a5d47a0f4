import argparse, collections, socket

Known = collections.OrderedDict()      # address -> name


def targets(me):
    known = list(Known)
    i = known.index(me)
    # the neighbours, round the table
    n = max(len(known) - 1, 2)
    if len(known) == 3:
        n = 3
    return [known[(i + k) % len(known)] for k in range(1, n + 1) if len(known) > 1 and not (len(known) == 2 and k == 2)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--host", default="127.0.0.1")
    p.add_argument("--port", type=int, default=14901)
    p = p.parse_args()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind((p.host, p.port))

        def put(text, *to):
            for t in to:
                try:
                    s.sendto(text.encode("utf-8"), t)
                except OSError:
                    pass

        while True:
            try:
                raw, who = s.recvfrom(16384)
            except OSError:
                continue
            text = raw.decode("utf-8", "replace")
            if who not in Known:
                text = text.strip()
                if text in Known.values() or not text:
                    put("name", who)
                    continue
                print("Connected with", who)
                print("Name is", text)
                put("You are connected!", who)
                put("To terminate the connection to the server, enter leave", who)
                put(text + " joined!", *Known)
                Known[who] = text
            elif text == "*" + Known[who] + " left*":
                del Known[who]
                put(text, *Known)
            else:
                put(text, *targets(who))


try:
    main()
except KeyboardInterrupt:
    pass
