from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from deskwell.domains.tickets.logic.merging import Line, Place, merged_order, restored_order

A, B = UUID(int=1), UUID(int=2)
START = datetime(2026, 1, 1, tzinfo=UTC)


def thread(ticket: UUID, minutes: list[int], first_id: int) -> list[Line]:
    return [
        Line(UUID(int=first_id + n), ticket, n + 1, START + timedelta(minutes=minute))
        for n, minute in enumerate(minutes)
    ]


def test_messages_of_both_threads_stand_in_time_order():
    lines = thread(A, [0, 10, 30], 100) + thread(B, [5, 20], 200)
    order = merged_order(A, lines)
    assert [place.id.int for place in order] == [100, 200, 101, 201, 102]
    assert [place.position for place in order] == [1, 2, 3, 4, 5]
    assert {place.ticket_id for place in order} == {A}


minutes = st.lists(st.integers(0, 50), min_size=1, max_size=8)


@given(minutes, minutes)
def test_the_order_inside_each_thread_is_kept(ours, theirs):
    lines = thread(A, ours, 100) + thread(B, theirs, 200)
    order = [place.id.int for place in merged_order(A, lines)]
    assert [n for n in order if n < 200] == [line.id.int for line in lines if line.ticket_id == A]
    assert [n for n in order if n >= 200] == [line.id.int for line in lines if line.ticket_id == B]


@given(minutes, minutes, st.integers(0, 3))
def test_unmerging_restores_both_threads_and_keeps_what_came_later(ours, theirs, later):
    lines = thread(A, ours, 100) + thread(B, theirs, 200)
    before = [Place(line.id, line.ticket_id, line.position) for line in lines]
    created = {line.id: line.created_at for line in lines}
    merged = [Line(p.id, A, p.position, created[p.id]) for p in merged_order(A, lines)]
    new = [Line(UUID(int=300 + n), A, len(merged) + n + 1, START) for n in range(later)]
    restored = restored_order(B, A, merged + new, before)
    assert [place for place in restored if place.id.int < 300] == sorted(
        before, key=lambda place: (place.ticket_id != B, place.position)
    )
    assert [(p.ticket_id, p.position) for p in restored if p.id.int >= 300] == [
        (A, len(ours) + n + 1) for n in range(later)
    ]
