"""Places and place types."""

from django.urls import path

from chuangwen.places.views import places, types

app_name = "places"
urlpatterns = [
    path("places/", places.places, name="places"),
    path("places/new/", places.new, name="place-new"),
    path("places/types/", types.types, name="types"),
    path("places/types/<int:pk>/", types.edit, name="type"),
    path("places/types/<int:pk>/archive/", types.archive, name="type-archive"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/<int:pk>/edit/", places.edit, name="place-edit"),
    path("places/<int:pk>/archive/", places.archive, name="place-archive"),
    path("places/<int:pk>/reopen/", places.reopen, name="place-reopen"),
]
