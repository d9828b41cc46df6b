import OddityReports
import TestSupport
import Testing

@testable import OddityRecords

struct ShownRowsTests {
    @Test(arguments: [0, 1, 5, 40, 2_000], [true, false])
    func theyAreThoseThatSortingGives(limit: Int, showsLowest: Bool) {
        var random = Numbers(state: 3)
        var shown = ShownRows(limit: limit, showsLowest: showsLowest)
        // Few different values, so that there are equal ones, of which the first come first.
        let all = (0..<1_500).map { (name: "\($0)", measure: (random.next() * 50).rounded()) }
        for row in all {
            shown.insert(
                ReportedRow(name: row.name, score: 0, isFlagged: true, measure: row.measure)
            )
        }
        let sorted = all.enumerated().sorted { left, right in
            let (a, b) = (left.element.measure, right.element.measure)
            return a == b ? left.offset < right.offset : showsLowest ? a < b : a > b
        }
        #expect(shown.rows.map(\.name) == sorted.prefix(limit).map(\.element.name))
    }
}
