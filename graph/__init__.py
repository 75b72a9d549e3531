"""What was said, and who is who: records, identity, projection, stores, exchange and analysis."""
