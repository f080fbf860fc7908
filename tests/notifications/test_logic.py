"""Who a note calls."""

from uuid import UUID

from deskwell.domains.notifications.logic import KINDS, find_mentions, sentence

ANA, ANA_MARIA, BEN, TEAM = (UUID(int=n) for n in range(1, 5))
PEOPLE = {
    ANA: ("Ana", "ana@example.com"),
    ANA_MARIA: ("Ana Maria", "am@example.com"),
    BEN: ("Ben Bär", "ben@example.com"),
}
TEAMS = {TEAM: "Billing"}


def called(text: str) -> set[UUID]:
    found = find_mentions(text, PEOPLE, TEAMS)
    return set(found.people) | set(found.teams)


def test_names_addresses_teams_and_the_composers_links():
    assert called("@Ana, please") == {ANA}
    assert called("please @ana maria!") == {ANA_MARIA}
    assert called("(@ben bär) and @BILLING") == {BEN, TEAM}
    assert called("@ben@example.com") == {BEN}
    assert called(f"@[Somebody]({BEN}) @[Billing](team:{TEAM})") == {BEN, TEAM}


def test_what_is_no_mention():
    assert called("mail ana@ana.com or Ana or @Anatole or @ghost") == set()
    assert called(f"@[x]({UUID(int=99)}) @[y](------------------------------------) [Ben]({BEN})") == set()


def test_every_kind_reads_as_a_sentence():
    for kind in KINDS:
        text = sentence(kind, actor="Ana {ticket}", ticket="#12 Fire", text="Look")
        assert text
        assert "{text}" not in text
    assert sentence("mentioned", actor="{text}", ticket="#1", text="x") == "{text} mentioned you on #1"
