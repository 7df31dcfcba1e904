"""A real Chromium for the HTML page; `make test-browser` brings what it needs and says where axe-core is."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# Chromium's own traffic (updates, safe browsing) is not the page's; without the sandbox because CI runs as root.
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--no-first-run",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", type=Path, help="write the screenshots into this folder")


class Recorder(BaseHTTPRequestHandler):
    """Stands for every host there is, and writes down what it is asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def outside() -> list[str]:
    """Return what was asked of the world, whatever the host, since the test began."""
    Recorder.asked.clear()
    return Recorder.asked


@pytest.fixture(scope="session")
def browser(port: int) -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "Chromium is needed: apt-get install chromium, or CHROMIUM=/path/to/it"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=[*QUIET, f"--host-resolver-rules=MAP * 127.0.0.1:{port}"]
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    return Path(os.environ["AXE"]).read_text(encoding="utf-8")


@dataclass
class Visit:
    """An open page, and what it did: addresses it asked for, errors, what was said on the console."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def seen(self) -> list[str]:
        """Return the ids of the findings that can be seen."""
        return self.page.eval_on_selector_all(
            ".finding", "all => all.filter(e => e.checkVisibility()).map(e => e.id)"
        )


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    contexts = []

    def opened(
        text: str, width: int = 1280, height: int = 900, scripts: bool = True, scheme: str = "light"
    ) -> Visit:
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(text, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(5000)  # milliseconds; everything is on the page from the start
        context.set_default_navigation_timeout(30_000)
        visited = Visit(context.new_page())
        visited.page.on("request", lambda request: visited.requests.append(request.url))
        visited.page.on("pageerror", lambda error: visited.errors.append(str(error)))
        visited.page.on("console", lambda message: visited.console.append(message.text))
        visited.page.goto(path.as_uri())
        return visited

    yield opened
    for context in contexts:
        context.close()
