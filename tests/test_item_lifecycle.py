"""An item is reviewed before it is asked, keeps its history, and is retired when its source changes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.errors import InputError
from assistant.training.lifecycle import Entry, Event, State, edited, move, refreshed
from tests.factories import make_item

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def moved(*events: Event, entry: Entry | None = None) -> Entry:
    entry = entry or Entry(make_item())
    for event in events:
        entry = move(entry, event, actor="pelatih", at=AT, reason="kurang jelas")
    return entry


def test_only_reviewed_and_used_items_may_be_asked():
    assert not Entry(make_item()).askable
    assert moved(Event.APPROVE).askable
    assert moved(Event.APPROVE, Event.USE, Event.USE).askable
    assert not moved(Event.REJECT).askable


@pytest.mark.parametrize(
    "events", [(Event.USE,), (Event.REJECT, Event.USE), (Event.APPROVE, Event.RETIRE, Event.USE), (Event.APPROVE, Event.APPROVE)]
)
def test_what_the_state_does_not_allow_is_refused_with_the_state_named(events):
    with pytest.raises(InputError, match="Soal yang sudah"):
        moved(*events)


def test_a_rejection_needs_a_reason():
    with pytest.raises(InputError, match="alasan"):
        move(Entry(make_item()), Event.REJECT, actor="pelatih", at=AT)


def test_history_tells_who_did_what():
    entry = moved(Event.APPROVE, Event.USE)
    assert [(change.event, change.state, change.actor) for change in entry.history] == [
        (Event.APPROVE, State.REVIEWED, "pelatih"),
        (Event.USE, State.USED, "pelatih"),
    ]


def test_an_edit_reviews_a_draft_under_a_new_id_and_keeps_its_statements():
    draft = Entry(make_item())
    worded = replace(draft.item, stem="Apa bentuk UEP Kaltim 2025?", anchors=())
    entry = edited(draft, worded, actor="pelatih", at=AT)
    assert entry.state is State.REVIEWED
    assert entry.item.id != draft.item.id == entry.before
    assert entry.item.anchors == draft.item.anchors


def test_editing_a_used_item_makes_a_copy_without_its_history():
    used = moved(Event.APPROVE, Event.USE)
    copy = edited(used, replace(used.item, stem="Apa bentuk UEP Kaltim 2025?"), actor="pelatih", at=AT)
    assert (copy.state, copy.before, len(copy.history)) == (State.REVIEWED, used.item.id, 1)


def test_items_whose_statement_is_gone_are_retired_and_rejected_ones_stay():
    kept, gone = make_item("Satu?"), make_item("Dua?", quote="Kalimat lama.")
    digests = frozenset({kept.anchor.digest})
    entries = [
        moved(Event.APPROVE, entry=Entry(kept)),
        moved(Event.APPROVE, Event.USE, entry=Entry(gone)),
        moved(Event.REJECT, entry=Entry(gone)),
    ]
    states = [entry.state for entry in refreshed(entries, digests, at=AT)]
    assert states == [State.REVIEWED, State.RETIRED, State.REJECTED]
    assert refreshed(entries, digests, at=AT)[1].history[-1].reason == "sumbernya berubah"
