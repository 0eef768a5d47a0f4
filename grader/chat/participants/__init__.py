"""Whoever takes part in a chat: scripted clients and servers, and students' programs."""
