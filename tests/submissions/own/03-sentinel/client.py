import os
import socket
import threading

nickname = input("Choose a nickname: ")

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", 55555))


def receive():
    while True:
        try:
            message = client.recv(1024).decode("ascii")
            if message == "NICK":
                client.send(nickname.encode("ascii"))
            elif message:
                print(message)
        except OSError:
            print("An error occurred!")
            client.close()
            break


def write():
    while True:
        text = input("")
        if text == "quit":
            client.send(f"{nickname} left the chat!".encode("ascii"))
            client.close()
            os._exit(0)
        client.send(f"{nickname}: {text}".encode("ascii"))


threading.Thread(target=receive).start()
threading.Thread(target=write).start()
