"""The page behind the link that stops a kind of mail."""
