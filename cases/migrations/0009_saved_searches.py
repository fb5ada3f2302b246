"""Saved searches, and the order in which the cases already public became so."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


SEQUENCE = "CREATE SEQUENCE cases_news_place OWNED BY cases_casenews.last"
FILL = """
INSERT INTO cases_casenews (number, first, last)
SELECT number, place, place FROM (
    SELECT number, nextval('cases_news_place') AS place FROM (
        SELECT number FROM cases_catalogueentry GROUP BY number ORDER BY min(published_at), number
    ) AS published
) AS placed
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_imports_and_identifiers_of_a_city'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseNews',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('first', models.BigIntegerField()),
                ('last', models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='CasePublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('query', models.TextField(blank=True, verbose_name='recherche')),
                ('language', models.CharField(choices=[('fr', 'Français'), ('en', 'English')], default='fr', max_length=2, verbose_name='langue')),
                ('frequency', models.CharField(choices=[('daily', 'chaque jour'), ('weekly', 'chaque semaine')], default='weekly', max_length=6, verbose_name='rythme')),
                ('state', models.CharField(choices=[('pending', 'à confirmer'), ('active', 'en cours'), ('ended', 'arrêtée')], default='pending', max_length=7, verbose_name='état')),
                ('since', models.BigIntegerField(default=0)),
                ('watermark', models.BigIntegerField(default=0)),
                ('only_new', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField(verbose_name='demandée le')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmée le')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='arrêtée le')),
                ('run_on', models.DateField(null=True, verbose_name='dernier passage')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'alerte',
                'verbose_name_plural': 'alertes',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AlertedCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('told_at', models.BigIntegerField(null=True)),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='cases.savedsearch')),
            ],
        ),
        migrations.AddIndex(
            model_name='savedsearch',
            index=models.Index(condition=models.Q(('state', 'active')), fields=['language', 'query', 'id'], name='search_due'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('address'), models.F('query'), models.F('language'), condition=models.Q(('account', None), ('state__in', ['pending', 'active'])), name='one_search_an_address'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.UniqueConstraint(condition=models.Q(('account__isnull', False), ('state__in', ['pending', 'active'])), fields=('account', 'query', 'language'), name='one_search_an_account'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account', None), ('address', ''), ('state', 'ended')), models.Q(('account', None), ('state__in', ['pending', 'active']), models.Q(('address', ''), _negated=True)), models.Q(('account__isnull', False), ('address', ''), ('state__in', ['pending', 'active'])), _connector='OR'), name='search_belongs_to_one'),
        ),
        migrations.AddConstraint(
            model_name='alertedcase',
            constraint=models.UniqueConstraint(fields=('search', 'number'), name='a_case_is_told_once'),
        ),
        migrations.RunSQL(SEQUENCE, "DROP SEQUENCE IF EXISTS cases_news_place"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
