"""Made-up names: given names that are common, surnames and places that nobody has."""

import random

_FEMALE = (
    "Amara Beatriz Carys Delphine Efua Farida Greta Hana Imogen Jaya Katya Leila Mairi Nadia"
    " Odette Parveen Ruta Saoirse Tamsin Uma Vivienne Winifred Yasmin Zofia"
)
_MALE = (
    "Anselm Bartek Cormac Dilip Emeka Farouk Gethin Haruki Idris Jarek Kofi Lorcan Mateus"
    " Nikhil Osian Pascal Ravi Stellan Tariq Urban Vikram Wilfred Yusuf Zoltan"
)
_STARTS = (
    "Amber Bramble Clover Drift Ember Fallow Gorse Heron Ivory Juniper Larkspur Mallow Nettle"
    " Otter Pebble Quill Rowan Thistle"
)
_ENDS = "beck bourne combe croft dale fold garth holt lathe mere moss rigg shaw stead thwaite wold"
GIVEN_NAMES = {"female": _FEMALE.split(), "male": _MALE.split()}
# Two halves of a surname: with the given names, twelve thousand names for 800 people.
SURNAME_STARTS, SURNAME_ENDS = _STARTS.split(), _ENDS.split()
PLACES = (
    "Amberlathe",
    "Bramblefold",
    "Cloverrigg",
    "Driftgarth",
    "Emberstead",
    "Fallowmere",
    "Gorselathe",
    "Heronwold",
    "Ivorydale",
    "Junipermoss",
    "Larkspurholt",
    "Mallowthwaite",
    "Nettlefold",
    "Ottermoss",
    "Pebblegarth",
    "Quillwold",
    "Rowanlathe",
    "Thistlemoss",
    "Willowrigg",
    "Yarrowfold",
    "Zephyrholt",
    "Acornlathe",
    "Burdockshaw",
    "Curlewrigg",
    "Dunlinstead",
)
PRACTICE_KINDS = ("Surgery", "Medical Practice", "Health Centre", "Group Practice")


class Names:
    """Gives each person a name that no one else of the demo has."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._given: set[str] = set()

    def person(self, sex: str, title: str = "") -> str:
        """Return a full name, with a title before it where there is one."""
        # Two of one name would look like one person in a list of staff.
        while True:
            surname = self._rng.choice(SURNAME_STARTS) + self._rng.choice(SURNAME_ENDS)
            name = f"{self._rng.choice(GIVEN_NAMES[sex])} {surname}"
            if name not in self._given:
                self._given.add(name)
                return f"{title} {name}".strip()


def practice_name(number: int) -> str:
    """Return the name of practice 0 to 49; each place has two, of different kinds."""
    kind = PRACTICE_KINDS[(number + number // len(PLACES)) % len(PRACTICE_KINDS)]
    return f"{PLACES[number % len(PLACES)]} {kind}"
