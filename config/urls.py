"""Every address of the service. Each app lists its own."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import TemplateView

from config.api import urls as api_urls
from config.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", api_urls),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("retention.urls")),
    path("", include("hubs.urls")),
    path(
        "accessibility/",
        login_not_required(TemplateView.as_view(template_name="pages/accessibility.html")),
        name="accessibility",
    ),
    path(
        "privacy/",
        login_not_required(TemplateView.as_view(template_name="pages/privacy.html")),
        name="privacy",
    ),
]
