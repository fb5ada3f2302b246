"""What the front page, the coalition’s page, the journal and the desk read; each in a fixed number of queries."""
