"""What is written of a team's workload and skills, as the domain has it."""

from bot.config.schema.teams.assignment import SkillSection, WorkloadSection
from bot.domain.assignment.workload import Skill, Workload


def workload_of(section: WorkloadSection | None) -> Workload:
    if section is None:
        return Workload()
    return Workload(
        capacity=section.capacity,
        per_agent=dict(section.per_agent),
        weights={str(priority): weight for priority, weight in section.weights.items()},
        in_hours=section.in_hours,
    )


def skill_of(section: SkillSection) -> Skill:
    return Skill(
        agents=frozenset(section.agents),
        languages=frozenset(section.languages),
        categories=frozenset(section.categories),
        tags=frozenset(section.tags),
    )
