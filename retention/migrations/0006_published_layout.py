"""Counts get the layout that names their cells; see the next two migrations."""

import django.db.models.deletion
from django.db import migrations, models

import retention.models.banded_field


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0001_initial'),
        ('retention', '0005_pattern_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedLayout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('staff_group', models.CharField(max_length=8)),
                ('names', models.JSONField()),
                ('printed', models.JSONField()),
                ('digest', models.CharField(max_length=32, unique=True)),
            ],
        ),
        migrations.AddField(
            model_name='publishedcount',
            name='layout',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='retention.publishedlayout'),
        ),
        migrations.AddField(
            model_name='publishedprofile',
            name='by_role',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='publishedprofile',
            name='headcount',
            field=retention.models.banded_field.BandedField(),
        ),
        migrations.AlterField(
            model_name='publishedprofile',
            name='sessions',
            field=retention.models.banded_field.BandedField(),
        ),
        migrations.AlterField(
            model_name='publishedprofile',
            name='by_sex',
            field=retention.models.banded_field.BandedField(default=dict),
        ),
        migrations.AlterField(
            model_name='publishedprofile',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='published_profiles', to='organisations.organisation'),
        ),
    ]
