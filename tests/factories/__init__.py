"""Makes records for tests; each factory makes what it needs below it."""
