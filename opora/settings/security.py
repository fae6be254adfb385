"""Sign-in, sessions, passwords, and what a browser may load."""

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from opora.settings import environment

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["opora.people.sign_in.SignInBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# The address is unique where it is not empty: customers known by phone alone have none (`person_email_once`).
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "opora.people.sign_in.AccountAdapter"
ACCOUNT_FORMS = {"reset_password": "opora.people.forms.ResetPasswordForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Opora"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not environment.PUBLIC_URL.startswith("https://")
# Tracking each request would make every page view a write; a session shows when and where it began.
USERSESSIONS_TRACK_ACTIVITY = False

SECURE = environment.PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
CSRF_TRUSTED_ORIGINS = [environment.PUBLIC_URL] if environment.PUBLIC_URL else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "opora.web.views.errors.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

OAUTH2_PROVIDER_APPLICATION_MODEL = "api.OAuthClient"
OAUTH2_PROVIDER = {
    "SCOPES": {
        "read": _("Read what you may read"),
        "write": _("Change what you may change"),
        "impersonate": _("Act in the name of other people, if you may manage them"),
    },
    "DEFAULT_SCOPES": ["read", "write"],
    "OAUTH2_VALIDATOR_CLASS": "opora.api.oauth.Validator",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 8 * 3600,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 90 * 24 * 3600,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,  # only hashes are kept
    "ALLOWED_REDIRECT_URI_SCHEMES": ["http", "https"],
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
