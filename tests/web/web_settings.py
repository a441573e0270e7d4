"""The settings of the web app for its tests: a folder of their own, passwords that cost nothing."""

import os
import tempfile

os.environ["COLEAD_DATA"] = tempfile.mkdtemp(prefix="colead-tests-")
os.environ["COLEAD_DATABASE"] = os.environ.get("COLEAD_TEST_DATABASE", "")

from colead.web.settings import *  # noqa: F403 - all of them

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["*"]
STATIC_ROOT.mkdir()  # noqa: F405 - one of them
