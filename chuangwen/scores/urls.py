"""URL names of this app."""

app_name = "scores"
urlpatterns: list = []
