"""Headers by which mail programs put our mails together and stop them."""
