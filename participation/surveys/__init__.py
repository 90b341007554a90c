"""Surveys: a few questions beside a draft or by themselves, one sheet of answers per person.

asked       what a question is, and what may be asked; pure
sheets      what somebody answered: reading it, leaving out what was not asked, faults; pure
disclosure  which numbers are shown, so that none tells about a few people; pure
"""
