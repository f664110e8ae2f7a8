"""Sets the suite's environment; pytest loads this as a plugin, before Django reads its settings."""

import atexit
import os
import shutil
import tempfile

os.environ["RETENTION_HUB_ENV"] = "test"

# Two runs at once in one checkout do not meet, and none touches the developer's own data.
# The processes of one run share a folder: only the first of them makes and removes it.
if "RETENTION_HUB_TEST_DIR" not in os.environ:
    folder = tempfile.mkdtemp(prefix="retention-hub-test-")
    os.environ["RETENTION_HUB_TEST_DIR"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ["RETENTION_HUB_DATA_DIR"] = os.environ["RETENTION_HUB_TEST_DIR"]
