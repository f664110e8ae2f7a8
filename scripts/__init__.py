"""What the Makefile runs that is neither Django's nor a package's command."""
