"""Documents in, records out: read, lay out, cut into accounts, read each field, resolve names."""
