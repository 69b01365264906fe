"""Student ids that look like names."""

from autograder.course_error import CourseError

FIRST = """
    aaliyah adam agnes ahmed aiko amara amir ana anders anjali arjun astrid beatriz benjamin
    bongani bruno carla chen chiara daniel david diego elena emeka emil emma esther farid fatima
    felix freya gabriel grace hana hannah hassan hiro ida imani ines isaac ivan jamal jana jonas
    julia kai kofi laila lars leila leo lin lucia malik maria mateo maya mei mina mohamed naomi
    nikhil nina noah nora olga oscar pablo petra priya rafael rosa ruth samir sara sofia sven
    tariq thabo theo valentina viktor wei yara yusuf zainab zoe
"""
LAST = """
    abebe adeyemi andersen banerjee bauer becker botha chang chukwu costa dang diallo dubois
    eriksson fernandez fischer garcia ghosh gomez haddad hansen hoang ibrahim ito jansen johnson
    kaplan khan kim kowalski kumar larsen lopez malik martin mbeki mehta mensah moreau moyo
    murphy nakamura ndiaye nguyen novak nowak okafor okoye olsen ortiz park patel pereira petrov
    popescu rahman ramirez reyes rossi sato schmidt shah silva singh smith suzuki tanaka tran
    virtanen wagner weber williams wong yamamoto yilmaz zhang
"""


def student_ids(rng, count):
    """Draw `count` different ids such as "amara-okafor"; raises CourseError for too many."""
    first, last = FIRST.split(), LAST.split()
    most = len(first) * len(last)
    if not 1 <= count <= most:
        raise CourseError(f"Got {count} students, but a class has from 1 to {most} of them.")
    drawn = rng.choice(most, size=count, replace=False)
    return [f"{first[k // len(last)]}-{last[k % len(last)]}" for k in drawn]
