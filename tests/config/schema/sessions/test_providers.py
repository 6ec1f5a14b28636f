"""Who may vouch for people at a browser, as `desk.yaml` says it."""

from pathlib import Path

import pytest

from bot.domain.directory import Person
from bot.domain.sentence import Sentence, sentence
from tests.config.desk_files import SMALL, complaints, in_short, load

NEXT = len(SMALL.splitlines()) + 1
HEAD = f"{SMALL}sign_in:\n  providers:\n"
ACME = "kind: oidc, client_id: desk, secret: DESKBELL_SIGN_IN_ACME, issuer: https://login.example.com"
SLACK = "kind: slack, client_id: 1.2, secret: DESKBELL_SIGN_IN_SLACK"


def test_a_platform_needs_nothing_but_the_client_and_is_called_as_people_call_it(tmp_path: Path) -> None:
    (provider,) = load(tmp_path, f"{HEAD}    - {{{SLACK}}}\n").desk.sign_in.providers
    assert (provider.name, provider.title, provider.platform) == ("slack", "Slack", "slack")
    assert (provider.client_id, provider.secret) == ("1.2", "DESKBELL_SIGN_IN_SLACK")


def test_any_other_provider_has_an_issuer_and_is_asked_for_what_it_is_told_besides(tmp_path: Path) -> None:
    more = "name: acme-id, scopes: [groups, email], account_claim: slack_user_id, account_platform: slack"
    (provider,) = load(tmp_path, f"{HEAD}    - {{{ACME}, {more}}}\n").desk.sign_in.providers
    assert (provider.title, provider.issuer) == ("Acme Id", "https://login.example.com")
    assert provider.scopes == ("openid", "profile", "email", "groups")
    assert (provider.account_claim, provider.account_platform) == ("slack_user_id", "slack")


def test_groups_make_agents_leads_and_admins_of_those_for_whom_the_provider_says_so(tmp_path: Path) -> None:
    groups = "groups: {claim: roles, admins: root, agents: {it: [support, night]}, leads: {network: boss}}"
    desk = load(tmp_path, f"{HEAD}    - {{{ACME}, {groups}}}\n").desk

    def somebody(*values: str) -> Person:
        (provider,) = desk.sign_in.providers
        return Person(key="web:ana", name="Ana", groups=provider.references(values))

    assert [team.name for team in desk.teams_of(somebody("night"))] == ["it"]
    assert desk.teams["network"].has_lead(somebody("boss"))
    assert not desk.teams["it"].has_agent(somebody("boss"))
    assert desk.is_admin(somebody("root"))
    assert not desk.teams_of(somebody("others"))
    assert desk.teams["it"].has_agent(Person(key="web:bo", name="Bo"))
    assert desk.teams["it"].staff == {"web:bo"}, "nobody is called, listed or looked for by them"
    assert desk.teams["network"].staff == {"web:cleo"}
    assert desk.admins == frozenset()


WRONG = {
    "kind: okta": sentence("configuration.unknown_sign_in_kind", name="okta", hint=""),
    "name: Acme!": sentence("configuration.not_a_provider_name", text="Acme!"),
    "issuer: http://login.example.com": sentence(
        "configuration.not_an_issuer", text="http://login.example.com"
    ),
    "issuer: https://login.example.com?a=1": sentence(
        "configuration.not_an_issuer", text="https://login.example.com?a=1"
    ),
    "issuer: https://me:pw@login.example.com": sentence(
        "configuration.not_an_issuer", text="https://me:pw@login.example.com"
    ),
    "secret: s3cr3t": sentence("configuration.sign_in_secret_name", example="DESKBELL_SIGN_IN_ACME"),
    "scopes: [a b]": sentence("configuration.not_a_scope", text="a b"),
    "account_claim: slack_user_id": sentence("configuration.sign_in_account_half"),
}


@pytest.mark.parametrize("written", WRONG)
def test_what_makes_no_sense_is_refused_with_its_line(tmp_path: Path, written: str) -> None:
    values = dict(each.split(": ", 1) for each in f"{ACME}".split(", "))
    key, _, value = written.partition(": ")
    lines = "\n".join(f"      {name}: {each}" for name, each in {**values, key: value}.items())
    found = complaints(tmp_path, f"{HEAD}    -\n{lines}\n")
    place = list({**values, key: value}).index(key)
    told = in_short(WRONG[written])
    assert [line for line, _ in found] == [NEXT + 3 + place]
    assert found[0][1].startswith(told.partition("hint=")[0])


def faults(folder: Path, *providers: str) -> list[str]:
    return [
        told for _, told in complaints(folder, HEAD + "".join(f"    - {{{each}}}\n" for each in providers))
    ]


def short(told: Sentence) -> list[str]:
    return [in_short(told)]


def test_what_does_not_go_together_is_refused(tmp_path: Path) -> None:
    without = ACME.partition(", issuer")[0]
    assert faults(tmp_path, without) == short(sentence("configuration.sign_in_without_issuer"))
    assert faults(tmp_path, SLACK, SLACK) == short(sentence("configuration.sign_in_name_twice", name="slack"))
    told = sentence("configuration.sign_in_of_platform", option="groups", kind="slack")
    assert faults(tmp_path, f"{SLACK}, groups: {{admins: a}}") == short(told)
    (unknown,) = faults(tmp_path, f"{ACME}, groups: {{agents: {{nowhere: a}}}}")
    assert unknown.startswith("unknown_team(name=nowhere")


def test_the_issuer_may_be_this_machine_without_https(tmp_path: Path) -> None:
    for host in ("localhost:9000", "127.0.0.1:9000", "[::1]:9000"):
        written = ACME.replace("https://login.example.com", f'"http://{host}"')
        assert (
            load(tmp_path, f"{HEAD}    - {{{written}}}\n").desk.sign_in.providers[0].issuer
            == f"http://{host}"
        )
