"""What organisers see of the mail, and what they do about it."""
