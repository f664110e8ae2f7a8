"""The mathematics of Retention Hub: arrays and dataclasses in, dataclasses and arrays out.

Nothing here knows of Django or of an app, so all of it can be used from a notebook.
"""
