"""The WSGI entry point served by granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuangwen.settings")
application = get_wsgi_application()

# Every view is read now, not with the first request; then the 110,000 objects of the started program, which live as
# long as it does, are set aside: walking them held up one request in twenty for 50 ms. A page makes some 10,000
# objects; garbage is looked for as often, not every 700 (docs/decisions/0010-speed.md).
get_resolver().url_patterns  # noqa: B018  reading them is the point
gc.collect()
gc.freeze()
gc.set_threshold(10_000)
