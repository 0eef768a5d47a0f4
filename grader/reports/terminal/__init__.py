"""What people read in a terminal: the score table, progress, the watch screen."""
