"""Work off the request. Each module imports the actions that its tasks do, and no action that
enqueues them."""
