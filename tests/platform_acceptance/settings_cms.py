"""Studio under test."""

from cms.envs.test import *  # noqa: F403 - a Django settings module is the names that it has
from platform_acceptance import overlay

overlay.apply(globals(), "cms")
