"""The day of a build is an input: the same input gives the same bytes."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from site_builder.errors import SiteBuilderError


def day_of_build(asked: str | None) -> date:
    """`--today`, else SOURCE_DATE_EPOCH, else the day of the clock.

    Raises:
        SiteBuilderError: the value is not a day.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if asked:
            return date.fromisoformat(asked)
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC).date()
    except ValueError as error:
        raise SiteBuilderError(f"« {asked or epoch} » n’est pas un jour AAAA-MM-JJ") from error
    return datetime.now(UTC).date()
