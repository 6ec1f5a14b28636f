"""What a language model is asked on behalf of agents: settings, prompts, jobs, plans."""
