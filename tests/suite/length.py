"""What `make test` runs, and what it leaves to `make test-long`, so that people need not wait for it. Continuous integration runs both.

A test is long when a shorter one tries the same. Of the tests in a browser `make test` runs those with the marker `smoke` (what people come
for, in each block) and those in `BROWSER`; the others take the same pages another way, or try what one of these tries in one more
case. Of all other tests it leaves out those in `LONG`: what they cost stands in no relation to what they could find first.

Names are test files, tests, or cases of a test, below the folder tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

WIDE = "[wide, dark, forced colors, zoomed]"
BROWSER = frozenset(
    f"browser/{name}"
    for name in (
        # Screens: all rules of axe in a wide window, in the dark, in forced colors and zoomed; a phone; right to left.
        "test_activity_editor.py::test_every_view_is_accessible_and_fits_in_the_dark_too",
        "test_activity_page.py::test_every_kind_is_accessible_and_fits_before_and_after[dark]",
        f"test_case_law_editor.py::test_every_view_is_accessible_and_fits{WIDE}",
        f"test_case_law_page.py::test_every_screen_in_every_mode{WIDE}",
        f"test_pledge_editor.py::test_every_view_is_accessible_and_fits{WIDE}",
        f"test_pledge_page.py::test_every_step_in_every_mode{WIDE}",
        f"test_pledge_staff.py::test_every_page_is_accessible{WIDE}",
        "test_review_editor.py::test_every_view_is_accessible_and_fits_in_the_dark_too",
        f"test_scenario_page.py::test_every_screen_in_every_mode{WIDE}",
        f"test_staff_page.py::test_every_part_in_every_mode{WIDE}",
        f"test_verify_page.py::test_every_answer_is_accessible{WIDE}",
        "test_video_editor.py::test_every_view_is_accessible_and_fits",
        "test_modes.py::test_our_blocks[phone]",
        "test_modes.py::test_our_blocks[right-to-left]",
        "test_lessons.py",
        "test_scenario_tree.py",
        "test_axe.py",
        "test_people_apart.py::test_the_next_person_finds_nothing_of_the_one_before",
        # No record is lost or made twice, whatever the line, the script and the clock do.
        "test_blocks.py::test_a_broken_script_leaves_the_page_usable",
        "test_blocks.py::test_an_answer_that_was_lost_on_the_way_back_is_not_counted_twice",
        "test_blocks.py::test_two_tabs_make_one_decision",
        "test_case_law_page.py::test_a_bad_line_loses_no_note_and_makes_no_second",
        "test_pledge_page.py::test_a_double_click_signs_once",
        "test_pledge_page.py::test_an_answer_lost_after_the_server_has_saved_is_asked_for_again",
        "test_pledge_page.py::test_without_a_script",
        "test_scenario_page.py::test_an_answer_lost_on_its_way_is_asked_for_again_and_counts_once",
        "test_scenario_clock.py::test_neither_reload_nor_second_tab_buys_time",
        "test_scenario_clock.py::test_what_is_selected_when_the_time_runs_out_is_done",
        # Who sees what.
        "test_blocks.py::test_a_visitor_who_is_not_signed_in_reads_a_polite_notice",
        "test_pledge_staff.py::test_a_learner_is_refused",
        "test_scenario_report.py::test_learners_load_nothing_of_it",
        # What is drawn, dragged, chosen, printed and said; other languages; the app.
        "test_course_films.py::test_a_film_plays_to_its_end_with_captions_in_both_languages[film-the-ladder]",
        "test_editor_keeping.py::test_nothing_is_lost_when_a_save_fails[offline]",
        "test_editor_map.py::test_the_map_by_keyboard",
        "test_graphics.py::test_a_graphic_is_read_at_every_width[m09-handout-u1-ladder]",
        "test_pledge_page.py::test_a_drawing_is_undone_and_cleared_by_keyboard",
        "test_pledge_editor.py::test_rows_are_dragged_and_escape_lets_them_stay",
        "test_scenario_fit.py::test_a_beat_fits_the_screen_or_shows_its_first_choice[laptop]",
        "test_scenario_page.py::test_meters_and_ladder_tell_where_things_stand",
        "test_scenario_page.py::test_a_picture_and_recordings_have_words_and_controls",
        "test_scenario_people.py::test_a_new_role_is_a_card_by_keyboard_and_without_a_script",
        "test_spanish.py::test_a_scenario_to_its_first_consequence",
        "test_spanish.py::test_a_unit[unit/m09-pledge-item-u1]",
        "test_theme.py::test_buttons_links_and_focus_rings_follow_the_theme",
        "test_two_sizes.py::test_a_lesson_loads_one_of_them[360-1]",
        "test_video_editor.py::test_a_question_is_put_where_the_film_stands_and_learners_are_asked_it",
        "test_web_view.py",
    )
) | {
    "course/preview/test_in_chromium.py::test_a_formula_is_shown_as_it_is_typed",
    "course/preview/test_in_chromium.py::test_pages_can_be_read_without_scripts",
}
LONG = frozenset(
    [
        # Our whole course, looked through, cut, built, imported once more for every case; a small course stands for it.
        "course/languages/test_course.py::test_what_the_blocks_say_of_a_translated_course_is_sound",
        "course/test_accreditation.py::test_the_docx_has_the_same_sections_and_tables",
        "course/test_accreditation.py::test_the_packet_is_accessible_by_the_validator",
        "course/test_accreditation.py::test_the_pdf_has_every_section_and_the_title_on_each_page",
        "course/test_accreditation.py::test_the_same_course_and_day_give_the_same_files",
        "course/test_build.py::test_our_course_builds_from_the_command_line",
        "course/test_build.py::test_our_course_is_built_without_comments_between_its_blocks",
        "course/test_build.py::test_our_course_keeps_its_policy_under_another_key",
        "course/test_build.py::test_questions_are_drawn_as_the_release_of_the_platform_can",
        "course/test_build.py::test_the_other_forms_are_sound_courses_too",
        "course/test_items.py::test_the_report_names_every_item_strategy_and_scenario",
        "course/test_inventory.py::test_every_table_is_as_wide_as_its_head",
        "course/test_paths.py::test_an_agency_gives_it_a_key_and_older_banks",
        "course/test_paths.py::test_it_is_built_from_the_command_line_the_same_each_time",
        "course/test_report.py::test_a_report_that_cannot_be_written_is_said",
        "course/test_rules.py::test_these_problems_of_our_course_and_no_other",
        "course/test_rules.py::test_what_the_platform_takes_is_no_error[film-left-out]",
        "pseudo/test_course.py::test_the_first_page_of_every_block[dti_activity]",
        "records/doctor/test_setup.py::test_an_import_that_leaves_no_course_is_a_fault",
        "records/doctor/test_setup.py::test_nothing_is_imported_over_a_course_unasked",
        "records/doctor/test_setup.py::test_the_course_is_imported_and_what_follows_is_said",
        "records/doctor/test_setup.py::test_the_course_is_imported_in_spanish_beside_the_english_one",
        "records/doctor/test_setup.py::test_the_course_is_imported_under_a_key_of_the_institution",
        "test_platform_acceptance.py::test_archives_are_read_and_compared",
        "test_tutorials.py::test_a_scenario_in_fifteen_minutes_ends_with_an_archive",
        "test_tutorials.py::test_the_scenario_of_the_tutorial_is_played_in_the_preview",
        "video/test_in_a_course.py::test_an_archive_has_the_films_in_the_language_that_is_asked_for",
        # Large files before the validator, and all authorities on paper.
        "pdf/test_apart.py::test_hostile_text_becomes_pages[deep]",
        "pdf/test_apart.py::test_hostile_text_becomes_pages[directions]",
        "pdf/test_apart.py::test_hostile_text_becomes_pages[emoji]",
        "pdf/test_apart.py::test_hostile_text_becomes_pages[many paragraphs]",
        "pdf/test_apart.py::test_hostile_text_becomes_pages[one word]",
        "pdf/test_apart.py::test_too_much_memory_ends_it",
        "pdf/test_packet_hostile.py::test_a_hostile_authority_becomes_pages_and_no_more",
        "pdf/test_packet_pdf.py::test_no_heading_is_the_last_line_of_a_page",
        "pdf/test_packet_pdf.py::test_the_packets_of_our_library_conform_to_pdf_ua",
        "pdf/test_packet_pdf.py::test_the_same_packet_is_the_same_file",
        "pdf/test_pledge_pdf.py::test_every_file_is_pdf_a_3a_and_pdf_ua_and_the_validator_would_say_otherwise",
        "seals/command/test_altered.py::test_a_changed_byte_anywhere_is_found",
        # Processes that are killed, workers and servers of their own, many at once: the second of two, or the larger.
        "blocks/pledge/attacks/test_forms.py::test_no_sequence_of_forms_makes_a_fault_or_half_a_record",
        "course/preview/test_late.py",
        "course/preview/test_serving.py::test_two_tabs_at_once_lose_nothing",
        "load/test_load.py::test_a_few_officers_and_their_books",
        "logs/test_walks.py::test_a_walk_goes_on_where_no_event_can_be_written[CaseLawBlock]",
        "platform/test_record_store.py::test_a_record_store_takes_a_statement_of_every_event",
        "platform/test_tasks.py::test_a_real_celery_finds_the_task_and_a_worker_makes_the_packet",
        "records/doctor/test_with_celery.py",
        "records/pledge/test_pledge_crash.py::test_32_signers_in_processes_of_their_own_make_one_chain",
        "records/pledge/test_pledge_crash.py::test_a_block_whose_process_is_killed_says_what_is_so_and_reports_the_grade",
        "records/pledge/test_pledge_crash.py::test_a_process_that_is_killed_loses_halves_and_doubles_nothing[plain]",
        "records/pledge/test_pledge_roster.py::test_the_database_agrees_with_the_rules_of_one",
        "scenario/test_fuzz.py::test_rules_judge_anything_and_what_they_let_pass_can_be_played",
        # Environments of their own, and what is measured.
        "benches/test_benches.py::test_it_runs_and_prints_what_it_measured",
        "suite/test_suite.py::test_what_is_long_is_there",
        "test_packaging.py::test_a_server_that_only_runs_the_blocks_needs_no_preview_packages",
        "test_packaging.py::test_every_way_to_install_gives_working_blocks",
        "test_packaging.py::test_films_stay_out_of_wheel_and_source_archive",
        "test_packaging.py::test_the_wheel_holds_nothing_else",
        "test_packaging.py::test_versions_with_known_faults_are_not_taken",
        "test_pins.py::test_our_upper_bounds_are_needed",
        "test_pins.py::test_pip_itself_moves_no_pin",
        "tutor_plugin/test_in_tutor.py",
    ]
)


def is_long(item: pytest.Item) -> bool:
    """Whether `make test` leaves a test to `make test-long`."""
    names = names_of(item.nodeid)
    if item.get_closest_marker("browser"):
        return not item.get_closest_marker("smoke") and not names & BROWSER
    return bool(names & LONG)


def names_of(nodeid: str) -> set[str]:
    """The names that a test has in the lists: its own, that of the test of which it is a case, and that of its file."""
    name = nodeid.removeprefix("tests/")
    file = name.partition("::")[0]
    return {name, f"{file}::{name.partition('::')[2].partition('[')[0]}", file}
