"""A checked file becomes the desk: names become what they stand for, and rules become conditions."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.config.compile.assignment import skill_of, workload_of
from bot.config.compile.conditions import condition_of, name_meanings
from bot.config.compile.courtesies import courtesies
from bot.config.compile.fields import compile_fields
from bot.config.compile.macros import compile_macros
from bot.config.compile.on_call import Duty
from bot.config.compile.sla import compile_policies
from bot.config.file.condition_key import NameMeanings
from bot.config.schema.answers.knowledge import knowledge_of
from bot.config.schema.desk import DeskFile, RuleSection, TeamSection
from bot.config.schema.teams.satisfaction import satisfaction_of
from bot.domain.calendars.calendar import Calendar
from bot.domain.desk import Desk
from bot.domain.directory import USUAL_DIGESTS, Community, Digest, Inbox, Team
from bot.domain.knowledge.faq import FaqEntry
from bot.domain.knowledge.policy import KnowledgePolicy
from bot.domain.nudges.policy import NudgePolicy
from bot.domain.routing.conditions import Always
from bot.domain.routing.router import Router, Rule
from bot.domain.sessions.policy import USUAL_POLICY as USUAL_SIGN_IN
from bot.domain.sessions.policy import SignInPolicy
from bot.domain.sorting.policy import SortingPolicy
from bot.domain.views.saved_view import folded_name
from bot.domain.worked_time.stopwatch import USUAL_LONGEST


def compile_desk(
    file: DeskFile, *, folder: Path, calendars: Mapping[str, Calendar], duty: Duty, webhooks_on: str
) -> Desk:
    """The desk that this file in this folder describes, with its calendars and with who is on call and away.

    `webhooks_on` is the name of the platform whose channels its webhooks are.
    """
    sign_in = file.sign_in.compiled() if file.sign_in is not None else USUAL_SIGN_IN
    teams = _teams(file, calendars, webhooks_on=webhooks_on, sign_in=sign_in)
    fields = compile_fields(file)
    policies = compile_policies(file, calendars=calendars, teams=teams)
    return Desk(
        name=file.desk.name,
        prefix=file.desk.ticket_prefix,
        inboxes=_inboxes(file),
        teams=teams,
        default_team=file.routing.default_team,
        router=_router(file, teams),
        sla_policies=policies.policies,
        policy_variants=policies.variants,
        team_policies={name: each.sla_policy for name, each in file.teams.items() if each.sla_policy},
        default_policy=file.desk.sla_policy,
        admins=frozenset(file.desk.admins),
        session_admins=sign_in.admins,
        operator_channel=file.desk.operator_channel,
        categories=tuple(file.desk.categories),
        custom_fields=fields,
        language=file.desk.language,
        command_names=file.desk.commands.model_dump(by_alias=True),
        courtesies=courtesies(file.courtesies),
        aside=file.desk.not_a_ticket,
        blocked=frozenset(file.desk.blocked),
        groups={name: frozenset(members) for name, members in file.people.groups.items()},
        transcripts=file.transcripts.compiled(),
        knowledge=_knowledge(file, folder, teams),
        communities=_communities(file),
        rotas=duty.rotas,
        absences=duty.absences,
        webhooks={name: each.url for name, each in file.webhooks.items()},
        webhooks_on=webhooks_on,
        lookups={name: each.compiled(name) for name, each in file.lookups.items()},
        similar=file.similar.compiled(),
        language_model=file.language_model.compiled() if file.language_model else None,
        macros=compile_macros(file.macros, fields),
        sorting=file.sorting.compiled() if file.sorting is not None else SortingPolicy(),
        sign_in=sign_in,
        views={folded_name(name): each.compiled(name) for name, each in file.views.items()},
    )


def _inboxes(file: DeskFile) -> Mapping[str, Inbox]:
    return {
        name: Inbox(
            name=name,
            channel=each.channel,
            title=each.title or name,
            description=each.description or "",
            titles=each.titles,
            descriptions=each.descriptions,
            takes=each.takes,
            is_private=each.private,
            takes_bots=each.bots,
            reaction=each.reaction or "ticket",
            joins=each.joins,
            community=each.community,
            asks_first=each.ask_first,
            answers=each.answers,
            has_private_threads=each.threads == "private",
            most_open=each.limits.open if each.limits else None,
            cool_down=each.limits.cool_down if each.limits else None,
        )
        for name, each in file.inboxes.items()
    }


def _knowledge(file: DeskFile, folder: Path, teams: Mapping[str, Team]) -> KnowledgePolicy:
    policy = knowledge_of(file.knowledge, folder)
    if file.knowledge is None or not file.knowledge.faq:
        return policy
    names = name_meanings(file, teams)
    entries = (
        FaqEntry(
            condition=condition_of(each.when, names),
            article=each.article or "",
            answer=each.answer or "",
            title=each.title or "",
        )
        for each in file.knowledge.faq
    )
    return replace(policy, faq=tuple(entries))


def _communities(file: DeskFile) -> Mapping[str, Community]:
    return {
        name: Community(
            name=name, title=each.title or name, reference=each.server, default_team=each.default_team
        )
        for name, each in file.communities.items()
    }


def _teams(
    file: DeskFile, calendars: Mapping[str, Calendar], *, webhooks_on: str, sign_in: SignInPolicy
) -> Mapping[str, Team]:
    return {
        name: Team(
            name=name,
            title=each.title or name,
            was=frozenset(each.was),
            language=each.language or "",
            channel=each.channel,
            calendar=calendars[each.calendar],
            escalation_channel=each.escalation_channel,
            escalates_to_program=(
                each.escalation_channel is not None and each.escalation_channel.platform == webhooks_on
            ),
            agents=frozenset(each.agents),
            leads=frozenset(each.leads),
            session_agents=sign_in.agents_of(name),
            session_leads=sign_in.leads_of(name),
            leads_of_leads=frozenset(each.leads_of_leads),
            assignment=tuple(each.assignment),
            workload=workload_of(each.workload),
            skills=tuple(map(skill_of, each.skills)),
            ping_new=each.ping_new,
            team_thread=each.team_thread,
            closes_after=each.confirm_resolution or each.closes_after,
            confirms_resolution=each.confirm_resolution is not None,
            satisfaction=satisfaction_of(file.satisfaction, each.satisfaction),
            macros=each.macros,
            is_anonymous=each.anonymous,
            mirrors=each.mirror,
            undo_send=each.undo_send,
            next_level=each.escalates.compiled() if each.escalates is not None else None,
            hands_over=each.hands_over.compiled() if each.hands_over is not None else None,
            nudges=each.nudges.compiled() if each.nudges is not None else NudgePolicy(),
            community=each.community,
            rota=each.rota,
            unclaimed_after=each.unclaimed_after,
            articles_published_by=each.knowledge.published_by,
            longest_timer=each.worked_time.longest_timer if each.worked_time else USUAL_LONGEST,
            has_board=each.board,
            digests=_digests(each),
        )
        for name, each in file.teams.items()
    }


def _digests(section: TeamSection) -> frozenset[Digest]:
    if section.digests is None:
        return USUAL_DIGESTS if section.escalation_channel is not None else frozenset()
    return frozenset(section.digests)


def _router(file: DeskFile, teams: Mapping[str, Team]) -> Router:
    default_team = file.routing.default_team
    names = name_meanings(file, teams)
    rules = [_rule(section, names, default_team=default_team) for section in file.routing.rules]
    return Router(
        rules,
        default_team=default_team,
        belongs={name: team.community for name, team in teams.items() if team.community is not None},
        defaults={name: each.default_team for name, each in file.communities.items()},
    )


def _rule(section: RuleSection, names: NameMeanings, *, default_team: str) -> Rule:
    return Rule(
        name=section.name,
        condition=condition_of(section.when, names) if section.when else Always(),
        team=section.team or default_team,
        priority=section.priority,
        tags=tuple(section.tags),
        sla_policy=section.sla_policy,
        is_private=section.private,
        assignment=tuple(section.assignment) if section.assignment else None,
        assignee=section.assign_to,
        names_no_team=section.team is None,
    )
