"""Pages of challenges: the board, one challenge, its writing, its responses."""
