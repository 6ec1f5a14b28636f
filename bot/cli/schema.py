"""`schema`: what an editor needs to know of desk.yaml."""

import typer


def schema() -> None:
    """Print the JSON Schema of desk.yaml, for editors."""
    from bot.config.json_schema import schema_text

    typer.echo(schema_text(), nl=False)
