"""Questions: the packs, the library that runs them, and search."""
