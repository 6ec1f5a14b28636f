"""Pictures, in a process of their own: `python -m bot.charts` reads what to draw as JSON and writes a PNG.

Nobody imports this part: matplotlib takes 40 MiB, which the desk's process is to be spared.
"""
