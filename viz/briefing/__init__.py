"""What a planner hands in: the briefing on a topic as a Word file, its content as plain data apart from its form."""
