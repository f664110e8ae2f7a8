"""Static files: hashed names, with the design system's missing source map left alone."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from config.storage import StaticStorage

CSS = "nhsuk/css/nhsuk-frontend-10.4.2.min.css"


def test_css_is_hashed_although_its_source_map_is_missing(tmp_path: Path) -> None:
    source = finders.find(CSS)
    assert isinstance(source, str)
    text = Path(source).read_bytes()
    assert b"sourceMappingURL" in text
    storage = StaticStorage(location=str(tmp_path), base_url="/static/")
    storage.save(CSS, ContentFile(text))
    files = {CSS: (FileSystemStorage(tmp_path), CSS)}
    failed = [error for _, _, error in storage.post_process(files) if isinstance(error, Exception)]
    assert not failed
    assert storage.stored_name(CSS) != CSS


def test_missing_image_is_still_an_error(tmp_path: Path) -> None:
    storage = StaticStorage(location=str(tmp_path), base_url="/static/")
    storage.save("a.css", ContentFile(b"a { background: url(missing.png) }"))
    files = {"a.css": (FileSystemStorage(tmp_path), "a.css")}
    errors = [error for _, _, error in storage.post_process(files) if isinstance(error, Exception)]
    with pytest.raises(Exception, match="missing.png"):  # whitenoise's own
        raise errors[0]
