"""Letters of the organising team: written by one organiser, let go by another, read by those they are for."""
