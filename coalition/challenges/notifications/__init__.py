"""Who is told what about challenges: each module declares its kinds when it is imported."""

from coalition.challenges.notifications import challenges, examples, responses

__all__ = ["challenges", "examples", "responses"]
