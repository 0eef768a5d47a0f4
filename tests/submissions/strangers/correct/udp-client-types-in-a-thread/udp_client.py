import socket
import sys
import os
from threading import Thread, Event

# receiving in the main thread, typing in a thread
BUFFER = 16384

def parameters():
	host, port = '127.0.0.1', 14901
	for i in range(1, len(sys.argv), 2):
		if sys.argv[i] == '--host':
			host = sys.argv[i + 1]
		elif sys.argv[i] == '--port':
			port = int(sys.argv[i + 1])
	return host, port

class Typing(Thread):
	def __init__(self, sock, name):
		Thread.__init__(self, daemon=True)
		self.sock = sock
		self.name_of_user = name
		self.done = Event()

	def run(self):
		while True:
			line = sys.stdin.readline()
			if line in ('', 'leave\n', 'leave'):
				break
			line = line.rstrip('\n')
			if line != '':
				self.sock.send(f'{self.name_of_user}: {line}'.encode())
		self.sock.send(f'*{self.name_of_user} left*'.encode())
		self.done.set()

def main():
	sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
	sock.connect(parameters())
	while True:
		print('What is your name? ', end='', flush=True)
		name = sys.stdin.readline()
		if name == '':
			return
		name = name.strip()
		sock.send(name.encode())
		answer = sock.recv(BUFFER).decode(errors='replace')
		if answer != 'name':
			print(answer, flush=True)
			break
	typing = Typing(sock, name)
	typing.start()
	sock.settimeout(0.1)
	while not typing.done.is_set():
		try:
			print(sock.recv(BUFFER).decode(errors='replace'), flush=True)
		except socket.timeout:
			pass
		except ConnectionRefusedError:
			print('nobody is there', flush=True)
			os._exit(1)
		except KeyboardInterrupt:
			sock.send(f'*{name} left*'.encode())
			os._exit(0)

try:
	main()
except KeyboardInterrupt:
	os._exit(0)
