"""SLA timers of tickets: started, followed and explained."""
