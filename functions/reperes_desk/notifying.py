"""Telling a person who asked for it that something has changed, by an e-mail that says no more.

From the agent's machine, where the address is read: the server never knows it.
"""

from __future__ import annotations

import os

from chalicelib.mail.ports import MailError
from chalicelib.mail.smtp import URL_NAME, mailer_from
from reperes_desk.case import Case
from reperes_desk.printing import say

# On a locked screen, or seen by somebody else, it says nothing of what it is about.
SUBJECT = "Du nouveau"
TEXT = """Bonjour,

Vous avez demandé à être prévenu. Il y a du nouveau : revenez sur la page de suivi, avec le
code que vous avez noté.

Ce message ne dit rien d’autre et n’attend pas de réponse.
"""


def tell_the_person(case: Case) -> None:
    """Send the e-mail if the person ticked it; the agent is told what happened, no more.

    What was done to the record stands, whether the e-mail goes or not.
    """
    answers = case.answers
    address = answers.get("email")
    if answers.get("contact_email") is not True or not isinstance(address, str):
        return
    try:
        mailer = mailer_from(os.environ)
        if mailer is None:
            say(
                "La personne voulait être prévenue par e-mail et ne l’est pas : "
                f"réglez {URL_NAME}.",
                err=True,
            )
            return
        mailer.send(address, SUBJECT, TEXT)
    except MailError as error:
        say("L’e-mail à la personne n’est pas parti ; le reste est enregistré.", err=True)
        say(f"  {error}", err=True)
    else:
        say("La personne est prévenue par e-mail, sans détail.")
