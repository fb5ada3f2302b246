"""Addresses nothing is sent to any more: what comes back, what it means, and the list."""
