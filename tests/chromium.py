"""Debian's Chromium, driven by Playwright's library.

One per test process: a second Playwright beside a running one cannot start.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser")


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """The browser of this machine; its own sandbox is off only for root, who cannot use it."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "Chromium is missing; run: sh scripts/install_tools.sh"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()
