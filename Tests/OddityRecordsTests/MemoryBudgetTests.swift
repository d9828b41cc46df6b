import Testing

@testable import OddityRecords

/// How many rows there is memory for.
@Suite struct MemoryBudgetTests {
    @Test func takeTheLatestStepsWhereTheLastRowsAreTheLatest() throws {
        // 76,800 bytes, a quarter of which are no rows, hold 200 of 288 bytes.
        let budget = MemoryBudget(76_800)
        let all = try budget.latestSteps(of: 200, featureCount: 2)
        #expect(all.count == 200)
        #expect(all.note == nil)
        let latest = try budget.latestSteps(of: 201, featureCount: 2)
        #expect(latest.count == 200)
        #expect(latest.note?.hasSuffix("the latest 200 are learned from") == true)
    }

    @Test func refuseStepsOfWhichNobodyKnowsTheLatest() throws {
        let error = #expect(throws: MemoryError.self) {
            try MemoryBudget(nil).latestSteps(of: 1 << 50, featureCount: 1, endsWithLatest: false)
        }
        #expect(
            error?.description.hasPrefix("a series of 1,125,899,906,842,624 rows takes about")
                == true
        )
        #expect(
            error?.description.hasSuffix(
                "are free; give fewer rows, or the rows of one series by time, of which the latest are learned from"
            ) == true
        )
        // What is free holds them, whatever was asked for.
        #expect(
            try MemoryBudget(1).latestSteps(of: 200, featureCount: 2, endsWithLatest: false).count
                == 200
        )
    }
}
