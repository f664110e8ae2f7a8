"""What higher floors want to hear of: they listen, this floor need not know them."""

from django.dispatch import Signal

# Sent in the transaction in which `user` leaves `hub`, by an Actor `by`.
left_hub = Signal()
# Sent in the transaction in which the account of a `user` who has died is closed, by an Actor `by`.
account_closed = Signal()
