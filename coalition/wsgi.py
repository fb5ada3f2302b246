"""WSGI entry point (gunicorn)."""

import os
import threading
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings.production")
application = get_wsgi_application()
threading.Thread(target=import_module("cases.querysets.live").warm_index, daemon=True).start()
