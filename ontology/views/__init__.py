"""Views over the schema: what other rooms and other systems need of it, generated and never written by hand."""
