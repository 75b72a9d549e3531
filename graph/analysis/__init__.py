"""Analysis of how practices spread (see docs)."""
