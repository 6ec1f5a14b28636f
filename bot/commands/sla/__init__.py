"""Why a ticket’s SLA timers are as they are."""
