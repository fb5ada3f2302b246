"""gunicorn in a container: gunicorn -c deploy/gunicorn.conf.py coalition.wsgi:application"""

import os

bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# nginx answers after 30 s; a worker that hangs longer is replaced
timeout = 60
graceful_timeout = 20
keepalive = 75
# a slow leak never lives long; the jitter keeps workers from leaving together
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108 (memory instead of a disk that may stall)
control_socket_disable = True
accesslog = None
