"""Settings; everything an installation may change comes from environment variables named CHUANGWEN_*."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("CHUANGWEN_DATA", ROOT / "var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)


def _flag(name: str) -> bool:
    return os.environ.get(f"CHUANGWEN_{name}", "") == "1"


def _secret_key() -> str:
    """The key given, else one made at first start and kept in the data folder (never in the repository)."""
    if given := os.environ.get("CHUANGWEN_SECRET_KEY"):
        return given
    path = DATA / "secret_key"
    if not path.exists():
        with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(os.urandom(32).hex())
    return path.read_text(encoding="ascii")


def _database(url: str) -> dict[str, object]:
    """`sqlite:///absolute/path` or `postgres://user:password@host:port/name` (host may be a socket folder, quoted)."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path,
            "CONN_MAX_AGE": 60,  # closing the last connection writes the whole log back: 9 ms on every request and job
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,  # seconds a write waits for its turn: the queue of SQLite is not a fair one
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
            },
            "TEST": {"NAME": os.environ.get("CHUANGWEN_TEST_DATABASE", str(DATA / "test.sqlite3"))},
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _secret_key()
DEBUG = _flag("DEBUG")
ALLOWED_HOSTS = os.environ.get("CHUANGWEN_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CHUANGWEN_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_q",
    "axes",
    "chuangwen.base",
    "chuangwen.organisations",
    "chuangwen.places",
    "chuangwen.standards",
    "chuangwen.problems",
    "chuangwen.inspections",
    "chuangwen.scores",
    "chuangwen.assessments",
    "chuangwen.documents",
    "chuangwen.mobile",
    "chuangwen.dashboards",
    "chuangwen.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "chuangwen.base.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "chuangwen.base.middleware.NoStore",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "chuangwen.organisations.sessions.SessionLimits",
    "chuangwen.base.middleware.NoNul",
    "chuangwen.base.middleware.SignInRequired",
    "axes.middleware.AxesMiddleware",
    "chuangwen.base.middleware.OnlyPosted",
]

ROOT_URLCONF = "chuangwen.urls"
WSGI_APPLICATION = "chuangwen.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chuangwen.dashboards.shell.shell",
            ],
            "builtins": ["chuangwen.base.templatetags.words"],
        },
    }
]

DATABASES = {"default": _database(os.environ.get("CHUANGWEN_DATABASE_URL", f"sqlite://{DATA / 'db.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "chuangwen.organisations.passwords.NotLikeThePerson",
        "OPTIONS": {"user_attributes": ("username", "name", "phone")},
    },
    {"NAME": "chuangwen.organisations.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "chuangwen.organisations.passwords.NotCommon"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours: the lockout page says 15 minutes
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "chuangwen.organisations.sessions.client_address"
AXES_LOCKOUT_TEMPLATE = "organisations/locked_out.html"
AXES_RESET_ON_SUCCESS = True

HTTPS = _flag("HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
BEHIND_PROXY = _flag("BEHIND_PROXY")  # exactly one, which sets X-Forwarded-Proto and adds to X-Forwarded-For
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = os.environ.get("CHUANGWEN_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH: list[str] = []

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
FILES_ROOT = DATA / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

Q_CLUSTER = {
    "name": "chuangwen",
    "orm": "default",
    "workers": 1,
    "timeout": 900,
    "retry": 1200,
    "max_attempts": 1,  # base.events keeps its own count of tries
    "poll": 1,
    "catch_up": False,
    "save_limit": 250,
}
FOLLOW_UPS = "chuangwen.jobs.FOLLOW_UPS"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("CHUANGWEN_LOG", "WARNING")},
}
