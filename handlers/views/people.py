"""How people and roles look: the list for managers, the form for admins."""

from collections.abc import Sequence

from bot.domain.people import Person, Role
from handlers.blocks import Block, Message, View, actions, context, field, modal, section
from handlers.elements import button, checkboxes, option, user_select
from handlers.mrkdwn import mention

ASSIGN = "people.assign"
FIRST_ROLES = tuple(Role)[:5]
OTHER_ROLES = tuple(Role)[5:]
SHOWN = 40

MEANING = {
    Role.ADMIN: "Changes settings, people and policy",
    Role.VIEWER: "Looks, changes nothing",
}


def listed(people: Sequence[Person], *, may_assign: bool) -> Message:
    """Who holds which role, and which roles nobody holds."""
    lines = [
        f"• {mention(person.user_id)}: {', '.join(role.label for role in sorted(person.roles))}"
        for person in people[:SHOWN]
    ]
    if len(people) > SHOWN:
        lines.append(f"and {len(people) - SHOWN} more")
    held = {role for person in people for role in person.roles}
    vacant = [role.label for role in Role if role not in held and role is not Role.VIEWER]
    text = "\n".join(["*People and roles*", *(lines or ["Nobody holds a role yet."])])
    blocks: list[Block] = [section(text)]
    if vacant:
        blocks.append(context(f"Nobody is: {', '.join(vacant)}. Alerts pass such a level at once."))
        text += f"\nNobody is: {', '.join(vacant)}."
    if may_assign:
        blocks.append(actions(button("Assign roles", "people.assign", style="primary")))
    return Message(text, tuple(blocks))


def assign_form(person: Person | None) -> View:
    """Choose a person, then what they are. Boxes hold ten at most, so there are two groups."""
    chosen = person.roles if person else frozenset()
    person_field = field(
        "people.person",
        "Person",
        user_select(
            action_id="people.chosen",
            initial=person.user_id if person else None,
            placeholder="Choose somebody",
        ),
        dispatches=True,
        hint="Their present roles are ticked below once you choose.",
    )
    suffix = f"#{person.user_id}" if person else ""
    return modal(
        ASSIGN,
        "Assign roles",
        [
            person_field,
            _boxes(f"people.roles{suffix}", "Roles", FIRST_ROLES, chosen),
            _boxes(f"people.more_roles{suffix}", "More roles", OTHER_ROLES, chosen),
        ],
        submit="Save",
    )


def _boxes(block_id: str, label: str, roles: Sequence[Role], chosen: frozenset[Role]) -> Block:
    options = [option(role.label.capitalize(), role, MEANING.get(role, "")) for role in roles]
    return field(block_id, label, checkboxes(options, initial=chosen), optional=True)


def assigned(person: Person) -> Message:
    roles = ", ".join(role.label for role in sorted(person.roles)) or "no role"
    return Message(f"✅ {mention(person.user_id)} is now: {roles}.")
