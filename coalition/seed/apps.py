from django.apps import AppConfig


class SeedConfig(AppConfig):
    name = "coalition.seed"
    label = "seed"
    default_auto_field = "django.db.models.BigAutoField"
