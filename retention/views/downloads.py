"""Files to be saved."""

from django.http import HttpResponse


def download(content: str | bytes, kind: str, name: str) -> HttpResponse:
    """Return a file of a content type (`kind`) that the browser saves as `name`.

    `name` goes into a header as it is: it is made of codes and days, never of what a user typed.
    """
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
