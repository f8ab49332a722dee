"""URL names of this app."""

app_name = "standards"
urlpatterns: list = []
