"""Language models behind an endpoint that speaks OpenAI's chat completions: hosted ones, Ollama, vLLM."""
