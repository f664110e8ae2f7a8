from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"

    def ready(self) -> None:
        """Say what the record holds and for how long, and listen for who leaves a hub."""
        from accounts import retention_periods
        from accounts.signals import left_hub
        from retention.actions.import_runs import forget_old_runs
        from retention.actions.plans import stop_sharing
        from retention.actions.roster_after import forget_rosters
        from retention.own_data import register_all
        from retention.retention_periods import forget_ended_posts, forget_told_changes

        register_all()
        retention_periods.register("files never loaded", forget_old_runs)
        retention_periods.register("rosters, and what undoing them needed", forget_rosters)
        retention_periods.register("ended posts", forget_ended_posts)
        retention_periods.register("drafts of ended posts, and undone changes", forget_told_changes)
        left_hub.connect(stop_sharing, dispatch_uid="retention.stop_sharing")
