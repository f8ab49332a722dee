"""The product's settings for tests: a folder of its own per run, a quick password hasher, and the guard on GET."""

import atexit
import os
import shutil
import tempfile

if "CHUANGWEN_DATA" not in os.environ:  # the workers of pytest-xdist inherit the folder of their parent
    os.environ["CHUANGWEN_DATA"] = tempfile.mkdtemp(prefix="chuangwen-test-")
    atexit.register(shutil.rmtree, os.environ["CHUANGWEN_DATA"], ignore_errors=True)

from chuangwen.settings import *  # noqa: F403
from chuangwen.settings import DATABASES, MIDDLEWARE, STATIC_ROOT

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
DATABASES["default"]["CONN_MAX_AGE"] = None  # a long run must not lose the connection its test transaction is on
MIDDLEWARE = ["tests.guard.ReadOnlyGet", *MIDDLEWARE]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
