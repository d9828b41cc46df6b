import Foundation
import OddityDatasets
import OddityLinearAlgebra
import OddityPreprocessing
import Testing

@Suite("The calendar of times")
struct CalendarTests {
    /// Times every so many hours from Monday, 2024-01-01, at 00:30.
    private func times(every hours: Int, count: Int) -> [String] {
        (0..<count).map { index in
            let instant = Instant(
                nanoseconds: (1_704_067_200 + 1_800 + Int64(index * hours) * 3_600) * 1_000_000_000
            )
            return "\(instant)"
        }
    }

    private func preparer(
        _ texts: [String?],
        _ preparation: TablePreparation = TablePreparation()
    ) throws -> TablePreparer {
        try preparation.fitted(
            to: Table(columns: [Column("when", text: texts)], timeColumns: ["when"])
        )
    }

    private func encoder(
        _ texts: [String?],
        _ preparation: TablePreparation = TablePreparation()
    ) throws -> CalendarEncoder {
        guard case .calendar(let encoder) = try preparer(texts, preparation).columns[0].encoder
        else {
            throw PreparationError.noUsableColumns
        }
        return encoder
    }

    private func features(_ preparer: TablePreparer, _ text: String?) throws -> [Float] {
        let table = try Table(columns: [Column("when", text: [text])], timeColumns: ["when"])
        let rows = try preparer.applied(to: table)
        return (0..<rows.features.columnCount).map { rows.features[0, $0] }
    }

    @Test(
        "a cycle is used once the times span a whole turn of it",
        arguments: [
            (6, 20, [CalendarCycle.day]), (6, 29, [.day, .week]), (24 * 7, 40, [.week]),
            (24 * 30, 14, [.week, .year]), (23, 400, [.day, .week, .year]),
        ]
    )
    func choosesCycles(hours: Int, count: Int, expected: [CalendarCycle]) throws {
        var texts = times(every: hours, count: count)
        // Dates alone say nothing of the day.
        if hours % 24 == 0 { texts = texts.map { String($0.prefix(10)) } }
        #expect(try encoder(texts).cycles == expected)
    }

    @Test("times without a date have a day and no other cycle")
    func readsTimesOfDay() throws {
        let encoder = try encoder(["08:00", "13:30", "23:59:59", nil])
        #expect(encoder.cycles == [.day])
        #expect(encoder.format.shape == .timeOfDay)
        #expect(throws: PreparationError.nothingRepeats(column: "when", seconds: 0)) {
            try self.encoder(["08:00", "08:00"])
        }
    }

    @Test("the end of a day, a week and a year lies beside its beginning")
    func closesCycles() throws {
        let preparer = try preparer(times(every: 5, count: 3_000))
        func distance(_ first: String, _ second: String) throws -> Float {
            zip(try features(preparer, first), try features(preparer, second)).map { abs($0 - $1) }
                .max() ?? 0
        }
        #expect(try distance("2024-01-03T23:59:00Z", "2024-01-03T00:01:00Z") < 0.02)
        let weekday = try distance("2024-01-02T12:00:00Z", "2024-01-03T12:00:00Z")
        let ends = try distance("2024-01-07T12:00:00Z", "2024-01-08T12:00:00Z")
        #expect(abs(weekday - ends) < 0.7 * weekday && ends < 1.3)
        #expect(try distance("2024-12-25T12:00:00Z", "2024-01-03T12:00:00Z") < 0.8)
        #expect(try distance("2024-07-24T12:00:00Z", "2024-01-03T12:00:00Z") > 2)
    }

    @Test("training rows have the mean 0 and the variance 1")
    func standardizes() throws {
        let texts = times(every: 5, count: 3_000)
        let preparer = try preparer(texts)
        let rows = try preparer.applied(
            to: Table(columns: [Column("when", text: texts)], timeColumns: ["when"])
        )
        #expect(rows.features.columnCount == 6 && rows.evidence.isEmpty)
        for feature in 0..<6 {
            let values = (0..<texts.count).map { Double(rows.features[$0, feature]) }
            #expect(abs(values.reduce(0, +)) / 3_000 < 1e-4)
            #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 3_000 - 1) < 1e-3)
        }
    }

    @Test("features stand for the time that they were made of")
    func inverts() throws {
        let preparer = try preparer(times(every: 5, count: 3_000))
        for text in ["2024-03-09T00:00:00Z", "2024-05-12T23:59:00Z", "2023-12-31T12:34:00Z"] {
            let table = try Table(columns: [Column("when", text: [text])], timeColumns: ["when"])
            let own = preparer.columns[0].cellValue(of: table.columns[0], at: 0)
            let found = try features(preparer, text).withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map { preparer.value(ofColumn: 0, in: $0) }
            }
            #expect(found == own)
        }
        #expect(
            CalendarTime(secondOfDay: 3_725, weekday: 6, month: 2).description == "Sun 01:02 in Mar"
        )
    }

    @Test("what training never saw is evidence: an hour, a weekday, no time, what is none")
    func marksForeign() throws {
        // From 8 to 17 on working days.
        let texts = times(every: 1, count: 24 * 28).filter { text in
            let hour = Int(text.dropFirst(11).prefix(2)) ?? 0
            let day = Int(text.dropFirst(8).prefix(2)) ?? 0
            return 8..<17 ~= hour && (day - 1) % 7 < 5
        }
        let preparer = try preparer(texts)
        let new: [String?] = [
            "2024-03-05T10:15:00Z", "2024-03-05T03:15:00Z", "2024-03-09T10:15:00Z", nil, "soon",
        ]
        let rows = try preparer.applied(
            to: Table(columns: [Column("when", text: new)], timeColumns: ["when"])
        )
        #expect(rows.evidence.map(\.row) == [1, 2, 3, 4])
        let features = rows.features.elements
        #expect(features.allSatisfy { $0.isFinite })
        // Where training had rows without a time, that is none.
        let gaps = try self.preparer(texts + [nil, nil])
        let again = try gaps.applied(
            to: Table(columns: [Column("when", text: new)], timeColumns: ["when"])
        )
        #expect(again.evidence.map(\.row) == [1, 2, 4])
    }

    @Test("a row that is alone in its hour would be evidence, had it not been learned from")
    func countsLoneRows() throws {
        let texts = times(every: 24, count: 30) + ["2024-01-09T03:00:00Z"]
        let table = try Table(columns: [Column("when", text: texts)], timeColumns: ["when"])
        let counts = try TablePreparation().fitted(to: table).leaveOneOutEvidenceCounts(in: table)
        #expect(counts == [Int](repeating: 0, count: 30) + [1])
    }

    @Test("times with an offset are looked at by the clock of a zone, others by their own")
    func usesZone() throws {
        var preparation = TablePreparation()
        preparation.timeZone = try TimeZoneRules(named: "Europe/Berlin")
        let summer = "2024-07-01T22:30:00Z"
        let offset = try encoder(times(every: 5, count: 3_000), preparation)
        #expect(offset.time(of: summer)?.description == "Tue 00:30 in Jul")
        let local = times(every: 5, count: 3_000).map { String($0.dropLast()) }
        #expect(
            try encoder(local, preparation).time(of: String(summer.dropLast()))?.description
                == "Mon 22:30 in Jul"
        )
        #expect(try encoder(times(every: 5, count: 3_000)).time(of: summer)?.secondOfDay == 81_000)
    }

    @Test("what cannot be learned from says why")
    func refuses() throws {
        #expect(
            throws: PreparationError.nothingRepeats(column: "when", seconds: 4 * 3_600),
            performing: { try preparer(times(every: 1, count: 5)) }
        )
        #expect(
            performing: { try preparer(times(every: 24, count: 10) + ["soon"]) },
            throws: { error in
                guard case .invalidTime("when", 11, let text) = error as? PreparationError else {
                    return false
                }
                return text.hasPrefix("\"soon\" is no time that is understood;")
            }
        )
        #expect(
            throws: PreparationError.missingValue(column: "when", row: 11),
            performing: {
                try preparer(
                    times(every: 24, count: 10) + [nil],
                    TablePreparation(missingValues: .error)
                )
            }
        )
        #expect(
            performing: { try Table(columns: [Column("x", [1])], timeColumns: ["x"]) },
            throws: { ($0 as? DatasetError)?.code == .unknownColumn }
        )
    }

    @Test("a preparer is read back as it was, and damage is noticed")
    func codes() throws {
        let preparer = try preparer(times(every: 5, count: 3_000))
        let bytes = try JSONEncoder().encode(preparer)
        #expect(try JSONDecoder().decode(TablePreparer.self, from: bytes) == preparer)
        let text = String(decoding: bytes, as: UTF8.self)
        for (sound, damaged) in [
            ("\"cycle\":\"week\"", "\"cycle\":\"day\""),
            ("\"missingCount\":0", "\"missingCount\":-1"),
        ] {
            #expect(text.contains(sound))
            let changed = text.replacingOccurrences(of: sound, with: damaged)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(TablePreparer.self, from: Data(changed.utf8))
            }
        }
    }
}
