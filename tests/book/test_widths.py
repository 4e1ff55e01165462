from alignkit.book.widths import GAP, LINE, widths

LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"


def test_short_cells_keep_to_one_line_and_long_ones_get_the_rest():
    found = widths(["When", "What"], [["September 30, 2026", f"{LONG} {LONG}"]])
    assert found[0] >= len("September 30, 2026")
    assert found[1] > 60


def test_the_longer_of_two_texts_gets_more():
    less, more = widths(["A", "B"], [[LONG, f"{LONG} {LONG}"]] * 3)
    assert more > less


def test_a_table_never_gets_wider_than_its_line():
    for many in (1, 3, 6):
        found = widths(["x"] * many, [[LONG] * many])
        assert sum(found) + GAP * many <= LINE


def test_a_table_with_room_to_spare_takes_no_more_than_it_needs():
    assert widths(["A", "B"], [["1", "22222"]]) == [3, 5]


def test_no_rows_and_empty_cells_are_fine():
    assert len(widths(["A", ""], [])) == 2
    assert len(widths(["A", ""], [["", ""]])) == 2
