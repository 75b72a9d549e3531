"""The explorer: one self-contained page in which planners see what spread where, and where it says so."""
