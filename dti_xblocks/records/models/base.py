"""Who and where: what all records of learners have."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LearnerRecord(models.Model):
    """Who and where: shared by all records."""

    user_id = models.BigIntegerField(_("user id"), help_text=_("The platform's user id"))
    username = models.CharField(_("username"), max_length=255)
    # 255 characters is the length of usage and course keys on the platform; content libraries have no course.
    course_key = models.CharField(_("course key"), max_length=255, blank=True, db_index=True)
    usage_key = models.CharField(_("usage key"), max_length=255, db_index=True)

    class Meta:
        abstract = True
