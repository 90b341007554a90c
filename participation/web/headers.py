"""The security headers of every answer: one policy for the site, a stricter one for casting."""

from flask import Flask, Response, request

from participation.web.site import site

_SELF_ONLY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_CASTING = _SELF_ONLY | {
    "form-action": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
_NO_DEVICES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
_CAST = "/cast/"


def init(app: Flask) -> None:
    """Puts the headers on every answer of `app`."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    casting = request.path.startswith(_CAST)
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _policy(_CASTING if casting else _SELF_ONLY))
    headers.setdefault("Referrer-Policy", "no-referrer" if casting else "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Permissions-Policy", _NO_DEVICES)
    if response.mimetype == "text/html":
        headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.add("Save-Data")
    if site().origin.startswith("https://"):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _policy(rules: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in rules.items())
