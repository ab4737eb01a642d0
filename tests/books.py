"""The bundled rulebook, read once for all tests of a process that change nothing about where it comes from."""

from functools import cache

import reformkit

bundled_book = cache(reformkit.load)
