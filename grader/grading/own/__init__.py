"""The grading of chats of their own protocol: stories are played, and each check is judged."""
