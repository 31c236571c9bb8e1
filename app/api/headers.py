"""Headers that every answer carries: nothing is loaded from elsewhere, nothing is guessed, framed or kept."""

from __future__ import annotations

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
