"""The examples that a sender is given are read by the reader itself, without a doubt."""

from __future__ import annotations

import re

import pytest

from app.domain.vocabulary import SECTIONS, Field
from importers.grid import Cell
from importers.reply.examples import choices_of, example_of
from importers.values.understand import understand

FIELDS = [field for fields in SECTIONS.values() for field in fields.values()]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.path)
def test_an_example_is_understood(field: Field) -> None:
    for example in re.split("、|或", example_of(field.path)):
        if example:
            said = understand(field, Cell(example, example))
            assert said.issue is None
            assert said.value is not None


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.path)
def test_every_word_that_can_be_chosen_is_understood_as_itself(field: Field) -> None:
    values = [understand(field, Cell(word, word)).value for word in choices_of(field.path)]
    assert values == list(field.enum or {True: "有", False: "无"}) if values else True


def test_a_field_that_is_not_in_the_vocabulary_has_no_example() -> None:
    assert example_of(None) == example_of("x") == example_of("enterprise.nothing") == ""
    assert choices_of("nothing") == ()
