"""Who is on the staff of a secretariat: a charter names the unit, the roster its people."""

from yishi.web.office import Office


def of_secretariat(office: Office) -> bool:
    """Whether this person is on the staff of a secretariat that some body's charter names."""
    mine = office.state.roster.units_of(office.person, office.now.date())
    names = {
        name
        for charter in office.state.charters.values()
        for name in charter.units.get("secretariat", ())
    }
    return any(office.state.roster.units[u].name in names for u in mine)
