"""Who asks that others neither hear of it nor read it is noticed; who uses the same words otherwise is not."""

import pytest

from bot.domain.tickets.privacy_words import wants_confidence

WISHES = """
Please don't tell him
My chair broke. Please don’t tell her about it
pls do not tell them
I lost my badge, don't tell Bo
Don't tell bo!
but please don't tell anyone
never tell anybody else
Please do not inform my team lead
Don't let him know
please don't let anyone else read this
I do not want anybody else to see this
I don't want anyone to read this
I don't want my boss to know
I wouldn't want others to find out
I don't want Bo to know
nobody may know this
No one should know about it
Nobody must know.
nobody else should read this
nobody needs to know
Make sure nobody finds out
my manager must not know this
My boss shouldn't know about it
He must never find out
They should not see this
Please keep this to yourself
This stays between us
Between you and me: I am leaving
without anyone knowing
please don't share this with my colleagues
Don't forward this to anyone
Don't mention this to my manager
bitte nicht weitersagen
Bitte nicht weitererzählen!
das bitte nicht dem Bo sagen
Das bitte nicht meinem Chef sagen
Bitte nicht Bo sagen
Bitte sagen Sie es niemandem
Sag Bo nichts davon
Ich will nicht, dass es jemand erfährt
Ich möchte nicht, dass das jemand liest
Ich will nicht, dass Bo das weiß
niemand darf das wissen
Das darf niemand wissen
Das soll keiner erfahren
Meine Chefin darf davon nichts erfahren
Das bleibt unter uns
Behalten Sie das bitte für sich
Ne le dites à personne
N'en parlez pas à mon chef
Je ne veux pas que quelqu'un le sache
Je ne veux pas que mon chef l'apprenne
Personne ne doit le savoir
Mon chef ne doit pas le savoir
Ça reste entre nous
Gardez ça pour vous
No se lo digas a nadie
No le diga nada a Bo
No quiero que nadie lo sepa
Nadie debe saberlo
Mi jefe no debe enterarse
Que quede entre nosotros
Não conte a ninguém
Não diga nada ao Bo
Não quero que ninguém saiba
Ninguém pode saber disto
O meu chefe não pode saber
Isto fica entre nós
"""
OTHERS = """
nobody can log in
I don't know why
he does not see the printer
don't tell me to restart it
Nobody can see the printer
nobody can read the shared drive
No one knows why the wifi is down
My manager cannot see the calendar
Bo can't see the shared folder
They should not see the admin menu in the app
I don't want to restart it
I don't want the printer to beep
We do not know him
Please tell my manager it is done
The logs do not tell what happened
I can't tell him apart from a bot
the cable between us and the router is loose
My boss does not know how to print
My colleagues don't see my messages
Niemand kann sich anmelden
Ich weiß nicht, warum
Das kann ich nicht genau sagen
Niemand darf drucken, seit gestern fehlt das Recht
Er sieht den Drucker nicht
Sag mir nicht, dass ich neu starten soll
Personne ne peut se connecter
Personne ne peut voir l'imprimante
Je ne sais pas pourquoi
Ne me dites pas de redémarrer
Nadie puede entrar
Nadie puede ver la impresora
No sé por qué
No me digas que reinicie
Ninguém consegue entrar
Não sei porquê
Ele não vê a impressora
Não me diga para reiniciar
"""


@pytest.mark.parametrize("text", WISHES.strip().splitlines())
def test_whoever_asks_that_nobody_else_hears_of_it_is_noticed(text: str) -> None:
    assert wants_confidence(text)


@pytest.mark.parametrize("text", OTHERS.strip().splitlines())
def test_the_same_words_about_something_else_ask_for_no_confidence(text: str) -> None:
    assert not wants_confidence(text)
