"""The user guides stay true: their links and pictures resolve, and what they name stands on the screens."""

import re
from html import unescape
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.pages.guidebook import FOLDER, PICTURES, guide, guides, picture, rendered, slug
from assistant.settings import ROOT

GUIDES = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
SCREENS = [
    *(ROOT / "assistant" / "pages").rglob("*"),
    *(ROOT / "assistant" / "ui").glob("*.py"),
    ROOT / "corpus" / "criteria.yaml",
]
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)]+)\)")


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


SAID = " ".join(words(path.read_text(encoding="utf-8")) for path in SCREENS if path.suffix in (".html", ".py", ".yaml"))
"""All that the screens say, as their sources have it."""


@pytest.mark.parametrize("name", GUIDES)
def test_every_link_of_a_guide_leads_to_a_guide_and_a_part_of_it_and_every_picture_is_there(name):
    for image, _, target in LINK.findall(GUIDES[name]):
        if image:
            assert picture(target.removeprefix(f"{PICTURES}/")).is_file()
        elif not target.startswith("http"):
            other, _, part = target.partition("#")
            assert other.endswith(".md")
            assert not part or part in dict(guide(other.removesuffix(".md")).parts), target


@pytest.mark.parametrize("name", GUIDES)
def test_every_button_link_and_heading_that_a_guide_names_stands_on_a_screen(name):
    named = {words(found) for found in re.findall(r"\*\*(.+?)\*\*", GUIDES[name], re.S)}
    assert not {one for one in named if one not in SAID}


def test_every_page_of_the_menu_and_of_kelola_is_named_in_a_guide():
    menu = re.findall(r'<li><a href="/[^"]*">([^<{]+)</a>', (ROOT / "assistant/pages/templates/kerangka.html").read_text())
    ways = re.findall(r'Way\(\s*"/[^"]+",\s*"([^"]+)"', (ROOT / "assistant/pages/managing.py").read_text())
    assert len(menu) > 8
    assert len(ways) > 8
    every = " ".join(words(text) for text in GUIDES.values())
    assert not [one for one in (*menu, *ways) if f"**{one}**" not in every]


def test_every_picture_is_used_small_and_made_by_the_script():
    used = {target for text in GUIDES.values() for image, _, target in LINK.findall(text) if image}
    files = sorted((FOLDER / PICTURES).glob("*.png"))
    assert {f"{PICTURES}/{path.name}" for path in files} == used
    assert all(path.stat().st_size < 120_000 for path in files)
    assert sum(path.stat().st_size for path in files) < 1_500_000
    script = (FOLDER / "gambar.py").read_text(encoding="utf-8")
    assert not [path.stem for path in files if f'"{path.stem}"' not in script]


def test_pictures_say_in_words_what_they_show():
    for name, text in GUIDES.items():
        assert all(len(said) > 12 for image, said, _ in LINK.findall(text) if image), name


def test_the_settings_that_a_guide_names_exist():
    from assistant.settings import DESCRIPTIONS

    named = {one for text in GUIDES.values() for one in re.findall(r"`([A-Z]+_[A-Z_]+)", text)}
    assert named - {"PIP_EXTRA_INDEX_URL"} <= set(DESCRIPTIONS)


def test_a_guide_becomes_a_page_with_anchors_our_addresses_and_no_foreign_html():
    text = (
        "# Judul\n\nKalimat pertama. Kedua.\n\n## Dua kata\n\n[lain](lain.md#a-b) ![gambar](gambar/x.png) "
        "<script>alert(1)</script>\n\n| a |\n| - |\n| b |\n"
    )
    made = rendered("contoh", text)
    assert (made.title, made.about, made.parts) == ("Judul", "Kalimat pertama.", (("dua-kata", "Dua kata"),))
    assert '<h2 id="dua-kata">' in made.html
    assert 'href="/panduan/lain#a-b"' in made.html
    assert 'src="/panduan/gambar/x.png"' in made.html
    assert "<script>" not in made.html
    assert 'tabindex="0"' in made.html


def test_dangerous_links_stay_text():
    assert "href" not in rendered("contoh", "[tekan](javascript:alert(1))").html


@pytest.mark.parametrize("name", ["tidak-ada", "../../README", "README", "Petugas", "", "gambar/masuk"])
def test_a_guide_that_is_not_there_is_said(name):
    with pytest.raises(InputError, match="/panduan"):
        guide(name)
    with pytest.raises(InputError, match="tidak ada"):
        picture(f"{name}.png")


def test_the_list_begins_with_the_guides_for_people_and_each_says_what_it_is_for():
    found = guides()
    assert [one.name for one in found[:4]] == ["petugas", "pelatih", "admin", "pemasangan"]
    assert all(one.about.startswith(("Untuk", "Model")) for one in found)
    assert {slug("Kata, dan 2 hal!"), slug("A  b")} == {"kata-dan-2-hal", "a-b"}


def test_guides_hold_no_html_of_their_own():
    assert not [name for name, text in GUIDES.items() if re.search(r"<[a-z/]", re.sub(r"`[^`]*`", "", text))]
    assert Path(FOLDER / "gambar" / "README.md").is_file()
