"""What helps to read a draft: words in plain language beside clauses, and a glossary of its terms.

Neither is law: both say so where they stand.
"""
