"""Headless Chromium for tests, over the DevTools protocol: what a browser sees, asks for and complains of.

No driver program and no Node is needed. `axe()` runs axe-core, which `npm ci` puts into node_modules.
"""

import base64
import itertools
import json
import os
import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import websocket

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # only our own pages are opened, and containers refuse the sandbox
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--remote-debugging-port=0",
)
SECONDS = 30
UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"
"""What opens every part of a page that is folded away."""


def find_chromium() -> str | None:
    """The browser named by CHROMIUM_PATH, else one on PATH, else one in a usual place."""
    if named := os.environ.get("CHROMIUM_PATH"):
        return named
    found = (shutil.which(program) for program in PROGRAMS)
    return next((p for p in found if p), next((p for p in PLACES if Path(p).exists()), None))


class Browser:
    """One Chromium with an empty profile."""

    def __init__(self, program: str, profile: Path):
        # HOME: nothing is read from, or left in, the user's own.
        command = [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        environment = {**os.environ, "HOME": str(profile)}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(command, env=environment, **quiet)
        port, path = self._wait_for_port(profile / "DevToolsActivePort")
        self._socket = websocket.create_connection(
            f"ws://127.0.0.1:{port}{path}", timeout=SECONDS, suppress_origin=True, http_no_proxy=["127.0.0.1"]
        )
        self._numbers = itertools.count(1)
        self._pages: dict[str, Page] = {}

    def _wait_for_port(self, file: Path) -> list[str]:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            if file.exists() and len(lines := file.read_text().split()) == 2:
                return lines
            time.sleep(0.05)
        self._process.kill()
        raise RuntimeError("Chromium did not start; try it by hand with --headless --no-sandbox")

    def open(self, place: str | Path, width: int = 1280, height: int = 900) -> "Page":
        """Open a URL or a file in a tab of its own, and wait until it is loaded."""
        context = self.send("Target.createBrowserContext")["browserContextId"]
        target = self.send("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self._pages[session] = Page(self, session, context)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.send(f"{domain}.enable")
        page.viewport(width, height)
        page.go(place)
        return page

    def send(self, method: str, session: str | None = None, **params: Any) -> Any:
        """Call one method of the protocol and return its result."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params}
        self._socket.send(json.dumps(message | ({"sessionId": session} if session else {})))
        while True:
            answer = self.receive()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def receive(self) -> dict[str, Any]:
        """Read one message; an event goes to its page."""
        message = json.loads(self._socket.recv())
        page = self._pages.get(message.get("sessionId"))
        if page and "method" in message:
            page.take(message["method"], message["params"])
        return message

    def forget(self, page: "Page") -> None:
        self.send("Target.disposeBrowserContext", browserContextId=page.context)
        self._pages.pop(page.session, None)

    def close_pages(self) -> None:
        for page in list(self._pages.values()):
            page.close()

    def close(self) -> None:
        with suppress(websocket.WebSocketException, OSError):
            self.send("Browser.close")
        self._socket.close()
        try:
            self._process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@dataclass
class Page:
    """One tab: `errors` of the console and the network, and every URL it requested."""

    browser: Browser
    session: str
    context: str
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    loaded: bool = False

    def send(self, method: str, **params: Any) -> Any:
        return self.browser.send(method, self.session, **params)

    def take(self, method: str, params: dict[str, Any]) -> None:
        """Note what an event says."""
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
            words = (str(a.get("value", a.get("description"))) for a in params["args"])
            self.errors.append(" ".join(words))
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.errors.append(f"{params['entry']['text']} {params['entry'].get('url', '')}".strip())

    def go(self, place: str | Path) -> None:
        """Navigate to a URL or a file and wait until it is loaded."""
        url = str(place) if "://" in str(place) else Path(place).resolve().as_uri()
        self.loaded = False
        if problem := self.send("Page.navigate", url=url).get("errorText"):
            raise RuntimeError(f"{url}: {problem}")
        while not self.loaded:
            self.browser.receive()

    def js(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited if it is a promise."""
        answer = self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if problem := answer.get("exceptionDetails"):
            raise RuntimeError(problem.get("exception", {}).get("description") or problem["text"])
        return answer["result"].get("value")

    def wait_for(self, condition: str, seconds: float = 5) -> None:
        """Wait until a JavaScript expression is true."""
        until = time.monotonic() + seconds
        while not self.js(f"Boolean({condition})"):
            if time.monotonic() > until:
                raise TimeoutError(f"still not true after {seconds:g} s: {condition}")
            time.sleep(0.05)

    def viewport(self, width: int, height: int, scale: float = 1, mobile: bool = False) -> None:
        """Set the window's size in CSS pixels; `mobile` obeys the page's viewport tag, as a phone does."""
        size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile}
        self.send("Emulation.setDeviceMetricsOverride", **size)

    def media(self, name: str = "", **features: str) -> None:
        """Show the page as printed (`media("print")`) or with a preference (`prefers_color_scheme="dark"`)."""
        wanted = [{"name": k.replace("_", "-"), "value": v} for k, v in features.items()]
        self.send("Emulation.setEmulatedMedia", media=name, features=wanted)

    def press(self, key: str) -> None:
        """Press and release a key, such as "Tab", "Enter" or "a"."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40}
        event = {"key": key, "code": key, "windowsVirtualKeyCode": codes.get(key, 0)}
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        self.send("Input.dispatchKeyEvent", type="keyDown", **event, **({"text": text} if text else {}))
        self.send("Input.dispatchKeyEvent", type="keyUp", **event)

    def screenshot(self, path: Path, full: bool = True) -> Path:
        """Save a PNG of the whole page, or of the window only."""
        params: dict[str, Any] = {"format": "png", "captureBeyondViewport": full}
        if full:
            size = self.send("Page.getLayoutMetrics")["cssContentSize"]
            params["clip"] = {**size, "scale": 1}
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", **params)["data"]))
        return path

    def axe(self, **options: Any) -> list[dict[str, Any]]:
        """What axe-core finds wrong: id, impact, help, and where; options as for `axe.run`."""
        self.js(AXE.read_text(encoding="utf-8") + ";0")
        found = self.js(f"axe.run(document, {json.dumps(options)}).then(r => r.violations)")
        names = ("id", "impact", "help")
        return [{k: v[k] for k in names} | {"where": [n["target"] for n in v["nodes"]]} for v in found]

    def close(self) -> None:
        self.browser.forget(self)
