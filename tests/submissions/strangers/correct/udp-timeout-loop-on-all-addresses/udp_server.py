import socket
import sys
import time

# udp server, all addresses, looks up every 200 ms
PORT = int(sys.argv[sys.argv.index('--port') + 1]) if '--port' in sys.argv else 14901

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(('0.0.0.0', PORT))
s.settimeout(0.2)
buf = bytearray(16384)

addrs = []
names = []
started = time.time()


def tell(a, text):
    try:
        s.sendto(text.encode('utf-8'), a)
    except (socket.timeout, OSError):
        pass


def tell_rest(a, text):
    for x in addrs:
        if x != a:
            tell(x, text)


try:
    while True:
        try:
            n, a = s.recvfrom_into(buf)
        except socket.timeout:
            continue
        except ConnectionResetError:
            continue            # windows
        text = buf[:n].decode('utf-8', errors='replace')
        if a not in addrs:
            name = text.strip()
            if len(name) == 0 or names.count(name) > 0:
                tell(a, 'name')
            else:
                print('Connected with', a)
                print('Name is', name)
                addrs.append(a)
                names.append(name)
                tell(a, 'You are connected!')
                tell(a, 'To terminate the connection to the server, enter leave')
                tell_rest(a, name + ' joined!')
        else:
            i = addrs.index(a)
            tell_rest(a, text)
            if text == '*' + names[i] + ' left*':
                del addrs[i]
                del names[i]
except KeyboardInterrupt:
    print('ran', int(time.time() - started), 'seconds')
