"""The page in a real browser: Chromium, where there is one, driven by selenium."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support import diagrams, pages, samples

from grader.reports.html import page
from grader.result.grade import GradeResult

webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium")

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs chromium and chromedriver")
OPTIONS = ("--headless=new", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync")
THEMES = ("light", "dark")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser without a window, and with nothing of the user's."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    dialect = tmp_path_factory.mktemp("dialect")
    root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    for argument in (*OPTIONS, *root, f"--user-data-dir={dialect}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


Show = Callable[..., Any]


@pytest.fixture
def show(chromium: Any, tmp_path: Path) -> Show:
    """Open the page of a result from a file, at some width, in some theme or medium."""

    def open_(result: GradeResult, width: int = 1280, media: str = "light") -> Any:
        path = tmp_path / "result.html"
        path.write_text(page.dumps(result), encoding="utf-8", newline="\n")
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        theme = {"name": "prefers-color-scheme", "value": media if media in THEMES else "dark"}
        medium = "print" if media == "print" else "screen"
        wanted = {"media": medium, "features": [theme]}
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)
        for kind in ("browser", "performance"):
            chromium.get_log(kind)  # what the page before has left
        chromium.get(path.as_uri())
        return chromium

    return open_


def hostile(payload: str) -> GradeResult:
    """A result with this text in every field."""
    result = pages.rich()
    for path in pages.paths(result):
        result = pages.put(result, path, payload)
    return result


def is_open(driver: Any, selector: str) -> list[bool]:
    """Which of the details are unfolded."""
    script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.open)"
    found: list[bool] = driver.execute_script(script, selector)
    return found


BROWSERS_OWN = ("chrome:", "chrome-untrusted:", "data:")


def assert_quiet(driver: Any) -> None:
    """No complaint, no dialog, no script of a submission's, and nothing asked of anybody."""
    assert driver.get_log("browser") == []
    assert driver.execute_script("return typeof window.__hit") == "undefined"
    assert driver.execute_script("return performance.getEntriesByType('resource')") == []
    messages = [json.loads(line["message"])["message"] for line in driver.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if "request" in m["params"]]
    # A new browser may still load its own first page.
    asked = [url for url in asked if not url.startswith(BROWSERS_OWN)]
    assert set(asked) == {driver.current_url.partition("#")[0]}


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_page_is_quiet(name: str, show: Show) -> None:
    """The browser finds nothing to complain of, and loads the file alone."""
    assert_quiet(show(samples.SAMPLES[name]()))


@pytest.mark.parametrize("payload", pages.PAYLOADS.values(), ids=pages.PAYLOADS)
def test_nothing_hostile_runs(payload: str, show: Show) -> None:
    """Not even where everything is unfolded."""
    driver = show(hostile(payload))
    driver.find_element("id", "open-all").click()
    assert_quiet(driver)
    assert driver.execute_script("return document.scripts.length") == 1


def test_policy_is_enforced(show: Show) -> None:
    """Were something to slip through, the browser would not run it."""
    driver = show(samples.failing())
    driver.execute_script(
        "const one = document.createElement('script');"
        "one.textContent = 'window.__hit = 1'; document.body.append(one);"
        "document.body.setAttribute('onclick', 'window.__hit = 1'); document.body.click();"
    )
    assert driver.execute_script("return typeof window.__hit") == "undefined"
    assert any("Content Security Policy" in line["message"] for line in driver.get_log("browser"))


def test_a_check_unfolds_by_keyboard(show: Show) -> None:
    """A summary can be focused, is seen to be, and Enter unfolds it and folds it again."""
    driver = show(samples.failing())
    details = driver.find_element("id", "tcp.join-notice")
    summary = details.find_element("tag name", "summary")
    assert is_open(driver, "[id='tcp.join-notice']") == [True]
    for opened in (False, True):
        summary.send_keys("\ue007")  # Enter
        assert is_open(driver, "[id='tcp.join-notice']") == [opened]
    focused = driver.execute_script("return document.activeElement.localName")
    assert focused == "summary"
    assert summary.value_of_css_property("outline-style") == "solid"


def test_open_all_and_close_all(show: Show) -> None:
    """The buttons unfold and fold every check; transcripts stay as they are."""
    driver = show(samples.failing())
    for button, opened in (("open-all", True), ("close-all", False)):
        driver.find_element("id", button).click()
        assert set(is_open(driver, "details.check, details.group")) == {opened}
        assert not any(is_open(driver, "details.transcript"))


def test_a_link_unfolds_what_it_leads_to(show: Show) -> None:
    """From the table to a check that passed, which is folded twice."""
    driver = show(samples.failing())
    assert is_open(driver, "[id='tcp.handshake']") == [False]
    driver.find_element("css selector", "th a[href='#tcp.handshake']").click()
    assert is_open(driver, "[id='tcp.handshake']") == [True]
    assert driver.find_element("id", "tcp.handshake").is_displayed()


def test_page_works_without_its_script(show: Show) -> None:
    """What folds can be unfolded still; there are no buttons that would do nothing."""
    driver = show(samples.failing())
    forbid = "Emulation.setScriptExecutionDisabled"
    driver.execute_cdp_cmd(forbid, {"value": True})
    try:
        driver.refresh()
        assert not driver.find_element("id", "open-all").is_displayed()
        details = driver.find_element("id", "tcp.join-notice")
        details.find_element("tag name", "summary").click()
        assert details.get_dom_attribute("open") is None
    finally:
        driver.execute_cdp_cmd(forbid, {"value": False})


def assert_as_wide_as_the_window(driver: Any) -> None:
    """Nothing stands out on the right."""
    root = driver.find_element("tag name", "html")
    assert root.get_property("scrollWidth") <= root.get_property("clientWidth")


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("name", ["failing", "hostile", "skeleton"])
def test_page_is_as_wide_as_the_window(name: str, width: int, show: Show) -> None:
    """It never scrolls sideways, however much is unfolded."""
    driver = show(samples.SAMPLES[name](), width)
    driver.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
    assert_as_wide_as_the_window(driver)


def test_a_wide_diagram_scrolls_in_its_box(show: Show) -> None:
    """On a narrow screen all of it can be seen, and the page stays where it is."""
    driver = show(samples.result([diagrams.crowd()]), 400)
    box = "const box = document.querySelector('.scroll'); return "
    assert driver.execute_script(f"{box} box.scrollWidth > box.clientWidth")
    assert_as_wide_as_the_window(driver)


GROUND = """
const rgb = (text) => text.match(/[0-9.]+/g).slice(0, 3).map(Number);
const ground = (at) => {
  for (; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (colour !== "rgba(0, 0, 0, 0)") return rgb(colour);
  }
};
"""
COLOURS = f"""{GROUND}
const chosen = document.querySelectorAll("p, b, a, th, td, span, h3, li, dd, dt, mark, summary");
return [...chosen].map((one) => [rgb(getComputedStyle(one).color), ground(one)]);
"""


def contrast(one: list[float], other: list[float]) -> float:
    """How much two colours differ, from 1 to 21 (WCAG 2.2)."""
    lights = []
    for colour in (one, other):
        parts = (part / 255 for part in colour)
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read(theme: str, show: Show) -> None:
    """Every text stands out from its ground as far as WCAG asks (AA), light or dark."""
    driver = show(pages.rich(), media=theme)
    pairs = driver.execute_script(COLOURS)
    assert pairs and min(contrast(*pair) for pair in pairs) >= 4.5
    ground = driver.execute_script(f"{GROUND} return ground(document.body)")
    assert (sum(ground) < 380) == (theme == "dark")


def test_print(show: Show) -> None:
    """On paper it is light, without buttons, and what has failed is unfolded."""
    driver = show(pages.rich(), media="print")
    driver.execute_script("for (const d of document.querySelectorAll('details')) d.open = false")
    body = driver.find_element("tag name", "body")
    assert body.value_of_css_property("background-color") == "rgba(255, 255, 255, 1)"
    assert not driver.find_element("id", "open-all").is_displayed()
    shown = "return document.querySelector(arguments[0]).checkVisibility()"
    assert driver.execute_script(shown, ".check.fail .message")
    assert not driver.execute_script(shown, ".check.pass .steps")
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"]
    assert base64.b64decode(printed).startswith(b"%PDF")
