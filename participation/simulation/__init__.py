"""Whole elections with made-up voters, for rehearsals, benchmarks and tests."""
