"""`/desk ask`: say in plain words what is to be done; the commands for it are shown, and done once one says so."""

from bot.commands.framework.assistant.presence import has_model
from bot.commands.framework.command import ByMention, Call, Command, Option, OptionKind, Role
from bot.domain.assistant.language_model import ModelTask
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.assistant.jobs import JOB, ask_in_general, own_job, show_again


def ask(call: Call) -> PrivateReply:
    ask_in_general(call.context, ModelTask.ASK, words=call.option("words"))
    return call.answer("assistant.ask_follows")


def do_plan(call: Call) -> PrivateReply:
    """What was shown is done as the person who presses, who is the one who asked. Raises Refused for others."""
    job = own_job(call.context, call.option(JOB))
    job.agree(person=call.context.actor.key, at=call.context.now)
    call.context.uow.assistant_jobs.save(job)
    show_again(call.context, job)
    return call.answer("assistant.plan_begins")


def drop_plan(call: Call) -> PrivateReply:
    job = own_job(call.context, call.option(JOB))
    job.decline(person=call.context.actor.key)
    call.context.uow.assistant_jobs.save(job)
    show_again(call.context, job)
    return call.answer("assistant.plan_dropped")


_PRESSED = Option(name=JOB, kind=OptionKind.WORD, is_required=False, is_form_only=True)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.ASK,
        place=265,
        who=Role.AGENT,
        handler=ask,
        options=(Option(name="words"),),
        has_form=True,
        by_mention=ByMention.ALWAYS,
        is_there=has_model,
        menu_group="assistant",
        example="ask close my VPN tickets that had no answer for a month",
    ),
    Command(
        name=verbs.DO_PLAN,
        place=266,
        who=Role.AGENT,
        handler=do_plan,
        options=(_PRESSED,),
        is_there=has_model,
        is_listed=False,
        replies_privately=True,
    ),
    Command(
        name=verbs.DROP_PLAN,
        place=267,
        who=Role.AGENT,
        handler=drop_plan,
        options=(_PRESSED,),
        is_there=has_model,
        is_listed=False,
        replies_privately=True,
    ),
)
