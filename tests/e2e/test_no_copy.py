"""What a browser keeps on the disk: never a sensitive guide."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/guides/violences/violences-conjugales/", "no-store"),
        ("/guides/droits/preuves/", "no-store"),
        ("/effacer-mes-traces/", "no-store"),
        ("/suivi/", "no-store"),
        ("/guides/vols/vol-velo/", "no-cache"),
        ("/declarer/signalement/formulaire/", "no-cache"),  # a slip must not lose what was typed
    ],
)
def test_copies_are_kept_only_of_what_tells_nothing(phone, path, said):
    answer = phone.request.get(path)

    assert answer.status == 200
    assert answer.headers["cache-control"] == said
