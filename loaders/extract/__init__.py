"""One module a field: what it reads, by which cues, and what it deliberately leaves."""
