"""The site of `reform_cases`: `python manage.py migrate`, then `runserver`.

pip install reformkit django
"""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")
    execute_from_command_line(sys.argv)
