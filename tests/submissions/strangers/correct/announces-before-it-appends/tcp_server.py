import socket, threading, argparse

ap = argparse.ArgumentParser()
ap.add_argument('--host', default='127.0.0.1')
ap.add_argument('--port', default=14901, type=int)
args = ap.parse_args()

users = []        # [socket, name], ...
m = threading.Lock()

def to_all(msg):
    for u in users:
        try:
            u[0].sendall(msg.encode('utf-8') + b'\n')
        except:
            pass

def to_rest(msg, me):
    for u in users:
        if u != me:
            try:
                u[0].sendall(msg.encode('utf-8') + b'\n')
            except:
                pass

def work(c, addr):
    print(f'Connected with {addr}')
    f = c.makefile('r', encoding='utf-8', errors='replace', newline='\n')
    me = None
    try:
        while me is None:
            c.sendall(b'name\n')
            answer = f.readline()
            if not answer.endswith('\n'):
                f.close()
                c.close()
                return
            answer = answer.strip()
            with m:
                if answer and answer not in [u[1] for u in users]:
                    # welcome, then tell the rest, and only then become one of them
                    c.sendall(b'You are connected!\n')
                    c.sendall(b'To terminate the connection to the server, enter leave\n')
                    to_all(answer + ' joined!')
                    me = [c, answer]
                    users.append(me)
        print(f'Name is {me[1]}')
        for text in f:
            if text[-1] != '\n':
                break
            text = text[:-1]
            if text == f'*{me[1]} left*':
                break
            with m:
                to_rest(text, me)
    except OSError:
        pass
    if me:
        with m:
            users.remove(me)
            to_all(f'*{me[1]} left*')
    f.close()
    c.close()

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((args.host, args.port))
s.listen(5)
try:
    while True:
        c, addr = s.accept()
        t = threading.Thread(target=work, args=(c, addr))
        t.daemon = True
        t.start()
except KeyboardInterrupt:
    s.close()
