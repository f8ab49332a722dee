"""What can go wrong with a paper; every message is Chinese and says what to do next."""


class WordError(ValueError):
    """A paper, template or conversion that cannot be done."""


class PaperRefused(WordError):
    """The content breaks a rule of the paper, e.g. one figure with two values."""


class TemplateRefused(WordError):
    """The uploaded template is unsafe, damaged or lacks a place for the text."""


class FigureMismatch(WordError):
    """A file shows one figure with two different texts."""


class PdfUnavailable(WordError):
    """LibreOffice is missing or could not convert the file."""
