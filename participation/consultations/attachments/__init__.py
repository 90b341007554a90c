"""Files beside a draft: explanatory notes, academic papers, maps, tables."""
