from retention.presenters.trust import ahead, trust_sentences


def test_beside_an_outlook_stand_its_back_test_its_calibration_and_its_limits() -> None:
    said = " ".join(trust_sentences())
    assert "Back-test, one year ahead: off by 2.0% on average" in said
    assert "the best rival (mean of all past rates) by 7.7%, “no change” by 11.9%" in said
    held = "72% of outcomes 1\N{NO-BREAK SPACE}year ahead (95% interval 57% to 86%)"
    assert f"80% intervals held {held}" in said
    assert "must not be used about a person" in said


def test_horizons_in_words() -> None:
    assert (ahead(1), ahead(5)) == ("one year", "5 years")
