"""What people write that is no request: words that only say hello."""

from bot.domain.normalised_text import normalised

_GREETINGS = """
    hi, hi there, hello, hello there, hey, hey there, hiya, good morning, morning, good afternoon, good evening,
    hallo, guten morgen, guten tag, guten abend, moin, servus, grüezi, bonjour, bonsoir, salut, coucou, hola,
    buenos días, buenas tardes, ciao, buongiorno, buonasera, salve, olá, oi, bom dia, boa tarde, hoi, goedemorgen,
    goedemiddag, hej, hei, cześć, dzień dobry, bună, bună ziua, salutare, ahoj, szia, merhaba, привет, здравствуйте,
    你好, こんにちは
"""
GREETINGS = frozenset(normalised(each) for each in _GREETINGS.split(","))
"""The whole message must be one of them."""
