"""First schema."""

import sqlalchemy as sa
from alembic import op

from store.migrations import columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", columns.ID, nullable=False),
        sa.Column("team_id", columns.SLACK_ID, nullable=False),
        sa.Column("name", columns.TEXT, nullable=False),
        sa.Column("zone", columns.TEXT, nullable=False),
        sa.Column("created_at", columns.INSTANT, nullable=False),
        sa.Column("ops_channel", columns.SLACK_ID, nullable=True),
        sa.Column("alert_channel", columns.SLACK_ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspaces"),
        sa.UniqueConstraint("team_id", name="uq_workspaces_team_id"),
    )
    op.create_table(
        "audit",
        sa.Column("id", columns.ID, nullable=False),
        sa.Column("workspace_id", columns.ID, nullable=False),
        sa.Column("at", columns.INSTANT, nullable=False),
        sa.Column("action", columns.TEXT, nullable=False),
        sa.Column("done_by", columns.SLACK_ID, nullable=True),
        sa.Column("subject", columns.TEXT, nullable=False),
        sa.Column("fields", columns.FACTS, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_audit_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_audit_workspace_id_subject_id", "audit", ["workspace_id", "subject", "id"], unique=False
    )
    op.create_table(
        "clients",
        sa.Column("id", columns.ID, nullable=False),
        sa.Column("workspace_id", columns.ID, nullable=False),
        sa.Column("code", columns.TEXT, nullable=False),
        sa.Column("name", columns.TEXT, nullable=False),
        sa.Column("folded_name", columns.FOLDED, nullable=False),
        sa.Column("status", columns.CHOICE, nullable=False),
        sa.Column("website", columns.TEXT, nullable=False),
        sa.Column("type", columns.TEXT, nullable=False),
        sa.Column("notes", columns.TEXT, nullable=False),
        sa.Column("external_id", columns.TEXT, nullable=False),
        sa.Column("primary_email", columns.TEXT, nullable=False),
        sa.Column("package", columns.TEXT, nullable=False),
        sa.Column("industry", columns.TEXT, nullable=False),
        sa.Column("size", columns.TEXT, nullable=False),
        sa.Column("zone", columns.TEXT, nullable=True),
        sa.Column("internal_channel", columns.SLACK_ID, nullable=True),
        sa.Column("client_channel", columns.SLACK_ID, nullable=True),
        sa.Column("contract_signed_on", sa.Date(), nullable=True),
        sa.Column("kicked_off_on", sa.Date(), nullable=True),
        sa.Column("first_win_on", sa.Date(), nullable=True),
        sa.Column("handed_off_on", sa.Date(), nullable=True),
        sa.Column("churned_on", sa.Date(), nullable=True),
        sa.Column("tags", columns.FACTS, nullable=False),
        sa.Column("links", columns.FACTS, nullable=False),
        sa.Column("location", columns.FACTS, nullable=False),
        sa.Column("created_at", columns.INSTANT, nullable=False),
        sa.Column("last_ticket", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_clients_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clients"),
        sa.UniqueConstraint(
            "workspace_id", "client_channel", name="uq_clients_workspace_id_client_channel"
        ),
        sa.UniqueConstraint("workspace_id", "id", name="uq_clients_workspace_id_id"),
    )
    op.create_index(
        "ix_clients_workspace_id_folded_name_id",
        "clients",
        ["workspace_id", "folded_name", "id"],
        unique=False,
    )
    op.create_index(
        "ix_clients_workspace_id_status", "clients", ["workspace_id", "status"], unique=False
    )
    op.create_table(
        "inbox",
        sa.Column("workspace_id", columns.ID, autoincrement=False, nullable=False),
        sa.Column("key", columns.TEXT, nullable=False),
        sa.Column("seen_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_inbox_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_inbox"),
    )
    op.create_table(
        "installations",
        sa.Column("team_id", columns.SLACK_ID, nullable=False),
        sa.Column("team_name", columns.TEXT, nullable=False),
        sa.Column("bot_token", columns.TEXT, nullable=False),
        sa.Column("bot_user_id", columns.SLACK_ID, nullable=False),
        sa.Column("bot_id", columns.TEXT, nullable=False),
        sa.Column("installed_at", columns.INSTANT, nullable=False),
        sa.Column("revoked_at", columns.INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="fk_installations_team_id"
        ),
        sa.PrimaryKeyConstraint("team_id", name="pk_installations"),
    )
    op.create_table(
        "job_slots",
        sa.Column("workspace_id", columns.ID, autoincrement=False, nullable=False),
        sa.Column("job", columns.TEXT, nullable=False),
        sa.Column("slot", columns.TEXT, nullable=False),
        sa.Column("taken_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_job_slots_workspace_id"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "job", "slot", name="pk_job_slots"),
    )
    op.create_table(
        "members",
        sa.Column("workspace_id", columns.ID, autoincrement=False, nullable=False),
        sa.Column("user_id", columns.SLACK_ID, nullable=False),
        sa.Column("name", columns.TEXT, nullable=False),
        sa.Column("email", columns.TEXT, nullable=True),
        sa.Column("folded_email", columns.TEXT, nullable=True),
        sa.Column("zone", columns.TEXT, nullable=True),
        sa.Column("standing", columns.CHOICE, nullable=False),
        sa.Column("owner", sa.Boolean(), nullable=False),
        sa.Column("roles", columns.CHOICES, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_members_workspace_id"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name="pk_members"),
    )
    op.create_index(
        "ix_members_workspace_id_folded_email",
        "members",
        ["workspace_id", "folded_email"],
        unique=False,
    )
    op.create_table(
        "outbox",
        sa.Column("id", columns.ID, nullable=False),
        sa.Column("workspace_id", columns.ID, nullable=False),
        sa.Column("key", columns.TEXT, nullable=False),
        sa.Column("destination", columns.SLACK_ID, nullable=False),
        sa.Column("subject", columns.TEXT, nullable=False),
        sa.Column("card", columns.TEXT, nullable=True),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("kind", columns.TEXT, nullable=False),
        sa.Column("facts", columns.FACTS, nullable=False),
        sa.Column("state", columns.CHOICE, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", columns.INSTANT, nullable=False),
        sa.Column("due_at", columns.INSTANT, nullable=False),
        sa.Column("useless_after", columns.INSTANT, nullable=True),
        sa.Column("claimed_at", columns.INSTANT, nullable=True),
        sa.Column("waits_for", columns.ID, nullable=True),
        sa.Column("settled_at", columns.INSTANT, nullable=True),
        sa.Column("posted_channel", columns.SLACK_ID, nullable=True),
        sa.Column("posted_ts", columns.SLACK_ID, nullable=True),
        sa.Column("reason", columns.TEXT, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_outbox_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_outbox_workspace_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_card",
        "outbox",
        ["workspace_id", "destination", "card", "id"],
        unique=False,
        sqlite_where=sa.text("card IS NOT NULL"),
        postgresql_where=sa.text("card IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_claimable",
        "outbox",
        ["lane", "due_at", "id", "destination"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL AND waits_for IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL AND waits_for IS NULL"),
    )
    op.create_index(
        "ix_outbox_line",
        "outbox",
        ["workspace_id", "destination", "subject", "id"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_parked",
        "outbox",
        ["workspace_id", "destination"],
        unique=False,
        sqlite_where=sa.text("state = 'parked'"),
        postgresql_where=sa.text("state = 'parked'"),
    )
    op.create_index(
        "ix_outbox_subject",
        "outbox",
        ["workspace_id", "subject", "destination", "card"],
        unique=False,
    )
    op.create_index(
        "ix_outbox_waits_for",
        "outbox",
        ["workspace_id", "waits_for"],
        unique=False,
        sqlite_where=sa.text("waits_for IS NOT NULL"),
        postgresql_where=sa.text("waits_for IS NOT NULL"),
    )
    op.create_table(
        "timers",
        sa.Column("id", columns.ID, nullable=False),
        sa.Column("workspace_id", columns.ID, nullable=False),
        sa.Column("kind", columns.CHOICE, nullable=False),
        sa.Column("subject", columns.TEXT, nullable=False),
        sa.Column("due_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_timers_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_timers"),
        sa.UniqueConstraint(
            "workspace_id", "kind", "subject", name="uq_timers_workspace_id_kind_subject"
        ),
    )
    op.create_index("ix_timers_due_at_id", "timers", ["due_at", "id"], unique=False)
    op.create_table(
        "client_cards",
        sa.Column("workspace_id", columns.ID, autoincrement=False, nullable=False),
        sa.Column("client_id", columns.ID, autoincrement=False, nullable=False),
        sa.Column("facts", columns.FACTS, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_client_cards_workspace_id_client_id",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "client_id", name="pk_client_cards"),
    )
    op.create_table(
        "client_names",
        sa.Column("workspace_id", columns.ID, autoincrement=False, nullable=False),
        sa.Column("folded", columns.FOLDED, nullable=False),
        sa.Column("kind", columns.CHOICE, nullable=False),
        sa.Column("client_id", columns.ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_client_names_workspace_id_client_id",
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "folded", "kind", "client_id", name="pk_client_names"
        ),
    )
    op.create_index(
        "ix_client_names_workspace_id_client_id_kind",
        "client_names",
        ["workspace_id", "client_id", "kind"],
        unique=False,
    )
    op.create_index(
        "uq_client_names_code",
        "client_names",
        ["workspace_id", "folded"],
        unique=True,
        sqlite_where=sa.text("kind IN ('alias', 'code')"),
        postgresql_where=sa.text("kind IN ('alias', 'code')"),
    )
    op.create_table(
        "client_team",
        sa.Column("workspace_id", columns.ID, autoincrement=False, nullable=False),
        sa.Column("client_id", columns.ID, autoincrement=False, nullable=False),
        sa.Column("role", columns.CHOICE, nullable=False),
        sa.Column("user_id", columns.SLACK_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_client_team_workspace_id_client_id",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "client_id", "role", name="pk_client_team"),
    )
    op.create_index(
        "ix_client_team_workspace_id_user_id",
        "client_team",
        ["workspace_id", "user_id"],
        unique=False,
    )
    op.create_table(
        "contacts",
        sa.Column("id", columns.ID, nullable=False),
        sa.Column("workspace_id", columns.ID, nullable=False),
        sa.Column("client_id", columns.ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", columns.TEXT, nullable=False),
        sa.Column("email", columns.TEXT, nullable=False),
        sa.Column("phone", columns.TEXT, nullable=False),
        sa.Column("title", columns.TEXT, nullable=False),
        sa.Column("slack_user_id", columns.SLACK_ID, nullable=True),
        sa.Column("preferred_channel", columns.TEXT, nullable=False),
        sa.Column("survey", sa.Boolean(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("external_id", columns.TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_contacts_workspace_id_client_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
    )
    op.create_index(
        "ix_contacts_workspace_id_client_id_position",
        "contacts",
        ["workspace_id", "client_id", "position"],
        unique=False,
    )
    op.create_table(
        "tickets",
        sa.Column("id", columns.ID, nullable=False),
        sa.Column("workspace_id", columns.ID, nullable=False),
        sa.Column("client_id", columns.ID, nullable=False),
        sa.Column("key", columns.TEXT, nullable=False),
        sa.Column("folded_key", columns.TEXT, nullable=False),
        sa.Column("title", columns.TEXT, nullable=False),
        sa.Column("description", columns.TEXT, nullable=False),
        sa.Column("priority", columns.CHOICE, nullable=False),
        sa.Column("category", columns.TEXT, nullable=False),
        sa.Column("intake", columns.CHOICE, nullable=False),
        sa.Column("status", columns.CHOICE, nullable=False),
        sa.Column("requester", columns.SLACK_ID, nullable=True),
        sa.Column("assignee", columns.SLACK_ID, nullable=True),
        sa.Column("source_channel", columns.SLACK_ID, nullable=True),
        sa.Column("source_ts", columns.SLACK_ID, nullable=True),
        sa.Column("source_author", columns.SLACK_ID, nullable=True),
        sa.Column("submission", columns.TEXT, nullable=True),
        sa.Column("opened_by", columns.SLACK_ID, nullable=True),
        sa.Column("requested_at", columns.INSTANT, nullable=False),
        sa.Column("created_at", columns.INSTANT, nullable=False),
        sa.Column("response_warn_at", columns.INSTANT, nullable=False),
        sa.Column("response_due_at", columns.INSTANT, nullable=False),
        sa.Column("resolution_warn_at", columns.INSTANT, nullable=False),
        sa.Column("resolution_due_at", columns.INSTANT, nullable=False),
        sa.Column("responded_at", columns.INSTANT, nullable=True),
        sa.Column("responded_by", columns.SLACK_ID, nullable=True),
        sa.Column("closed_at", columns.INSTANT, nullable=True),
        sa.Column("resolution", columns.TEXT, nullable=False),
        sa.Column("external_id", columns.TEXT, nullable=False),
        sa.Column("next_due_at", columns.INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_tickets_workspace_id_client_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tickets"),
        sa.UniqueConstraint(
            "workspace_id", "folded_key", name="uq_tickets_workspace_id_folded_key"
        ),
        sa.UniqueConstraint("workspace_id", "id", name="uq_tickets_workspace_id_id"),
        sa.UniqueConstraint(
            "workspace_id",
            "source_channel",
            "source_ts",
            name="uq_tickets_workspace_id_source_channel_source_ts",
        ),
        sa.UniqueConstraint(
            "workspace_id", "submission", name="uq_tickets_workspace_id_submission"
        ),
    )
    op.create_index(
        "ix_tickets_workspace_id_client_id_next_due_at_id",
        "tickets",
        ["workspace_id", "client_id", "next_due_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_tickets_workspace_id_client_id_requested_at",
        "tickets",
        ["workspace_id", "client_id", "requested_at"],
        unique=False,
    )
    op.create_index(
        "ix_tickets_workspace_id_client_id_responded_at",
        "tickets",
        ["workspace_id", "client_id", "responded_at"],
        unique=False,
    )
    op.create_index(
        "ix_tickets_workspace_id_closed_at", "tickets", ["workspace_id", "closed_at"], unique=False
    )
    op.create_index(
        "ix_tickets_workspace_id_created_at",
        "tickets",
        ["workspace_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_tickets_workspace_id_next_due_at_id",
        "tickets",
        ["workspace_id", "next_due_at", "id"],
        unique=False,
    )
    op.create_table(
        "episodes",
        sa.Column("id", columns.ID, nullable=False),
        sa.Column("workspace_id", columns.ID, nullable=False),
        sa.Column("condition", columns.CHOICE, nullable=False),
        sa.Column("subject", columns.TEXT, nullable=False),
        sa.Column("client_id", columns.ID, nullable=False),
        sa.Column("ticket_id", columns.ID, nullable=True),
        sa.Column("severity", columns.CHOICE, nullable=False),
        sa.Column("due_at", columns.INSTANT, nullable=False),
        sa.Column("opened_at", columns.INSTANT, nullable=False),
        sa.Column("ladder", columns.FACTS, nullable=True),
        sa.Column("ascent", columns.FACTS, nullable=True),
        sa.Column("state", columns.CHOICE, nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("unreachable", columns.FACTS, nullable=False),
        sa.Column("trail", columns.FACTS, nullable=False),
        sa.Column("acknowledged_by", columns.SLACK_ID, nullable=True),
        sa.Column("acknowledged_until", columns.INSTANT, nullable=True),
        sa.Column("closed_at", columns.INSTANT, nullable=True),
        sa.Column("closed_because", columns.TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_episodes_workspace_id_client_id",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "ticket_id"],
            ["tickets.workspace_id", "tickets.id"],
            name="fk_episodes_workspace_id_ticket_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_episodes"),
    )
    op.create_index(
        "ix_episodes_running",
        "episodes",
        ["workspace_id", "state"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_episodes_workspace_id_condition_opened_at",
        "episodes",
        ["workspace_id", "condition", "opened_at"],
        unique=False,
    )
    op.create_index(
        "ix_episodes_workspace_id_ticket_id",
        "episodes",
        ["workspace_id", "ticket_id"],
        unique=False,
    )
    op.create_index(
        "uq_episodes_running",
        "episodes",
        ["workspace_id", "condition", "subject"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("episodes")
    op.drop_table("tickets")
    op.drop_table("contacts")
    op.drop_table("client_team")
    op.drop_table("client_names")
    op.drop_table("client_cards")
    op.drop_table("timers")
    op.drop_table("outbox")
    op.drop_table("members")
    op.drop_table("job_slots")
    op.drop_table("installations")
    op.drop_table("inbox")
    op.drop_table("clients")
    op.drop_table("audit")
    op.drop_table("workspaces")
