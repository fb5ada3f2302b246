"""What people do with challenges and responses; each function is one transaction."""

from coalition.challenges.actions.answering import answer_response
from coalition.challenges.actions.concluding import close_challenge, reopen_challenge
from coalition.challenges.actions.publishing import publish_challenge, withdraw_challenge
from coalition.challenges.actions.reminding import remind_of_closing
from coalition.challenges.actions.responding import (
    DeadlinePassed,
    edit_response,
    name_response,
    send_response,
    withdraw_response,
)
from coalition.challenges.actions.writing import EditConflict, create_challenge, edit_challenge

__all__ = [
    "DeadlinePassed",
    "EditConflict",
    "answer_response",
    "close_challenge",
    "create_challenge",
    "edit_challenge",
    "edit_response",
    "name_response",
    "publish_challenge",
    "remind_of_closing",
    "reopen_challenge",
    "send_response",
    "withdraw_challenge",
    "withdraw_response",
]
