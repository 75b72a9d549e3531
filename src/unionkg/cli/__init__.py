"""The command line: one module a command group; nothing here computes."""
