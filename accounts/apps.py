from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Say what signing in holds on a person."""
        from accounts.own_data import register_all

        register_all()
