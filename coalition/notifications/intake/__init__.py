"""Mails people answer us with: taken in, stored, acted upon, refused politely."""
