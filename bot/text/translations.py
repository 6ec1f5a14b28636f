"""What a requester reads, in other languages than English: the same keys and the same placeholders.

What is not here is said in English; teams are spoken to in the desk's language by the same tables.
"""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "quoted": "{name} fragte:\n{text}\n",
    "quoted_to_author": "Sie fragten:\n{text}\n",
    "opened_for_you": "{name} hat dies für Sie angelegt:\n{text}\n",
    "quoted_in_part": "{command} zeigt alles.\n",
    "received": "{reference} liegt bei {team}.",
    "promise": " Sie bekommen eine Antwort bis {at}.",
    "promise_broken": " Eine Antwort war bis {at} versprochen. Sie ist überfällig, und das Team weiß davon.",
    "promise_off_duty": " Bis {back} ist niemand im Dienst. Sie bekommen eine Antwort bis {at}.",
    "promise_broken_off_duty": " Eine Antwort war bis {at} versprochen. Sie ist überfällig, "
    "und bis {back} ist niemand im Dienst.",
    "next_promise": " Sie bekommen die nächste Antwort bis {at}.",
    "next_promise_broken": " Die nächste Antwort war bis {at} versprochen. Sie ist überfällig, "
    "und das Team weiß davon.",
    "next_promise_off_duty": " Bis {back} ist niemand im Dienst. Sie bekommen die nächste Antwort bis {at}.",
    "next_promise_broken_off_duty": " Die nächste Antwort war bis {at} versprochen. Sie ist überfällig, "
    "und bis {back} ist niemand im Dienst.",
    "off_duty": " Bis {back} ist niemand im Dienst. Die Antwort kommt hierher.",
    "no_promise": " Die Antwort kommt hierher.",
    "assigned": " {name} kümmert sich darum.",
    "answered": " Schreiben Sie hier, wann immer Sie etwas ergänzen möchten.",
    "waiting": " Es fehlt noch Ihre Antwort: Schreiben Sie sie hier.",
    "on_hold": " Es ruht im Moment.",
    "resolved_state": "{reference} ist gelöst. Klappt es noch nicht? Schreiben Sie hier, "
    "oder drücken Sie „Wieder öffnen“.",
    "closed_state": "{reference} ist geschlossen. Brauchen Sie noch etwas, schreiben Sie hier; "
    "daraus wird ein neues Ticket.",
    "withdrawn_state": "{reference} wurde zurückgezogen und ist geschlossen.",
    "pending": "{name} wartet bei {reference} auf Ihre Antwort.",
    "held": "{reference} ruht im Moment.",
    "held_because": "{reference} ruht im Moment: {reason}",
    "resolved": "{name} hat {reference} gelöst. Stimmt etwas noch nicht, schreiben Sie hier, "
    "oder drücken Sie „Wieder öffnen“.",
    "resolved_because": "{name} hat {reference} gelöst:\n{reason}\nStimmt etwas noch nicht, schreiben Sie hier, "
    "oder drücken Sie „Wieder öffnen“.",
    "closed": "{reference} ist geschlossen{because}",
    "reopened": "{reference} ist wieder offen.",
    "follows": "{before} war geschlossen; dies ist ein neues Ticket, {reference}, das daran anschließt.",
    "press_reopen": "Wieder öffnen",
    "press_withdraw": "Zurückziehen",
    "sure_to_withdraw": "Diese Anfrage zurückziehen? Sie wird geschlossen.",
    "press_solved": "Hat sich erledigt",
}

FRENCH: Mapping[str, str] = {
    "quoted": "{name} a demandé :\n{text}\n",
    "quoted_to_author": "Vous avez demandé :\n{text}\n",
    "opened_for_you": "{name} a ouvert ceci pour vous :\n{text}\n",
    "quoted_in_part": "{command} affiche le tout.\n",
    "received": "{reference} est chez {team}.",
    "promise": " Vous aurez une réponse au plus tard {at}.",
    "promise_broken": " Vous deviez avoir une réponse au plus tard {at}. Elle est en retard ; "
    "l’équipe en est informée.",
    "promise_off_duty": " Personne n’est de service avant {back}. Vous aurez une réponse au plus tard {at}.",
    "promise_broken_off_duty": " Vous deviez avoir une réponse au plus tard {at}. Elle est en retard, "
    "et personne n’est de service avant {back}.",
    "next_promise": " Vous aurez la prochaine réponse au plus tard {at}.",
    "next_promise_broken": " Vous deviez avoir la prochaine réponse au plus tard {at}. Elle est en retard ; "
    "l’équipe en est informée.",
    "next_promise_off_duty": " Personne n’est de service avant {back}. "
    "Vous aurez la prochaine réponse au plus tard {at}.",
    "next_promise_broken_off_duty": " Vous deviez avoir la prochaine réponse au plus tard {at}. "
    "Elle est en retard, et personne n’est de service avant {back}.",
    "off_duty": " Personne n’est de service avant {back}. Vous aurez votre réponse ici.",
    "no_promise": " Vous aurez votre réponse ici.",
    "assigned": " {name} s’en occupe.",
    "answered": " Écrivez ici dès que vous avez quelque chose à ajouter.",
    "waiting": " Il manque votre réponse : écrivez-la ici.",
    "on_hold": " La demande est en attente.",
    "resolved_state": "{reference} est résolu. Le problème persiste ? Écrivez ici, "
    "ou appuyez sur « Rouvrir ».",
    "closed_state": "{reference} est clos. S’il vous faut autre chose, écrivez ici : "
    "ce sera un nouveau ticket.",
    "withdrawn_state": "{reference} a été retiré et est clos.",
    "pending": "{name} attend votre réponse au sujet de {reference}.",
    "held": "{reference} est en attente.",
    "held_because": "{reference} est en attente : {reason}",
    "resolved": "{name} a résolu {reference}. Si quelque chose ne va toujours pas, écrivez ici "
    "ou appuyez sur « Rouvrir ».",
    "resolved_because": "{name} a résolu {reference} :\n{reason}\n"
    "Si quelque chose ne va toujours pas, écrivez ici ou appuyez sur « Rouvrir ».",
    "closed": "{reference} est clos{because}",
    "reopened": "{reference} est rouvert.",
    "follows": "{before} était clos ; voici un nouveau ticket, {reference}, qui en est la suite.",
    "press_reopen": "Rouvrir",
    "press_withdraw": "Retirer",
    "sure_to_withdraw": "Retirer cette demande ? Elle sera close.",
    "press_solved": "C’est résolu",
}

SPANISH: Mapping[str, str] = {
    "quoted": "{name} preguntó:\n{text}\n",
    "quoted_to_author": "Usted preguntó:\n{text}\n",
    "opened_for_you": "{name} abrió esto para usted:\n{text}\n",
    "quoted_in_part": "{command} lo muestra entero.\n",
    "received": "{reference} está con {team}.",
    "promise": " Tendrá una respuesta a más tardar {at}.",
    "promise_broken": " Debía tener una respuesta a más tardar {at}. Lleva retraso, y el equipo está avisado.",
    "promise_off_duty": " No hay nadie de servicio hasta {back}. Tendrá una respuesta a más tardar {at}.",
    "promise_broken_off_duty": " Debía tener una respuesta a más tardar {at}. Lleva retraso, "
    "y no hay nadie de servicio hasta {back}.",
    "next_promise": " Tendrá la próxima respuesta a más tardar {at}.",
    "next_promise_broken": " Debía tener la próxima respuesta a más tardar {at}. Lleva retraso, "
    "y el equipo está avisado.",
    "next_promise_off_duty": " No hay nadie de servicio hasta {back}. "
    "Tendrá la próxima respuesta a más tardar {at}.",
    "next_promise_broken_off_duty": " Debía tener la próxima respuesta a más tardar {at}. Lleva retraso, "
    "y no hay nadie de servicio hasta {back}.",
    "off_duty": " No hay nadie de servicio hasta {back}. Recibirá la respuesta aquí.",
    "no_promise": " Recibirá la respuesta aquí.",
    "assigned": " Se ocupa {name}.",
    "answered": " Escriba aquí siempre que quiera añadir algo.",
    "waiting": " Falta su respuesta: escríbala aquí.",
    "on_hold": " Está en espera.",
    "resolved_state": "{reference} está resuelto. ¿Sigue sin funcionar? Escriba aquí o pulse «Reabrir».",
    "closed_state": "{reference} está cerrado. Si necesita algo más, escriba aquí y será un ticket nuevo.",
    "withdrawn_state": "{reference} se retiró y está cerrado.",
    "pending": "{name} espera su respuesta sobre {reference}.",
    "held": "{reference} está en espera.",
    "held_because": "{reference} está en espera: {reason}",
    "resolved": "{name} resolvió {reference}. Si algo sigue mal, escriba aquí o pulse «Reabrir».",
    "resolved_because": "{name} resolvió {reference}:\n{reason}\n"
    "Si algo sigue mal, escriba aquí o pulse «Reabrir».",
    "closed": "{reference} está cerrado{because}",
    "reopened": "{reference} está abierto de nuevo.",
    "follows": "{before} estaba cerrado; este es un ticket nuevo, {reference}, que lo continúa.",
    "press_reopen": "Reabrir",
    "press_withdraw": "Retirar",
    "sure_to_withdraw": "¿Retirar esta solicitud? Se cerrará.",
    "press_solved": "Ya está resuelto",
}

PORTUGUESE: Mapping[str, str] = {
    "quoted": "{name} perguntou:\n{text}\n",
    "quoted_to_author": "O seu pedido:\n{text}\n",
    "opened_for_you": "{name} abriu isto em seu nome:\n{text}\n",
    "quoted_in_part": "{command} mostra tudo.\n",
    "received": "{reference} está com {team}.",
    "promise": " Terá uma resposta até {at}.",
    "promise_broken": " Deveria ter tido uma resposta até {at}. Está atrasada, e a equipe já foi avisada.",
    "promise_off_duty": " Não há ninguém de serviço até {back}. Terá uma resposta até {at}.",
    "promise_broken_off_duty": " Deveria ter tido uma resposta até {at}. Está atrasada, "
    "e não há ninguém de serviço até {back}.",
    "next_promise": " Terá a próxima resposta até {at}.",
    "next_promise_broken": " Deveria ter tido a próxima resposta até {at}. Está atrasada, "
    "e a equipe já foi avisada.",
    "next_promise_off_duty": " Não há ninguém de serviço até {back}. Terá a próxima resposta até {at}.",
    "next_promise_broken_off_duty": " Deveria ter tido a próxima resposta até {at}. Está atrasada, "
    "e não há ninguém de serviço até {back}.",
    "off_duty": " Não há ninguém de serviço até {back}. A resposta chegará aqui.",
    "no_promise": " A resposta chegará aqui.",
    "assigned": " {name} está cuidando disso.",
    "answered": " Escreva aqui sempre que quiser acrescentar algo.",
    "waiting": " Falta a sua resposta: escreva-a aqui.",
    "on_hold": " Está em espera.",
    "resolved_state": "{reference} está resolvido. Ainda não funciona? Escreva aqui ou clique em “Reabrir”.",
    "closed_state": "{reference} está fechado. Se precisar de mais alguma coisa, escreva aqui; "
    "será um novo ticket.",
    "withdrawn_state": "{reference} foi retirado e está fechado.",
    "pending": "{name} aguarda a sua resposta sobre {reference}.",
    "held": "{reference} está em espera.",
    "held_because": "{reference} está em espera: {reason}",
    "resolved": "{name} resolveu {reference}. Se algo ainda não estiver certo, escreva aqui "
    "ou clique em “Reabrir”.",
    "resolved_because": "{name} resolveu {reference}:\n{reason}\n"
    "Se algo ainda não estiver certo, escreva aqui ou clique em “Reabrir”.",
    "closed": "{reference} está fechado{because}",
    "reopened": "{reference} está aberto de novo.",
    "follows": "{before} estava fechado; este é um novo ticket, {reference}, que o continua.",
    "press_reopen": "Reabrir",
    "press_withdraw": "Retirar",
    "sure_to_withdraw": "Retirar este pedido? Ele será fechado.",
    "press_solved": "Já está resolvido",
}

TRANSLATIONS: Mapping[str, Mapping[str, str]] = {
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "pt": PORTUGUESE,
}
