import argparse
import os
import socket
import sys
import threading


def parse():
	parser = argparse.ArgumentParser()
	parser.add_argument("--host", default="127.0.0.1")
	parser.add_argument("--port", type=int, default=14901)
	return parser.parse_args()


def listen(stream):
	# печатаем всё, что приходит
	try:
		for line in stream:
			if line.endswith("\n"):
				print(line[:-1], flush=True)
	except OSError:
		pass
	# соединение закрыто
	print("Connection closed", file=sys.stderr, flush=True)
	os._exit(1)


def main():
	args = parse()
	sock = socket.socket()
	sock.connect((args.host, args.port))
	stream = sock.makefile("r", encoding="utf-8", errors="replace", newline="\n")
	name = ""
	try:
		while True:
			line = stream.readline()
			if not line:
				print("Connection closed", file=sys.stderr)
				sys.exit(1)
			if line == "name\n":
				name = input("What is your name? ").strip()
				sock.sendall((name + "\n").encode())
				continue
			print(line[:-1], flush=True)
			if line == "You are connected!\n":
				break
	except (EOFError, KeyboardInterrupt):
		sys.exit(0)
	thread = threading.Thread(target=listen, args=(stream,))
	thread.daemon = True
	thread.start()
	try:
		while True:
			text = input()
			if text == "leave":
				break
			if text != "":
				sock.sendall((name + ": " + text + "\n").encode())
	except (EOFError, KeyboardInterrupt):
		pass
	sock.sendall(("*" + name + " left*\n").encode())
	thread.join(3)
	sys.exit(1)


if __name__ == "__main__":
	main()
