"""Custody: when a hold must end, what a case's record shows was missed, and what it cannot tell.

Rules can question or end a hold, never extend one, and no answer grants authority. Nothing here infers a
person's status, and nothing is kept that names a person. None of it is legal advice.
"""
