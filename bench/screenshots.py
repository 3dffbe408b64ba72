"""`python -m bench.screenshots` draws docs/images: real pages of the real content."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bench.portal import CHROMIUM, portal
from bench.rows import ROOT

FOLDER = ROOT / "docs" / "images"
MAX_BYTES = 60_000
GAP = 18  # pixels between two pages
COLOURS = 48  # flat colours and the grey of letters: more only weighs

Reach = Callable[[Page], None]


@dataclass(frozen=True)
class Picture:
    """Pages side by side, each as one screen shows it."""

    name: str
    pages: Sequence[str | Reach]
    width: int = 360
    height: int = 740
    scheme: str = "light"


def _check(page: Page) -> None:
    page.goto("/declarer/signalement/formulaire/")
    page.check("#theme-0")
    page.fill("[name=facts]", "Exemple écrit pour cette image. Aucun fait réel n’est rapporté ici.")
    page.check("[name=when][value=ongoing]")
    page.check("[name=follow_up] >> nth=0")
    page.click("button[value=verifier]:not(.trap)")
    page.wait_for_selector("button[value=confirmer]")


def _acknowledgement(page: Page) -> None:
    _check(page)
    page.click("button[value=confirmer]")
    page.wait_for_selector("[data-reference]")


PICTURES = (
    Picture("phone", ("/", "/guides/vols/vol-velo/", "/stations/33/")),
    Picture(
        "phone-dark",
        ("/guides/violences/violences-conjugales/", "/orienteur/", "/urgences/"),
        scheme="dark",
    ),
    Picture("forms", ("/declarer/signalement/formulaire/", _check, _acknowledgement)),
    Picture("desktop", ("/guides/vols/vol-velo/",), width=1280, height=800),
)


def draw(browser: Browser, url: str, picture: Picture) -> Image.Image:
    """The pages of a picture, on a transparent ground."""
    screens = []
    for reach in picture.pages:
        context = browser.new_context(
            base_url=url,
            viewport={"width": picture.width, "height": picture.height},
            color_scheme="dark" if picture.scheme == "dark" else "light",
            java_script_enabled=False,
            locale="fr-FR",
        )
        page = context.new_page()
        page.goto(reach) if isinstance(reach, str) else reach(page)
        screens.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
        context.close()
    width = sum(screen.width + GAP for screen in screens) - GAP
    sheet = Image.new("RGB", (width, picture.height), "#8a8f8c")
    for index, screen in enumerate(screens):
        sheet.paste(screen, (index * (picture.width + GAP), 0))
    return sheet


def save(sheet: Image.Image, file: Path) -> int:
    """Write it with few colours; its bytes.

    Raises:
        ValueError: it is heavier than a README should carry.
    """
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    if size > MAX_BYTES:
        raise ValueError(f"{file.name}: {size} bytes")
    return size


def main() -> None:
    """Draw every picture anew."""
    with portal() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in PICTURES:
            file = FOLDER / f"{picture.name}.png"
            print(f"{file.name}: {save(draw(browser, served.url, picture), file)} bytes")
        browser.close()


if __name__ == "__main__":
    main()
