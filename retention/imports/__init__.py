"""Readers of published files: bytes in, typed rows and a list of problems out. No database."""
