# -*- coding: utf-8 -*-
import socket, sys

host, port = '127.0.0.1', 14901
for i, arg in enumerate(sys.argv):
	if arg == '--host':
		host = sys.argv[i + 1]
	if arg == '--port':
		port = int(sys.argv[i + 1])

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((host, port))
users = {}
print('server is up')

def send(text, addr):
	try:
		s.sendto(text.encode('utf-8'), addr)
	except OSError:
		pass

try:
	while True:
		try:
			data, addr = s.recvfrom(16384)
		except ConnectionResetError:
			continue
		text = data.decode('utf-8', 'replace')
		if addr in users:
			name = users[addr]
			if text == '*' + name + ' left*':
				users.pop(addr)
				for a in users:
					send(text, a)
				continue
			if text.startswith(name + ':'):
				text = name + ':' + text[len(name) + 1:].lower()
			for a in users:
				if a != addr:
					send(text, a)
		else:
			name = text.strip()
			if name == '' or name in users.values():
				send('name', addr)
				continue
			print('Connected with', addr)
			print('Name is', name)
			send('You are connected!', addr)
			send('To terminate the connection to the server, enter leave', addr)
			for a in users:
				send(name + ' joined!', a)
			users[addr] = name
except KeyboardInterrupt:
	s.close()
