import OddityDatasets
import OddityPreprocessing
import TestSupport
import Testing

@testable import OddityDetectors

/// A shift in a stream is told once, and a stream like the training stays quiet.
@Suite struct ShiftWatchTests {
    /// A column of numbers and one of categories.
    private func table(_ rowCount: Int, _ random: inout Numbers, shift: Double = 0) throws -> Table
    {
        try Table(
            columns: [
                Column("x", (0..<rowCount).map { _ in random.next() + shift }),
                Column(
                    "color",
                    categories: (0..<rowCount).map { _ in random.next() < 0.3 ? "red" : "green" }
                ),
            ]
        )
    }

    private func watch(_ training: Table, heldOutCount: Int = 300) throws -> ShiftWatch {
        let monitor = ShiftMonitor(
            columns: try TablePreparation().fitted(to: training).columns,
            trainingCount: training.rowCount,
            heldOutCount: heldOutCount,
            expectedShare: 0.05,
            independence: 1
        )
        return ShiftWatch(monitor, stretch: 100)
    }

    /// Streams that are drawn like the training, with a look after 100, 300, 700 and 1,500 rows and at the end.
    @Test func aQuietStreamStaysQuiet() throws {
        var random = Numbers(state: 11)
        let runCount = 200
        var noteCount = 0
        for _ in 0..<runCount {
            var watch = try watch(table(300, &random))
            let held = (0..<300).map { _ in random.next() }.sorted(by: >)
            for _ in 0..<18 {
                let chunk = try table(100, &random)
                if watch.add(chunk, verdicts(100, like: held, &random)) != nil { noteCount += 1 }
            }
            if watch.finish() != nil { noteCount += 1 }
        }
        #expect(noteCount * 100 < runCount)
    }

    @Test func aShiftIsToldOnceAlsoAfterAQuietTime() throws {
        var random = Numbers(state: 12)
        var watch = try watch(table(300, &random))
        for _ in 0..<15 {
            let none = verdicts(.init(repeating: false, count: 100))
            #expect(watch.add(try table(100, &random), none) == nil)
        }
        var told: [Shift] = []
        for _ in 0..<60 {
            let flags = (0..<100).map { $0 % 3 == 0 }
            let chunk = try table(100, &random)
            if let shift = watch.add(chunk, verdicts(flags)) { told.append(shift) }
        }
        #expect(told.count == 1 && watch.hasTold && watch.finish() == nil)
        #expect(told.first?.flagsTooMany == true && told.first?.isNoteworthy == true)
    }

    /// Hours differ without anything being wrong; values that the training never had are something else.
    @Test func columnsCountByThemselvesOnlyWhereTheyHoldWhatIsNew() throws {
        var random = Numbers(state: 13)
        let none = verdicts(.init(repeating: false, count: 100))
        var night = try watch(table(300, &random))
        let low = try Table(
            columns: [
                Column("x", (0..<100).map { _ in random.next() / 3 }),
                Column("color", categories: .init(repeating: "red", count: 100)),
            ]
        )
        #expect(night.add(low, none) == nil)
        var moved = try watch(table(300, &random))
        let shift = try #require(moved.add(try table(100, &random, shift: 2), none))
        #expect(shift.columns.map(\.column) == ["x"] && !shift.flagsTooMany)
    }

    @Test func whatWasToldBeforeIsNotToldAgain() throws {
        var random = Numbers(state: 14)
        var watch = ShiftWatch(
            ShiftMonitor(
                columns: [],
                trainingCount: 300,
                heldOutCount: 300,
                expectedShare: 0.05,
                independence: 1
            ),
            stretch: 100,
            hasTold: true
        )
        let all = verdicts(.init(repeating: true, count: 100))
        #expect(watch.add(try table(100, &random), all) == nil)
        #expect(watch.finish() == nil)
    }
}
