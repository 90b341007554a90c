"""The security headers of every answer: one policy for the site, a stricter one for casting.

The second device's page may use the camera, to scan a code, and may ask the ballot box of another
site: nothing else may, anywhere.
"""

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
_CAMERA_ONLY = _NO_DEVICES.replace("camera=()", "camera=(self)")
_CAST = "/cast/"
_SECOND_DEVICE = "/second-device"


def allow_to_ask(response: Response, origin: str) -> None:
    """Lets the casting page in `response` speak to the ballot box at `origin` besides this site."""
    rules = _CASTING | {"connect-src": f"'self' {origin}"}
    response.headers["Content-Security-Policy"] = _policy(rules)


def init(app: Flask) -> None:
    """Puts the headers on every answer of `app`."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    casting = request.path.startswith(_CAST)
    scanning = request.path == _SECOND_DEVICE
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _policy(_rules(casting, scanning)))
    headers.setdefault("Referrer-Policy", "no-referrer" if casting else "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Permissions-Policy", _CAMERA_ONLY if scanning else _NO_DEVICES)
    if response.mimetype == "text/html":
        headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.add("Save-Data")
    if site().origin.startswith("https://"):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _rules(casting: bool, scanning: bool) -> dict[str, str]:
    if casting:
        return _CASTING
    if scanning:
        # Plain http only where this site is plain http itself: when trying it out.
        other_boxes = "https:" if site().origin.startswith("https://") else "https: http:"
        return _SELF_ONLY | {"connect-src": f"'self' {other_boxes}"}
    return _SELF_ONLY


def _policy(rules: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in rules.items())
