"""How far the models may be trusted: measures, rivals and runs on real and simulated people."""
