from django.apps import AppConfig


class HubsConfig(AppConfig):
    name = "hubs"

    def ready(self) -> None:
        """Say what mentoring holds on a person, and listen for who leaves a hub."""
        from accounts.signals import left_hub
        from hubs.actions.leaving import end_mentoring
        from hubs.own_data import register_all

        register_all()
        left_hub.connect(end_mentoring, dispatch_uid="hubs.end_mentoring")
