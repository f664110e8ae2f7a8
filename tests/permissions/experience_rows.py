"""Who may read own leavers: whoever reads the private outlook, of networks the weights alone."""

from tests.permissions.private_rows import HUB, NETWORK, hub, network
from tests.permissions.rows import Row, nobody, only

NAME = "api-v1:get_own_leavers"
ROWS = [
    Row(NAME, kwargs=network, own=only(*NETWORK, *HUB), other=nobody()),
    Row(NAME, case="hub", kwargs=hub, own=only(*HUB), other=nobody()),
]
