"""Deadlines as calendars: everybody's, and each person's own at an address nobody can guess."""
