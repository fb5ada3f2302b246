"""Reading cases: the public catalogue, and the pages behind it."""
