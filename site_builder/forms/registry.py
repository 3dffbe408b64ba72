"""The forms that the site offers. Only pure models of the functions come in here."""

from __future__ import annotations

from chalicelib.arnaque.model import FORM as ARNAQUE
from chalicelib.forms.spec import FormSpec
from chalicelib.pre_plainte.model import FORM as PRE_PLAINTE
from chalicelib.signalement.model import FORM as SIGNALEMENT

FORMS: tuple[FormSpec, ...] = (PRE_PLAINTE, SIGNALEMENT, ARNAQUE)
