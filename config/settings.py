"""The one settings file. Everything that differs between machines comes from the environment."""

import importlib.util
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = environment.mode()
IS_PRODUCTION = MODE == "production"
IS_DEMO = MODE == "demo"

env = environ.Env()
DATA_DIR = Path(env.str("RETENTION_HUB_DATA_DIR", default=str(BASE_DIR / "var")))
if not IS_PRODUCTION:
    DATA_DIR.mkdir(parents=True, exist_ok=True)

# --- Keys and hosts -----------------------------------------------------------------------

SECRET_KEY = environment.secret("SECRET_KEY")
if not SECRET_KEY and not IS_PRODUCTION:
    SECRET_KEY = environment.generated_key(DATA_DIR / f"{MODE}-secret-key")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY (or SECRET_KEY_FILE) must be set to a random text of 50 characters or more."
    )
# Plans are encrypted with keys of their own: the signing key can change without losing them.
PLAN_KEYS = environment.keys("PLAN_KEYS", "" if IS_PRODUCTION else f"plans:{SECRET_KEY}")

ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
# “*” names no host: a request could then name any, and caches and links would follow it.
if IS_PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the host(s) this service answers for.")
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
DEBUG = False

# --- Apps, from the ground up ---------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "csp",
    "organisations",
    "accounts",
    "retention",
    "hubs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.request_log.RequestLogMiddleware",
    "config.middleware.api_errors.ApiErrorsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.htmx.HtmxResponseMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.ActorMiddleware",
    # Innermost: its page asks who is reading.
    "config.middleware.method_not_allowed.MethodNotAllowedMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.site",
            ],
            "libraries": {"nhs": "config.nhs"},
            "builtins": ["config.nhs"],
        },
    },
]
FORM_RENDERER = "config.forms.NhsFormRenderer"

# --- Database ---------------------------------------------------------------------------------

SQLITE_OPTIONS: dict[str, Any] = {
    # A read that turns into a write fails at once under DEFERRED, whatever the time-out.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
    ),
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database.setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
    # A live server's threads cannot share a database in memory, so the suite's is a file.
    _database["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
elif _database["ENGINE"] == "django.db.backends.postgresql":
    _database["CONN_MAX_AGE"] = environment.whole_number("CONN_MAX_AGE", 60)
    _database["CONN_HEALTH_CHECKS"] = True
else:
    raise ImproperlyConfigured("DATABASE_URL must be an sqlite:// or a postgres:// address.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits count here, so that every process counts in the same place.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

TASKS = {
    "default": {
        # The suite runs tasks in place; everywhere else a worker takes them from the table.
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if MODE == "test"
        else "django_tasks_db.DatabaseBackend",
    }
}
TASK_LOST_AFTER = timedelta(
    minutes=environment.whole_number("TASK_LOST_AFTER_MINUTES", 30, least=1)
)

# --- Signing in ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupDetails"
ACCOUNT_PREVENT_ENUMERATION = True
# The demo has no mail server: its accounts are confirmed when it is loaded.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if IS_PRODUCTION else "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Whoever did not change their password themselves hears that somebody did.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# One address; a new one takes its place once it is confirmed.
ACCOUNT_CHANGE_EMAIL = True
# Computers in practices are shared: closing the browser signs out.
ACCOUNT_SESSION_REMEMBER = False
# Whoever finds a screen left open must not be able to move the account to their own address.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip", "login": "60/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.whole_number("TRUSTED_PROXIES", 0)
NINJA_NUM_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT
# After the end of a post, and after an offer or a request of mentoring was withdrawn.
RECORDS_KEPT_YEARS = environment.whole_number("RECORDS_KEPT_YEARS", 6, least=1)
# Of each token. Heavy requests read a whole file or start the solver.
API_REQUESTS_A_MINUTE = environment.whole_number("API_REQUESTS_A_MINUTE", 300, least=1)
API_HEAVY_REQUESTS_A_MINUTE = environment.whole_number("API_HEAVY_REQUESTS_A_MINUTE", 10, least=1)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Retention Hub"
# Browsers offer passkeys over plain http on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION
# Messages name people. A cookie would keep them on a shared computer, for whoever comes next.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

# Where a link in a message leads: a message is written off the request, which knows its host.
SITE_URL = environment.site_address(
    "SITE_URL",
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
    if IS_PRODUCTION
    else f"http://127.0.0.1:{environment.whole_number('PORT', 8000)}",
    # Production answers over TLS alone; a link without it would be read on the way.
    schemes=("https",) if IS_PRODUCTION else ("http", "https"),
)

# --- Mail ---------------------------------------------------------------------------------------

EMAIL_CONFIG = environment.mail_server(
    "EMAIL_URL",
    {
        "production": "smtp://localhost:25",
        "demo": f"filemail:///{DATA_DIR / 'mail'}",
        "test": "memorymail://",
    }[MODE],
)
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
# smtp+tls turns encryption on once connected; smtp+ssl encrypts from the first byte.
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
# Seconds. A mail server that falls silent would hold the worker for ever.
EMAIL_TIMEOUT = 60
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Retention Hub <no-reply@localhost>")

# --- What the browser is told ---------------------------------------------------------------------

SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
SESSION_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # data: is for the TOTP code, drawn as an image when a phone is set up.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
# An upload is checked before it is read; a form or a JSON body never needs more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
UPLOAD_MAX_BYTES = environment.whole_number("UPLOAD_MAX_MEGABYTES", 64, least=1) * 1_048_576

# --- Words, times, files ------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = False
# Without translations Django writes and reads dates the American way.
DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j F Y, H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"


def _nhs_static_files() -> str:
    spec = importlib.util.find_spec("wagtailnhsukfrontend")
    if spec is None or spec.origin is None:
        raise ImproperlyConfigured("wagtail-nhsuk-frontend is not installed: run make install.")
    return str(Path(spec.origin).parent / "static" / "wagtailnhsukfrontend")


STATICFILES_DIRS = [str(BASE_DIR / "static"), ("nhsuk", _nhs_static_files())]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Hashed names need collectstatic, which the suite's live server does not run.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "config.storage.StaticStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
WHITENOISE_AUTOREFRESH = MODE == "test"
if IS_DEMO:
    # Fifteen seconds of compressing would gain nothing on the way to the same machine.
    WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css", "js", "svg", "png", "ico", "json"]

# Names never reach a log: what is logged is listed in config/logs.py.
LOGGING_CONFIG = "config.logs.configure"
LOGGING = {"level": environment.log_level("WARNING" if MODE == "test" else "INFO")}
