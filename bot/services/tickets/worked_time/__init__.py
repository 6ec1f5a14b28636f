"""Time worked on tickets: logged, corrected, and counted by timers."""
