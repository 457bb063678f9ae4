from __future__ import annotations

import io
import threading

import pytest
from PIL import Image

from tests.formats.made_pdf import write_pdf
from vaughn.formats.pages import FileRefused
from vaughn.model import InputError
from vaughn.work import PageRenderer, PictureGone

PDF = "application/pdf"


@pytest.fixture(scope="module")
def renderer():
    with PageRenderer(children=1) as shared:
        yield shared


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    content = "BT /F 40 Tf 72 400 Td (page) Tj ET"
    return write_pdf(tmp_path_factory.mktemp("pdf") / "a.pdf", content, pages=40)


def test_a_page_comes_as_wide_as_asked(renderer, path):
    """The viewer asks for the pixels it shows."""
    assert Image.open(io.BytesIO(renderer.render(path, PDF, 7, width_px=500))).size == (500, 647)


def test_a_page_that_is_not_there_is_refused_with_its_code(renderer, path):
    """The screen says why, and the next page still comes."""
    with pytest.raises(FileRefused) as refused:
        renderer.render(path, PDF, 41, width_px=500)
    assert refused.value.code == "FL006"
    assert renderer.render(path, PDF, 40, width_px=50)


def test_a_changed_file_is_opened_again(renderer, tmp_path):
    """Files are kept open; what they show must still be what is there."""
    first = write_pdf(tmp_path / "b.pdf", "", pages=1)
    renderer.render(first, PDF, 1, width_px=100)
    write_pdf(first, "BT /F 40 Tf 72 400 Td (page) Tj ET", pages=2)
    assert renderer.render(first, PDF, 2, width_px=100)


def test_a_missing_file_is_an_input_error(renderer, tmp_path):
    """Nothing but an error of ours may reach the screen."""
    with pytest.raises(InputError):
        renderer.render(tmp_path / "none.pdf", PDF, 1, width_px=100)


def test_requests_from_many_threads_all_come_back(renderer, path):
    """The web server has forty threads; PDFium bears one."""
    pictures = {}

    def fetch(number):
        pictures[number] = renderer.render(path, PDF, number, width_px=100 + number)

    threads = [threading.Thread(target=fetch, args=(number,)) for number in range(1, 31)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {n: Image.open(io.BytesIO(data)).width for n, data in pictures.items()} == {n: 100 + n for n in range(1, 31)}


def test_a_newer_request_of_the_same_viewer_drops_the_waiting_ones(path):
    """Who holds the key down wants the last page, not the thirty before it."""
    with PageRenderer(children=1) as own:
        results = []

        def fetch(number):
            try:
                own.render(path, PDF, number, width_px=1500, channel="viewer")
                results.append((number, "shown"))
            except PictureGone:
                results.append((number, "gone"))

        threads = [threading.Thread(target=fetch, args=(number,)) for number in range(1, 31)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    told = dict(results)
    assert len(told) == 30
    assert set(told.values()) == {"shown", "gone"}


def test_thumbnails_leave_a_child_to_the_page_that_is_looked_at(path):
    """A strip of forty small pictures must not stand between a reader and the page."""
    with PageRenderer(children=2) as own:
        threads = [
            threading.Thread(target=own.render, args=(path, PDF, number), kwargs={"width_px": 100})
            for number in range(1, 31)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert len(own.child_bytes()) == 1
        assert own.render(path, PDF, 1, width_px=1000)


def test_closing_ends_waiting_requests(path):
    """The program must not hang when it is closed."""
    own = PageRenderer(children=1)
    own.render(path, PDF, 1, width_px=100)
    own.close()
    with pytest.raises(PictureGone):
        own.render(path, PDF, 1, width_px=100)


def test_warming_starts_a_child_before_it_is_needed(path):
    """The first page need not wait for Python to start."""
    with PageRenderer(children=2) as own:
        own.warm()
        assert own.render(path, PDF, 1, width_px=100)
