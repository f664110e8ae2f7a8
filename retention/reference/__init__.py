"""Published figures that the service brings along, each with its source."""
