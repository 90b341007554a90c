"""What each template of the consultations needs.

parts     shared pieces: stage bar, outline, clauses, comments
reading   list, consultation, chapter
talking   clause with its thread, one thread, a correction
desk      the officers' pages
"""
