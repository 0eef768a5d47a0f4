"""Messages: to everyone else, once, never back."""

from grader.chat.world import Chat
from grader.fact import fact


def test_two_users(chat: Chat) -> None:
    """Each of two users gets what the other says."""
    alice, bob = chat.join("alice", "bob")
    for sender in (alice, bob):
        chat.deliver(sender).expect_everywhere(
            fact("not-delivered"),
        )


def test_many_users(chat: Chat) -> None:
    """With five users, every message reaches everyone else exactly once."""
    everyone = chat.join("alice", "bob", "carol", "dave", "erin")
    deliveries = [chat.deliver(sender) for sender in everyone]
    for delivery in deliveries:
        for receiver in everyone:
            if receiver is not delivery.sender:
                delivery.counts[receiver.name] = receiver.count(delivery.line)
        delivery.expect_everywhere(
            fact("not-everywhere-once"),
            exactly=True,
        )


def test_sender_excluded(chat: Chat) -> None:
    """A message never comes back to its sender."""
    for sender in chat.join("alice", "bob", "carol"):
        delivery = chat.deliver(sender)
        sender.never_got(
            delivery.line,
            why=fact("echoed"),
        )
    # What a timer or another thread sends back later than the answer of the fence.
    chat.settle(0.2)
