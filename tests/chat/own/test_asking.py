"""What a program asks is understood by what stands on its screen."""

from __future__ import annotations

import pytest

from grader.chat.own.asking import Asks, asked

QUESTIONS = [
    ("Name: ", Asks.NAME),
    ("Enter your nickname", Asks.NAME),
    ("What is your name?\n", Asks.NAME),
    ("=== CHAT ===\nКак вас зовут? ", Asks.NAME),
    ("Введите имя пользователя: ", Asks.NAME),
    ("Введите ваш логин\n", Asks.NAME),
    ("Login: ", Asks.NAME),
    ("Who are you?\n> ", Asks.NAME),
    ("Server host [localhost]: ", Asks.HOST),
    ("Введите IP-адрес сервера: ", Asks.HOST),
    ("Имя сервера: ", Asks.HOST),
    ("Port to listen on: ", Asks.PORT),
    ("Введите порт: ", Asks.PORT),
    ("Enter host:port ", Asks.PORT),
    ("Room: ", Asks.ROOM),
    ("Название комнаты: ", Asks.ROOM),
    ("Password: ", Asks.PASSWORD),
    ("Continue? (y/n) ", Asks.YES),
    ("Press Enter to go on...", Asks.ELSE),
    ("How old are you? ", Asks.ELSE),
]
NO_QUESTIONS = [
    "",
    "> ",
    ">>> ",
    "You: ",
    "Вы: ",
    "Message: ",
    "Введите сообщение: ",
    "Type a message and press Enter: ",
    "Connected to the server!\n",
    "Welcome to the chat room\n",
    "Type bye to leave the chat.\n",
    "Введите 'выход' чтобы выйти из комнаты\n",
    "bob joined the chat\n",
    "Connected. Write something\n",
    "You are now in the room\n> ",
]


@pytest.mark.parametrize(("said", "kind"), QUESTIONS)
def test_a_question_is_understood(said: str, kind: Asks) -> None:
    """Names, hosts, ports, rooms and the like are asked for in English and in Russian."""
    question = asked(said)
    assert question is not None and question[0] is kind


@pytest.mark.parametrize("said", NO_QUESTIONS)
def test_a_prompt_for_messages_asks_nothing(said: str) -> None:
    """Who waits for a message, or only tells something, asks nothing."""
    assert asked(said) is None


def test_a_line_with_the_name_asks_nothing() -> None:
    """Once the name is given, a line in which it stands is a prompt or a greeting."""
    assert asked("alice: ", "alice") is None
    assert asked("alice: ") is not None
