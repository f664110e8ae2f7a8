"""Addresses of the record: one list for each part of it."""

from django.urls import URLPattern, URLResolver, path

from retention.views import imports

IMPORTS = [
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:run>/", imports.import_run, name="import-run"),
    path("imports/<uuid:run>/confirm/", imports.import_confirm, name="import-confirm"),
    path("imports/<uuid:run>/retry/", imports.import_retry, name="import-retry"),
    path("imports/<uuid:run>/remove/", imports.import_drop, name="import-drop"),
]

urlpatterns: list[URLPattern | URLResolver] = [*IMPORTS]
