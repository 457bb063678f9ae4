from __future__ import annotations

import io
import struct
import wave
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.readers import ReadingRequest, reader_of, record_reader
from vaughn.formats.recordings import read_recording
from vaughn.model import DocumentKind


def _wave(seconds):
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(100)
        sound.writeframes(bytes(100 * seconds))
    return out.getvalue()


def _box(kind, data):
    return struct.pack(">L4s", len(data) + 8, kind) + data


def _film(seconds):
    header = struct.pack(">LLLLL", 0, seconds, seconds, 1000, 5000) + bytes(80)
    return _box(b"ftyp", b"isom\0\0\0\0") + _box(b"moov", _box(b"mvhd", header))


def _read(tmp_path, data, kind):
    path = tmp_path / "a"
    path.write_bytes(data)
    return reader_of(kind)(ReadingRequest(path, kind, "a"))


def test_sound_tells_its_length_and_that_nobody_listened(tmp_path):
    """An hour of interview without a word of text must not look like an empty document."""
    reading = _read(tmp_path, _wave(75), "audio/wav")
    assert (reading.facts.kind, reading.page_count, reading.pages) == (DocumentKind.MEDIA, 0, ())
    assert reading.findings[0].code == "IN020"
    assert "sound of 0:01:15" in reading.findings[0].message


def test_a_film_tells_when_it_was_made(tmp_path):
    """Cameras write the moment in seconds from 1904."""
    made = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    seconds = int((made - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds())
    assert _read(tmp_path, _film(seconds), "video/mp4").facts.created.at == made


def test_a_program_is_a_record_without_pages(tmp_path):
    """Nothing that was handed over disappears."""
    path = tmp_path / "a.exe"
    path.write_bytes(b"MZ")
    kind = "application/vnd.microsoft.portable-executable"
    assert reader_of(kind) is None
    reading = record_reader(kind)(ReadingRequest(path, kind, "a.exe"))
    assert (reading.facts.kind, reading.page_count) == (DocumentKind.OTHER, 0)
    assert "a program for Windows" in reading.findings[0].message


@given(
    st.sampled_from([b"ID3\3\0\0", b"RIFF\xff\0\0\0WAVE", b"OggS\0", b"\0\0\0\x08ftypmp42"]), st.binary(max_size=200)
)
def test_any_bytes_are_a_recording_without_facts(tmp_path_factory, head, data):
    """A broken header costs its facts alone."""
    path = tmp_path_factory.getbasetemp() / "sound"
    path.write_bytes(head + data)
    assert read_recording(ReadingRequest(path, "video/mp4", "a")).pages == ()
