"""URL names of this app."""

app_name = "inspections"
urlpatterns: list = []
