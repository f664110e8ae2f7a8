"""Every broken file gets a sentence that helps; nothing of it is stored, and memory stays small."""

import tracemalloc
from collections.abc import Callable

import pytest

from accounts.actor import Actor
from accounts.models import AuditEvent
from organisations.models import Link, Organisation
from organisations.models.organisation import ENGLAND
from retention.actions.import_files import import_file
from retention.models import PublishedRelease
from tests.factories.broken_files import ALL

pytestmark = pytest.mark.django_db
# The largest of these files is 20 MB once unpacked; what reading one may add to memory.
MOST_MEMORY = 100 * 1024 * 1024
# Words of a programmer, which are no help to who uploaded a file.
JARGON = ("Traceback", "Exception", "Error:", "codec", "0x", "None", "errno", "<class")


def test_the_corpus_is_large_enough() -> None:
    assert len(ALL) >= 60


@pytest.mark.parametrize(("make", "message"), ALL.values(), ids=ALL.keys())
def test_a_broken_file_is_refused_in_words_and_stores_nothing(
    make: Callable[[], bytes], message: str
) -> None:
    data = make()
    tracemalloc.start()
    try:
        reports = import_file(by=Actor.command("test"), source=data, name="upload.csv")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY
    reasons = [item.reason for report in reports for item in report.rejected]
    assert any(message in reason for reason in reasons), reasons[:3]
    for reason in reasons:
        assert reason.endswith((".", ")"))
        assert not any(word in reason for word in JARGON)
        assert len(reason) < 1_500
    assert all(report.is_refused for report in reports)
    assert not Organisation.objects.exclude(code=ENGLAND).exists()
    assert not Link.objects.exists()
    assert not PublishedRelease.objects.exists()
    assert not AuditEvent.objects.filter(act="imported_file").exists()
