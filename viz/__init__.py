"""Pictures: self-contained pages that open without a network."""
