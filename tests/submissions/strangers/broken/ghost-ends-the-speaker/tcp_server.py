import argparse
import socket
import threading


class ChatServer:
	def __init__(self, host, port):
		self.users = {}
		self.lock = threading.Lock()
		self.sock = socket.socket()
		self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		self.sock.bind((host, port))
		self.sock.listen(128)

	def run(self):
		while True:
			conn, addr = self.sock.accept()
			print("Connected with", addr)
			threading.Thread(target=self.client, args=(conn,), daemon=True).start()

	def to_others(self, name, text):
		with self.lock:
			for n in self.users:
				if n != name:
					self.users[n].sendall((text + "\n").encode())

	def client(self, conn):
		name = None
		rest = b""
		conn.sendall(b"name\n")
		while True:
			try:
				data = conn.recv(16384)
			except ConnectionResetError:
				print("connection reset")
				return
			if not data:
				break
			rest += data
			done = False
			while b"\n" in rest and not done:
				line, rest = rest.split(b"\n", 1)
				line = line.decode("utf-8", errors="replace")
				if name is None:
					name = self.register(conn, line.strip())
				elif line == f"*{name} left*":
					done = True
				else:
					self.to_others(name, line)
			if done:
				break
		if name is not None:
			with self.lock:
				del self.users[name]
			self.to_others(name, f"*{name} left*")
		conn.close()

	def register(self, conn, name):
		with self.lock:
			if not name or name in self.users:
				conn.sendall(b"name\n")
				return None
			conn.sendall(b"You are connected!\n")
			conn.sendall(b"To terminate the connection to the server, enter leave\n")
			for other in self.users.values():
				other.sendall(f"{name} joined!\n".encode())
			self.users[name] = conn
			print("Name is", name)
			return name


if __name__ == "__main__":
	parser = argparse.ArgumentParser()
	parser.add_argument("--host", default="127.0.0.1")
	parser.add_argument("--port", type=int, default=14901)
	options = parser.parse_args()
	try:
		ChatServer(options.host, options.port).run()
	except KeyboardInterrupt:
		pass
