"""What people are told of many tickets that one person changes at once: kept together, for one notice each."""

from dataclasses import dataclass, field

from bot.domain.bulk_changes.bulk_change import BundledNotice


@dataclass(slots=True, kw_only=True)
class NoticeBundle:
    """`is_silent`: nobody is told, as when the change is undone."""

    is_silent: bool = False
    notices: list[BundledNotice] = field(default_factory=list)

    def add(self, notice: BundledNotice) -> None:
        if not self.is_silent and notice not in self.notices:
            self.notices.append(notice)
