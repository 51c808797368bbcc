"""Addresses of jobs."""

from django.urls import path

from baton.web.jobs.views import cancel, jobs, retry

urlpatterns = [
    path("jobs", jobs, name="jobs"),
    path("jobs/<int:number>/cancel", cancel, name="job-cancel"),
    path("jobs/<int:number>/retry", retry, name="job-retry"),
]
