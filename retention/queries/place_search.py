"""Finding a place by its name or code."""

from django.db.models import Case, IntegerField, Q, QuerySet, When

from organisations.models.organisation import Kind, Organisation

# Hubs have pages of their own.
_FOUND = (Kind.PRACTICE, Kind.NETWORK, Kind.SUB_ICB, Kind.ICB, Kind.REGION, Kind.COUNTRY)


def search_places(text: str) -> QuerySet[Organisation]:
    """Return the places with every word of `text` in name, code or postcode; that code first.

    Without a word: England and the ICBs, to browse from.
    """
    words = text.split()
    if not words:
        return Organisation.objects.filter(kind__in=(Kind.COUNTRY, Kind.ICB)).order_by(
            "kind", "name", "code"
        )
    places = Organisation.objects.filter(kind__in=_FOUND)
    for word in words:
        places = places.filter(
            Q(name__icontains=word) | Q(code__iexact=word) | Q(postcode__icontains=word)
        )
    exact = Case(When(code__iexact=text.strip(), then=0), default=1, output_field=IntegerField())
    return places.order_by(exact, "name", "code")
