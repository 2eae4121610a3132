"""The table of contents of the SQL: every file is a step, once; macros take parameters in one order."""

import pytest

from pipelines import places, steps


@pytest.mark.parametrize("folder", ["staging", "marts", "slices", "indicators"])
def test_every_file_is_a_step_and_every_step_a_file(folder: str):
    files = {f"{folder}/{path.stem}" for path in (places.SQL / folder).glob("*.sql")}
    listed = [step.label for step in steps.steps() if step.label.startswith(f"{folder}/")]
    assert set(listed) == files
    assert len(listed) == len(files)


def test_a_macro_takes_only_what_it_reads_in_the_house_order():
    statements = {step.label: step.statement for step in steps.steps()}
    assert "create macro ind_masuk(_per_tanggal, _sejak) as table" in statements["indicators/masuk"]
    assert (
        "create macro wilayah_dipilih(_per_tanggal, _wilayah, _provinsi)"
        in statements["slices/wilayah_dipilih"]
    )
    assert not any(
        "$" in text for label, text in statements.items() if label.startswith(("slices", "indicators"))
    )


def test_staging_and_marts_do_not_depend_on_a_date_asked():
    for step in steps.steps():
        if step.label.startswith(("staging", "marts")):
            assert "$" not in step.statement, step.label
