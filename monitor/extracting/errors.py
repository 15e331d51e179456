"""Faults of the program or of the machine while extracting; bad input is never one of them.

What a server sent, however broken, is an :class:`~plans.model.Extract` with a state and a reason.
"""


class ExtractError(Exception):
    """Base of everything that extracting may raise."""


class NotBytesError(ExtractError):
    """The caller handed over something else than bytes."""


class ChildUnavailableError(ExtractError):
    """The limited process that reads PDF, Office and OFD files could not be started or heard."""
