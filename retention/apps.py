from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"

    def ready(self) -> None:
        """Say what the record holds and for how long, and listen for who leaves a hub."""
        from accounts import retention_periods
        from accounts.signals import left_hub
        from retention.actions.import_runs import forget_old_runs
        from retention.actions.plans import stop_sharing
        from retention.own_data import register_all

        register_all()
        retention_periods.register("files never loaded", forget_old_runs)
        left_hub.connect(stop_sharing, dispatch_uid="retention.stop_sharing")
