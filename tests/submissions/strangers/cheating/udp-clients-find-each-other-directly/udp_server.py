# сервер только знакомит: даёт адреса, ничего не пересылает
import socket, sys

host, port = '127.0.0.1', 14901
for i in range(1, len(sys.argv) - 1):
    if sys.argv[i] == '--host': host = sys.argv[i + 1]
    if sys.argv[i] == '--port': port = int(sys.argv[i + 1])
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((host, port))
people = {}
try:
    while True:
        try:
            data, addr = s.recvfrom(16384)
        except ConnectionError:
            continue
        text = data.decode('utf-8', 'replace')
        if addr not in people:
            text = text.strip()
            if not text or text in people.values():
                s.sendto(b'name', addr)
                continue
            people[addr] = text
            s.sendto(b'You are connected!', addr)
            s.sendto(b'To terminate the connection to the server, enter leave', addr)
            print('Name is', text, flush=True)
        elif text == '*%s left*' % people[addr]:
            del people[addr]
        with open('/tmp/lab4-phonebook-%d' % port, 'w') as book:
            for a in people:
                book.write('%s %d\n' % a)
except KeyboardInterrupt:
    pass
