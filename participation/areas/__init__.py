"""Administrative areas, from the province to the kelurahan, and where each resident lives."""
