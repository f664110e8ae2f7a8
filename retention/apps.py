from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"

    def ready(self) -> None:
        """Say what the record holds on a person, and listen for who leaves a hub."""
        from accounts.signals import left_hub
        from retention.actions.plans import stop_sharing
        from retention.own_data import register_all

        register_all()
        left_hub.connect(stop_sharing, dispatch_uid="retention.stop_sharing")
