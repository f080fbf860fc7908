"""What the search box understands, for the help beside it: name, example, explanation."""

OPERATORS: tuple[tuple[str, str, str], ...] = (
    ("words", "printer smokes", "All words, in any form: “print” finds “printing”."),
    ("phrase", '"paper jam"', "These words side by side."),
    ("minus", "-invoice", "Without this word; works before every operator, too."),
    ("#", "#1042", "The ticket of this number."),
    ("from:", "from:anna@example.com", "Written by this customer: address, or a part of name or address."),
    ("to:", "to:boss@example.com", "With this address in copy, or with a mail to it."),
    ("status:", "status:open,closed", "open, human_assigned or closed."),
    ("priority:", "priority:urgent", "low, medium, high or urgent."),
    ("assignee:", "assignee:me", "me, none, or a name or address."),
    ("team:", 'team:"Second level"', "In the queue of this team."),
    ("tag:", "tag:refund", "With this tag."),
    ("category:", "category:Billing", "In this category."),
    ("context:", "context:Acme", "Of this brand."),
    ("source:", "source:email", "web, email, api, chat, phone or social."),
    ("sla:", "sla:breached", "running, at_risk, paused, breached or met."),
    (
        "is:",
        "is:unassigned",
        "open, closed, active, assigned, unassigned, mine, watched, waiting, snoozed, overdue, escalated, merged.",
    ),
    ("has:", "has:attachment", "attachment, note, tag, link, cc or rating."),
    ("before:", "before:2026-11-01", "Opened before this day."),
    ("after:", "after:2026-11-01", "Opened after this day."),
)
