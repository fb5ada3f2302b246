"""Django's own admin, for whoever operates the site at night: the outbox and the log, to read. Mounted on request."""
