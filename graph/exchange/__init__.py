"""Ways out of and into the graph: the records themselves, RDF."""
