"""Every way a request can fail, each with its HTTP status and stable code.

The code names the sentence shown to the person (`content/formulaires/commun.yaml`).
Never put what the person wrote in a message: messages reach the logs.
"""

from __future__ import annotations

from typing import ClassVar


class IntakeError(Exception):
    """Base of all expected failures."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"


class InvalidSubmissionError(IntakeError):
    """The form was filled in wrongly; `fields` maps a field name to an error code."""

    status = 422
    code = "invalid_submission"

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(f"{len(fields)} invalid fields")
        self.fields = fields


class UnreadableBodyError(IntakeError):
    """The body is not what its content type says: broken UTF-8, too many fields…"""

    status = 400
    code = "unreadable_body"


class UnknownActionError(IntakeError):
    """The submit button is none of ours."""

    status = 400
    code = "unknown_action"


class CrossSiteError(IntakeError):
    """Another site posted this form: the person did not choose to send it."""

    status = 403
    code = "cross_site"


class UnknownPageError(IntakeError):
    """No page has this address."""

    status = 404
    code = "unknown_page"


class MethodRefusedError(IntakeError):
    """The page exists, but not for this method."""

    status = 405
    code = "method_refused"


class BodyTooLargeError(IntakeError):
    """The body is over the limit of its route."""

    status = 413
    code = "body_too_large"


class UnsupportedBodyError(IntakeError):
    """The content type is none of those that the route reads."""

    status = 415
    code = "unsupported_body"


class TooManyRequestsError(IntakeError):
    """A global or per-form limit is reached; nothing was recorded."""

    status = 429
    code = "too_many_requests"

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"retry after {retry_after_s} s")
        self.retry_after_s = retry_after_s


class ClosedError(IntakeError):
    """This form takes nothing here: no recipient, or the mode of the site forbids it."""

    status = 503
    code = "closed"


class StoreUnavailableError(IntakeError):
    """The store did not answer; nothing was recorded, retrying is safe."""

    status = 503
    code = "store_unavailable"


class StoreUncertainError(StoreUnavailableError):
    """The store was asked and its answer was lost: recorded or not, retrying is safe."""

    code = "store_uncertain"


class TokenError(IntakeError):
    """The token of a check page is not accepted; the check page is shown again.

    `reference` is that of the record already made from the same check page, if any.
    """

    status = 409
    code = "token_unreadable"

    def __init__(self, reference: str = "") -> None:
        super().__init__(self.code)
        self.reference = reference


class TokenUnreadableError(TokenError):
    """Forged, cut, or made with a key that is no longer accepted."""


class TokenExpiredError(TokenError):
    """Made by us, too long ago."""

    code = "token_expired"


class ContentChangedError(TokenError):
    """The answers are not those of the check page that carries this token."""

    code = "content_changed"
