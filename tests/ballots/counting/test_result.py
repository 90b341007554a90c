from ballots.counting import question_result, result_document
from crypto import canonical
from tests.ballots.counting.contests import outcome, question, ranked


def test_winners_are_option_ids_in_option_order():
    asked = question("plurality", ["merah", "biru", "hijau"], seats=2)
    assert question_result(asked, outcome(asked, {2: 5, 0: 3, 1: 1, None: 2})) == {
        "id": "q",
        "valid": 9,
        "blank": 2,
        "winners": ["merah", "hijau"],
        "drawn": False,
        "totals": [3, 1, 5],
    }


def test_a_result_is_canonical_json_of_whole_numbers():
    asked = question("stv-scottish", "abc", seats=2)
    result = outcome(asked, ranked("2 a>b\n2 a>c\n2 b\n1 c", "abc"))
    document = result_document({1: 7, 2: 0}, [(asked, result)])
    written = canonical.write(document)
    assert canonical.read(written) == document
    assert written == (
        b'{"counted":[{"ballots":7,"style":1},{"ballots":0,"style":2}],'
        b'"questions":[{"blank":0,"drawn":false,"id":"q","quota":300000,"rounds":'
        b"[[400000,200000,100000],[300000,250000,150000],[300000,250000,0]],"
        b'"valid":7,"winners":["a","b"]}]}'
    )


def test_an_election_without_a_ballot_has_a_result():
    asked = question("yes-no", ["yes", "no"], quorum=(1, 4))
    document = result_document({1: 0}, [(asked, outcome(asked, {}, roll_size=100))])
    assert document == {
        "counted": [{"style": 1, "ballots": 0}],
        "questions": [
            {"id": "q", "valid": 0, "blank": 0, "winners": [], "drawn": False, "totals": [0, 0]}
        ],
    }
