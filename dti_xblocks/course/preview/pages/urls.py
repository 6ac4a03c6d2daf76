"""Addresses of the preview."""

from django.urls import include, path, re_path

from . import assets, dresses, handlers, links, studio, texts, views, visitors

REST = r"(?P<rest>.*)"

urlpatterns = [
    path("", views.home),
    path("progress", views.progress_page),
    path("info", texts.info_page),
    path("tab/<str:slug>", texts.tab_page),
    path("sequence/<str:block_id>", views.sequence_page),
    path("unit/<str:block_id>", views.unit_page),
    path("as/mfe/unit/<str:block_id>", dresses.learning_page),
    path("as/lms/unit/<str:block_id>", views.unit_page, {"template": "preview/as/lms.html"}),
    path("as/studio/unit/<str:block_id>", views.unit_page, {"template": "preview/as/studio_unit.html"}),
    path("as/studio/edit/<str:key>", studio.edit_page, {"template": "preview/as/studio_edit.html"}),
    path("completion", views.completion_state),
    path("person", visitors.switch_person),
    path("reset", visitors.reset_page),
    path("jump_to/<str:key>", links.jump_to),
    path("jump_to_id/<path:block_id>", links.jump_to_id),
    re_path(rf"^courses?/{REST}$", links.course_link),
    path("studio/edit/<str:key>", studio.edit_page),
    path("studio/discard/<str:key>", studio.discard),
    re_path(r"^xblock/(?P<person_key>\w+)/(?P<key>[^/]+)/(?P<name>\w+)(?:/(?P<suffix>.*))?$", handlers.handle),
    path("resource/<str:block_type>/<path:uri>", assets.block_resource),
    path("page/<path:name>", assets.page_asset),
    path("asset/<path:name>", assets.course_file),
    path("static/<path:name>", assets.course_file),
    path("dti/", include("dti_xblocks.records.urls")),
    path("favicon.ico", assets.no_icon),
    path("videos/<str:name>", links.no_video, name="video-detail"),  # the video store names an address for each video
]

handler400 = "dti_xblocks.course.preview.pages.errors.refused"
handler403 = "dti_xblocks.course.preview.pages.errors.forbidden"
handler404 = "dti_xblocks.course.preview.pages.errors.not_found"
handler500 = "dti_xblocks.course.preview.pages.errors.broken"
