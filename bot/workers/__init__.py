"""What runs by itself: each module is one worker, or a part of one."""
