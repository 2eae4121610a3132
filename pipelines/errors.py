"""Two families of errors: what the user can mend (a sentence), and faults of ours (logged under an id)."""

import logging
import uuid

log = logging.getLogger("cermin")


class UserError(Exception):
    """One clear Indonesian sentence: where, what was found, what is expected, how to mend it."""


class NotYours(UserError):
    """What was asked for exists, but not for this viewer."""


def report(fault: BaseException) -> str:
    """Log a fault of ours with its traceback under a new short id; the id is all that a viewer is told."""
    fault_id = uuid.uuid4().hex[:8]
    log.error("galat %s", fault_id, exc_info=fault)
    return fault_id
