"""What agents say to requesters: replies that can still be taken back, and who is writing one."""
