"""URL names of this app."""

app_name = "problems"
urlpatterns: list = []
