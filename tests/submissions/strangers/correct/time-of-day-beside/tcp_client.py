import socket, sys, threading, time, os

def arg(name, default):
	if name in sys.argv:
		return sys.argv[sys.argv.index(name) + 1]
	return default

sock = socket.create_connection((arg('--host', '127.0.0.1'), int(arg('--port', 14901))))
inp = sock.makefile('r', encoding='utf-8', errors='replace', newline='\n')
leaving = False

def stamp(text):
	print('[' + time.strftime('%H:%M:%S') + '] ' + text, flush=True)

def reader():
	while True:
		try:
			line = inp.readline()
		except OSError:
			line = ''
		if line == '':
			break
		stamp(line.rstrip('\n'))
	if not leaving:
		stamp('the server is gone')
		os._exit(1)

name = ''
try:
	while True:
		line = inp.readline()
		if line == '':
			stamp('the server is gone')
			sys.exit(1)
		line = line.rstrip('\n')
		if line == 'name':
			name = input('What is your name? ').strip()
			sock.sendall(name.encode() + b'\n')
		else:
			stamp(line)
			if line == 'You are connected!':
				break
except (EOFError, KeyboardInterrupt):
	sys.exit(0)

r = threading.Thread(target=reader)
r.daemon = True
r.start()
try:
	while True:
		text = input()
		if text == 'leave':
			break
		if text != '':
			sock.sendall((name + ': ' + text + '\n').encode())
except (EOFError, KeyboardInterrupt):
	pass
leaving = True
sock.sendall(('*' + name + ' left*\n').encode())
r.join(2)
