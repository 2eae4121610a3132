import pytest

from pipelines import contracts, reference
from pipelines.places import REFERENCE, REGISTERS, TEMPLATES
from pipelines.terms import fold_heading


def test_every_shipped_file_has_a_contract_and_every_contract_a_file():
    shipped = {path.stem for folder in (REFERENCE, REGISTERS) for path in folder.glob("*.csv")}
    assert set(contracts.names()) == shipped


@pytest.mark.parametrize("kind", contracts.KINDS)
def test_every_kind_has_a_template_with_exactly_its_columns(kind):
    head = (TEMPLATES / f"{kind}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert tuple(head.split(";")) == contracts.load(kind).names


@pytest.mark.parametrize("kind", contracts.KINDS)
def test_no_heading_means_two_columns(kind):
    contract = contracts.load(kind)
    meant = [{fold_heading(text) for text in (column.name, *column.synonyms)} for column in contract.columns]
    assert len(set().union(*meant)) == sum(len(headings) for headings in meant)


@pytest.mark.parametrize("kind", contracts.KINDS)
def test_no_column_that_is_kept_is_also_dropped(kind):
    contract = contracts.load(kind)
    kept = {fold_heading(text) for column in contract.columns for text in (column.name, *column.synonyms)}
    assert not kept & {fold_heading(text) for text in (*contract.identity, *contract.ignored)}


@pytest.mark.parametrize("kind", contracts.KINDS)
def test_what_a_contract_names_exists(kind):
    contract = contracts.load(kind)
    named = {
        *contract.any_of,
        *contract.link,
        *contract.derive,
        *contract.points,
        *contract.pointed,
        *(name for order in contract.orders for name in (order.earlier, order.later)),
    }
    named |= {
        name
        for name in (
            contract.opens_with,
            contract.year,
            contract.coverage,
            contract.province,
            contract.starts,
        )
        if name
    }
    named |= {name for column in contract.columns for name in (column.endless, column.note) if name}
    assert named <= set(contract.names)
    for column in contract.columns:
        if column.terms and column.terms.file:
            assert {column.terms.value, *column.terms.also} <= set(reference.read(column.terms.file).columns)


def test_an_unknown_column_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        contracts.load("laporan").column("tidak_ada")
