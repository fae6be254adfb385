"""Applications, middleware, templates, languages, tasks and static files."""

from django.utils.translation import gettext_lazy as _

from opora.settings import environment
from opora.settings.fingerprint import static_fingerprint

BASE_DIR = environment.ROOT
DATA_DIR = environment.DATA
PUBLIC_URL = environment.PUBLIC_URL
DEBUG = environment.DEBUG
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = environment.ALLOWED_HOSTS
# Hosts and networks inside a company that requests to typed-in addresses may reach (`core/outbound`).
PRIVATE_HOSTS = environment.PRIVATE_HOSTS

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "oauth2_provider",
    "opora.core",
    "opora.events",
    "opora.search",
    "opora.people",
    "opora.calendars",
    "opora.tickets",
    "opora.knowledge",
    "opora.routing",
    "opora.channels.email",
    "opora.channels.web",
    "opora.webhooks",
    "opora.sla",
    "opora.notifications",
    "opora.automation",
    "opora.web",
    "opora.api",
]

MIDDLEWARE = [
    "opora.web.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "opora.web.middleware.PersonalMiddleware",
    "opora.web.welcome_gate.WelcomeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "opora.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "opora.urls"
WSGI_APPLICATION = "opora.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [environment.ROOT / "opora" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "opora.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "opora.web.templatetags.opora",
            ],
        },
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("uk", _("Ukrainian")), ("ru", _("Russian"))]
LOCALE_PATHS = [environment.ROOT / "opora" / "locale"]
FORMAT_MODULE_PATH = "opora.settings.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = f"/static/{static_fingerprint(environment.ROOT / 'opora')}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 31_536_000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

EMAIL_BACKEND = "opora.notifications.backend.MailboxBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"opora": {"level": "INFO"}, "django_tasks_db": {"level": "WARNING"}},
}
