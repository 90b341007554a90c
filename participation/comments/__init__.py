"""What residents say about a passage, and what the office answers.

Knows subjects only by kind, id and place, so any feature above may have threads. Stands above
`accounts`, below `consultations`.
"""
