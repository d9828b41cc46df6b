import Foundation
import OddityEvaluation
import Testing

@testable import OddityReports

/// The rows that the page of an evaluation holds.
struct RowListsTests {
    /// What the script reads.
    private struct Data: Decodable {
        struct List: Decodable {
            let total: Int
            let hasP, hasTruth, hasReasons: Bool
            let rows: [Row]
        }

        struct Row: Decodable {
            let name: String
            let own: [String]
            let measure: Double
            let reasonCount: Int

            init(from decoder: any Decoder) throws {
                var values = try decoder.unkeyedContainer()
                name = try values.decode(String.self)
                own = try values.decode([String].self)
                _ = try values.decode(String.self)
                _ = try values.decode(String.self)
                measure = try values.decode(Double.self)
                _ = try values.decode(Int?.self)
                reasonCount = try values.nestedUnkeyedContainer().count ?? -1
            }
        }

        let size: Int
        let threshold: Double?
        let own, columns: [String]
        let lists: [String: List]
    }

    private static func data(of report: EvaluationReport) throws -> Data {
        try JSONDecoder().decode(Data.self, from: .init(RowLists(of: report).json.utf8))
    }

    @Test func thePageHoldsAllRowsOfItsLists() throws {
        var report = try sampleReport()
        let row = report.falseAlarms[0]
        report.falseAlarms = (0..<321).map { number in
            var row = row
            row.name = "row \(number)"
            row.own = ["<b>\u{1}\(number)&"]
            return row
        }
        report.ownColumns = ["plant \"A\""]
        let data = try Self.data(of: report)
        #expect(data.threshold == 3.35 && data.own == report.ownColumns)
        #expect(data.lists.keys.sorted() == ["alarms", "missed", "oddest"])
        let alarms = try #require(data.lists["alarms"])
        #expect(alarms.rows.map(\.name) == report.falseAlarms.map(\.name))
        #expect(alarms.rows[7].own == ["<b>\u{1}7&"] && alarms.rows[7].reasonCount == 3)
        #expect(alarms.hasP && alarms.hasTruth && alarms.hasReasons)
        // Without the script the first rows are there, and how many more there are.
        let page = WellFormed(report.html)
        #expect(page.isWellFormed)
        #expect(report.html.contains("and 301 more rows"))
        #expect(report.html.contains("row 19<") && !report.html.contains("row 20<"))
        #expect(report.html.contains("<th scope=\"col\">plant &quot;A&quot;</th>"))
    }

    @Test func rowsThatOnlyAMovedThresholdShowsAreInTheDataAlone() throws {
        var report = try sampleReport()
        let missed = report.missedAnomalies
        report.missedAnomalies = report.oddestRows + missed
        let data = try Self.data(of: report)
        #expect(data.lists["missed"]?.rows.count == 9)
        // The model misses more than the page holds, and says so.
        let matrix = try #require(report.operatingPoints.first { $0.isModelsOwn }?.confusionMatrix)
        #expect(data.lists["missed"]?.total == matrix.falseNegatives)
        #expect(matrix.falseNegatives > 3)
        let table = try #require(report.html.firstRange(of: "data-list=\"missed\""))
        let rest = report.html[table.upperBound...]
        let end = try #require(rest.firstRange(of: "</table>"))
        #expect(rest[..<end.lowerBound].split(separator: "<tbody>").count == 1 + missed.count)
    }

    @Test func aPageHoldsNoMoreThanItsLimit() throws {
        var report = EvaluationReport(title: "Many")
        let row = ReportedRow(name: "x", score: 3, isFlagged: true, isAnomaly: false)
        report.falseAlarms = [ReportedRow](repeating: row, count: EvaluationReport.heldRowLimit + 5)
        let data = try Self.data(of: report)
        #expect(data.lists["alarms"]?.rows.count == EvaluationReport.heldRowLimit)
        #expect(data.lists["alarms"]?.hasReasons == false)
        #expect(WellFormed(report.html).isWellFormed && report.html.utf8.count < 2_000_000)
    }

    @Test func aPageWithoutRowsHasNoScriptForThem() throws {
        #expect(RowLists(of: EvaluationReport(title: "Nothing")).shown.isEmpty)
        #expect(WellFormed(EvaluationReport(title: "Nothing").html).elements["script"] == nil)
        var report = try sampleReport()
        report.movableThreshold = nil
        // Lists are paged through where nothing moves them.
        #expect(WellFormed(report.html).elements["script"] == 2)
    }
}
