"""Settings of a site that has only this app; the key and the database come from the environment."""

import os

SECRET_KEY = os.environ.get("OFFICE_KEY", "for trying it out only")
DEBUG = "OFFICE_KEY" not in os.environ
ALLOWED_HOSTS = os.environ.get("OFFICE_HOSTS", "localhost,127.0.0.1").split(",")
INSTALLED_APPS = ["reform_cases"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
ROOT_URLCONF = "reform_cases.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("OFFICE_DB", "office.sqlite3")}}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
