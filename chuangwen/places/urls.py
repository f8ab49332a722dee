"""URL names of this app."""

app_name = "places"
urlpatterns: list = []
