"""Learning, in a process of its own: `python -m bot.learner` reads sorted requests and writes what it learned.

Nobody imports this part: scikit-learn takes 100 MiB, which the desk's process is to be spared.
"""
