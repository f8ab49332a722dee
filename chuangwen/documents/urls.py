"""URL names of this app."""

from django.urls import path

from chuangwen.documents import views

app_name = "documents"
urlpatterns = [path("documents/", views.documents, name="documents")]
