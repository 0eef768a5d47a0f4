"""What a student's process may reach, and how it is started, watched and ended."""
