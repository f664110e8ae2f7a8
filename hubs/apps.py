from django.apps import AppConfig


class HubsConfig(AppConfig):
    name = "hubs"

    def ready(self) -> None:
        """Say what mentoring holds on a person; listen for who leaves, dies or changes address."""
        # Here and not above: no model is ready when this file is read.
        from django.db.models.signals import pre_save

        from accounts import retention_periods
        from accounts.signals import account_closed, left_hub
        from hubs.actions.conversations import end_conversations_of
        from hubs.actions.leaving import end_mentoring
        from hubs.actions.past_addresses import keep_past_address
        from hubs.own_data import register_all
        from hubs.retention_periods import (
            forget_conversations,
            forget_digests,
            forget_withdrawn,
        )

        register_all()
        retention_periods.register("withdrawn offers and requests", forget_withdrawn)
        retention_periods.register("confidential conversations", forget_conversations)
        retention_periods.register("monthly summaries", forget_digests)
        # The floors below know nothing of mentoring: they send a signal, and this floor listens.
        left_hub.connect(end_mentoring, dispatch_uid="hubs.end_mentoring")
        account_closed.connect(end_conversations_of, dispatch_uid="hubs.end_conversations_of")
        pre_save.connect(
            keep_past_address, sender="accounts.User", dispatch_uid="hubs.keep_past_address"
        )
