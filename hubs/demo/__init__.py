"""The demo hub: synthetic, plainly fictional, the same on every machine on the same day.

`load_demo` makes it. Only shapes are real: ages, sexes, roles and list sizes follow the published
figures of England named in hubs/demo/national.py; every place, code, person and number is made up.
"""
