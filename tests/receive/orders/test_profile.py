"""A profile says what was ordered, and a mistake in it is named with its line."""

import pytest

from vaughn.model import InputError, Requirement
from vaughn.receive.orders import read_order

HEAD = 'title = "T"\nsource = "S"\n'
FIELD = '[[fields]]\nname = "Sent"\nfield = "sent_date"\ncites = "Ex. A"\n'


def test_everything_that_is_left_out_is_not_owed():
    """A profile asks for nothing that it does not say."""
    order = read_order(HEAD, name="own")
    assert (order.name, order.banner, order.fields, order.load_files) == ("own", None, (), ())
    assert order.images.requirement is order.text is Requirement.NOT_OWED


def test_a_field_is_read_with_its_source():
    """The report has to cite where the order asks for a field."""
    (field,) = read_order(HEAD + FIELD + 'applies_to = "e-mail"\nconfirmed = false\n', name="own").fields
    assert (field.name, field.field, field.applies_to, field.cites) == ("Sent", "sent_date", "e-mail", "Ex. A")
    assert field.requirement is Requirement.REQUIRED
    assert not field.confirmed


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('source = "S"\n', 1, "title is missing"),
        (HEAD + "title2 = 3\n", 3, "title2 is no key here"),
        ("title = 3\n", 1, "title must be a text"),
        (HEAD + 'banner = ""\n', 3, "banner must be a text"),
        (HEAD + 'load_files = "dat"\n', 3, "load_files must be a list"),
        (HEAD + 'load_files = ["dbf"]\n', 3, "'dbf' is not possible"),
        (HEAD + 'native_kinds = ["sheets"]\n', 3, "'sheets' is not possible"),
        (HEAD + 'date_order = "MYD"\n', 3, "'MYD' is not possible"),
        (HEAD + 'images = "tiff"\n', 3, "images must be a table"),
        (HEAD + 'fields = ["a"]\n', 3, "fields must be tables"),
        (HEAD + '[images]\nmin_dpi = "300"\n', 4, "min_dpi in [images] must be a whole number"),
        (HEAD + "[images]\nmin_dpi = true\n", 4, "must be a whole number"),
        (HEAD + '[text]\nrequirement = "always"\n', 4, "'always' is not possible"),
        (HEAD + FIELD + FIELD, 8, "'Sent' is already the name"),
        (HEAD + FIELD + FIELD.replace("sent_date", "sent").replace("Sent", "S"), 9, "number 2 'sent' is not a field"),
        (HEAD + FIELD + 'confirmed = "no"\n', 7, "confirmed of [[fields]] number 1 must be true or false"),
        (HEAD + "[[fields]]\n" + FIELD, 3, "field of [[fields]] number 1 is missing"),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else None,
)
def test_a_mistake_is_named_with_its_line(text, line, what):
    """Whoever writes a profile has to find the place."""
    with pytest.raises(InputError) as caught:
        read_order(text, name="own")
    assert f"own.toml, line {line}: " in caught.value.message
    assert what in caught.value.message
    assert caught.value.hint


def test_text_that_is_no_toml_is_said():
    """The parser's own words name the line."""
    with pytest.raises(InputError, match=r"own\.toml: .*line 1"):
        read_order("title = \nx", name="own")
