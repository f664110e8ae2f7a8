from django.db import migrations

from accounts.append_only import lock, unlock


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(lock, unlock)]
