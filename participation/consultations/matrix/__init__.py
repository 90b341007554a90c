"""The response matrix: everything that was said with what became of it, on paper and on screen."""
