"""What the browser workspace is called and can do."""

from bot.ports.platform import Capabilities

PLATFORM = "web"
CAPABILITIES = Capabilities(
    has_home_pages=True,
    answers_in_channels=True,
    has_listed_people=True,
    removes_posts=True,
    follows_forms=True,
    most_form_choices=100,
    suggests_while_typing=True,
    set_up_by="DESKBELL_WEB_ENABLED=true",
)
