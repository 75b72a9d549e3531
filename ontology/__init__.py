"""What may be said: the schema, the vocabularies, the regions and the value types."""
