import os
import socket
import threading

name = input("What is your name? ")

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", 14901))


def receive():
    while True:
        try:
            message = client.recv(1024).decode()
            if message == "name":
                client.send(name.encode())
            elif message:
                print(message)
            else:
                break
        except:
            break
    print("The connection is closed")
    client.close()


def write():
    while True:
        text = input("")
        if text == "leave":
            client.send(f"*{name} left*".encode())
            client.close()
            os._exit(0)
        client.send(f"{name}: {text}".encode())


receive_thread = threading.Thread(target=receive)
receive_thread.start()

write_thread = threading.Thread(target=write)
write_thread.start()
