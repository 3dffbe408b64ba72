"""Why the tool cannot go on. Mistakes in the content are `Problem`s, not exceptions."""


class SiteBuilderError(Exception):
    """One French sentence, printed without a traceback; exit code 2."""


class ContentRefusedError(SiteBuilderError):
    """The content has problems: nothing is published; they were printed; exit code 1."""
