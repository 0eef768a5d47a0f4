"""The participants of a chat: scripted clients and servers, and students' programs."""
