"""Topics: a short closed list that says what consultations are about."""
