"""Search over everything public: consultations, clauses, votes, comments."""
