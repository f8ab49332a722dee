"""URL names of this app."""

app_name = "base"
urlpatterns: list = []
