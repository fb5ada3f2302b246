"""Answers by mail: the address they come to, and the mailbox or the server they come through."""

import environ

env = environ.Env()

REPLY_ADDRESS: str = env.str("REPLY_ADDRESS", "")
"""The address mails are answered to, "reponse@coalition.example.org"; empty: nobody can answer by mail."""
REPLY_IMAP_URL: str = env.str("REPLY_IMAP_URL", "")
"""A mailbox of its own to collect them from: imaps://user:password@host/INBOX (imap:// inside one machine)."""

REPLY_SCHEDULE: dict[str, dict[str, object]] = {
    "act on answers that wait": {
        "task": "coalition.notifications.tasks.act_on_answers",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "collect answers from the mailbox": {
        "task": "coalition.notifications.tasks.collect_answers",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
}
