"""The product's settings with one page more: the trivial list that pages are measured beside."""

from chuangwen.settings import *  # noqa: F403

ROOT_URLCONF = "bench._urls"
