"""Every count has its layout now; a month's counts lie together."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('retention', '0007_cells_as_arrays'),
    ]

    operations = [
        migrations.AlterField(
            model_name='publishedcount',
            name='layout',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='retention.publishedlayout'),
        ),
        migrations.AlterField(
            model_name='publishedcount',
            name='release',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='retention.publishedrelease'),
        ),
        migrations.RemoveConstraint(
            model_name='publishedcount',
            name='published_count_once',
        ),
        migrations.AddConstraint(
            model_name='publishedcount',
            constraint=models.UniqueConstraint(fields=('month', 'staff_group', 'practice'), name='published_count_once'),
        ),
    ]
