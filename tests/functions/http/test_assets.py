import json

from intake_world import make_assets

from chalicelib.http.assets import Assets, AssetsFolder


def write_headers(folder, **headers):
    (folder / "headers.json").write_text(json.dumps(headers))


def test_the_page_is_the_shell_around_the_main_part(tmp_path):
    page = Assets(make_assets(tmp_path)).page("Été < hiver", "<h1>Titre</h1>")

    assert "<title>Été &lt; hiver</title>" in page
    assert "<main id=main><h1>Titre</h1></main>" in page


def test_marks_written_by_a_person_are_not_replaced(tmp_path):
    page = Assets(make_assets(tmp_path)).page("T", "<p>&lt;!--@title--&gt; <!--@main--></p>")

    assert page.count("<!--@main-->") == 1


def test_the_longest_prefix_wins_header_by_header(tmp_path):
    folder = make_assets(tmp_path)
    write_headers(
        folder,
        default={"A": "default", "B": "default"},
        paths={"/s/": {"A": "short"}, "/s/long/": {"A": "long"}},
    )

    headers = Assets(folder).headers("/s/long/page/")

    assert (headers["A"], headers["B"]) == ("long", "default")
    assert Assets(folder).headers("/other/")["A"] == "default"


def test_without_headers_pages_are_still_protected(tmp_path):
    folder = make_assets(tmp_path)
    write_headers(folder)

    assert "default-src 'none'" in Assets(folder).headers("/")["Content-Security-Policy"]


def test_a_new_build_is_read_when_asked(tmp_path):
    folder = make_assets(tmp_path)
    fixed, fresh = AssetsFolder(folder), AssetsFolder(folder, autorefresh=True)
    fixed().settings, fresh().settings

    make_assets(tmp_path, mode="demo")

    assert (fixed().settings.mode, fresh().settings.mode) == ("intake", "demo")
