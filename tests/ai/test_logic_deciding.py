"""The turn lock: 10,000 random interleavings of customers, agents and workers never break what it promises."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from deskwell.domains.ai.logic.deciding import (
    Limits,
    Scene,
    Step,
    before_sending,
    before_thinking,
    window_opens_at,
)

LIMITS = Limits(2, timedelta(seconds=60))
START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Desk:
    """A ticket with its workers; every method is one transaction under the ticket's lock."""

    now: datetime = START
    status: str = "open"
    assigned: bool = False
    position: int = 0
    pending: list[int] = field(default_factory=list)
    limited_until: datetime | None = None
    job: bool = False
    log: list[tuple[str, int]] = field(default_factory=list)
    replies: list[datetime] = field(default_factory=list)
    drafts: list[tuple[int, int]] = field(default_factory=list)
    settled: dict[int, str] = field(default_factory=dict)

    def scene(self) -> Scene:
        recent = [r for r in self.replies if r > self.now - LIMITS.window]
        return Scene(self.status == "open", self.assigned, True, len(self.pending), self.position, recent)

    def customer_writes(self) -> None:
        self.position += 1
        self.log.append(("customer", self.position))
        if self.status == "open":
            self.pending.append(self.position)
            self.job = True
        else:
            self.settled[self.position] = "person"

    def human_takes_over(self) -> None:
        self.status, self.assigned = "human", True
        self._settle("person")
        self.log.append(("takeover", self.position))

    def human_gives_back(self) -> None:
        self.status, self.assigned = "open", False
        self.log.append(("given_back", self.position))

    def human_replies(self) -> None:
        if self.assigned:
            self.position += 1
            self.log.append(("agent", self.position))

    def worker_looks(self, generation: int = 1) -> None:
        if not self.job and generation == 1:
            return
        self.job = False
        verdict = before_thinking(self.scene(), LIMITS, self.now)
        if verdict.step is Step.THINK:
            self.drafts.append((self.position, generation))
        else:
            self._obey(verdict)

    def worker_sends(self, rng: random.Random) -> None:
        if not self.drafts:
            return
        seen, generation = self.drafts.pop(rng.randrange(len(self.drafts)))
        verdict = before_sending(self.scene(), seen, generation, LIMITS, self.now)
        if verdict.step is Step.SEND:
            self._speak("answered" if rng.random() < 0.8 else "handed_over")
        elif verdict.step is Step.HAND_OVER:
            self._speak("handed_over")
        elif verdict.step is Step.THINK_AGAIN:
            self.worker_looks(generation + 1)
        else:
            self._obey(verdict)

    def worker_dies(self) -> None:
        self.drafts.clear()

    def sweep(self) -> None:
        due = self.limited_until is None or self.limited_until <= self.now
        self.job = self.job or (bool(self.pending) and due)

    def _speak(self, state: str) -> None:
        assert self.status == "open", "the AI spoke while a human had the ticket"
        assert not self.assigned, "the AI spoke while a human had the ticket"
        assert self.pending, "the AI spoke though nothing waited"
        recent = [r for r in self.replies if r > self.now - LIMITS.window]
        assert len(recent) < LIMITS.per_window, "the AI spoke beyond its limit"
        self.position += 1
        self.log.append(("ai", self.position))
        self.replies.append(self.now)
        self._settle(state)
        if state == "handed_over":
            self.status = "human"

    def _settle(self, state: str) -> None:
        for position in self.pending:
            assert position not in self.settled, "a message was answered twice"
            self.settled[position] = state
        self.pending.clear()
        self.limited_until = None

    def _obey(self, verdict) -> None:
        if verdict.step is Step.WAIT:
            assert verdict.until > self.now
            self.limited_until = verdict.until
        elif verdict.step is Step.LEAVE_TO_PEOPLE:
            self._settle("person")


def play(seed: int) -> Desk:
    rng = random.Random(seed)
    desk = Desk()
    actions = [desk.customer_writes] * 4 + [desk.worker_looks] * 4 + [lambda: desk.worker_sends(rng)] * 4
    actions += [
        desk.human_takes_over,
        desk.human_gives_back,
        desk.human_replies,
        desk.sweep,
        desk.worker_dies,
    ]
    for _ in range(rng.randrange(5, 40)):
        rng.choice(actions)()
        desk.now += timedelta(seconds=rng.choice([0, 0, 1, 5, 20, 61]))
    for _ in range(8):  # the storm is over: sweeps and workers go on, nobody else does
        desk.now += timedelta(seconds=61)
        desk.sweep()
        desk.worker_looks()
        while desk.drafts:
            desk.worker_sends(rng)
    return desk


def test_ten_thousand_interleavings_keep_every_promise():
    for seed in range(10_000):
        desk = play(seed)
        assert not desk.pending, f"seed {seed}: a customer's message was forgotten"
        written = [position for who, position in desk.log if who == "customer"]
        assert set(written) == set(desk.settled), f"seed {seed}: not every message has an owner"
        silent = False
        for who, _ in desk.log:
            silent = (silent or who == "takeover") and who != "given_back"
            assert not (silent and who == "ai"), f"seed {seed}: the AI spoke after a human took over"
        for (first, _), (second, _) in zip(desk.log, desk.log[1:], strict=False):
            assert (first, second) != ("ai", "ai"), f"seed {seed}: two answers in a row"


def test_a_draft_is_dropped_when_anything_moved():
    scene = Scene(is_open=True, is_assigned=False, is_enabled=True, pending=1, last_position=3)
    assert before_sending(scene, 3, 1, LIMITS, START).step is Step.SEND
    assert before_sending(scene, 2, 1, LIMITS, START).step is Step.THINK_AGAIN
    assert before_sending(scene, 2, 2, LIMITS, START).step is Step.HAND_OVER


def test_the_window_opens_when_the_older_of_the_last_two_answers_is_a_minute_old():
    replies = [START, START + timedelta(seconds=50)]
    assert window_opens_at(replies, LIMITS, START + timedelta(seconds=55)) == START + timedelta(seconds=60)
    assert window_opens_at(replies, LIMITS, START + timedelta(seconds=61)) is None
    assert window_opens_at(replies[:1], LIMITS, START + timedelta(seconds=1)) is None
