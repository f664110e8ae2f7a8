from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"

    def ready(self) -> None:
        """Say what the record holds on a person."""
        from retention.own_data import register_all

        register_all()
