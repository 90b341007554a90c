"""The site's kernel: knows no Flask and no feature.

errors words      what can go wrong, and sentences to be said in the reader's language
clock ids text    time, identifiers, people's Markdown
access events     who may do what; what happened
db mail passwords rows, letters, secrets
"""
