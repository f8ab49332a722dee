"""URL names of this app."""

app_name = "mobile"
urlpatterns: list = []
