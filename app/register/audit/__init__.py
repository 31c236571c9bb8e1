"""The record of who did what: written here, and asked for."""

from app.register.audit.recording import record, record_alone

__all__ = ["record", "record_alone"]
