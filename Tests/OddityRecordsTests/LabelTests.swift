import OddityDatasets
import TestSupport
import Testing

@testable import OddityRecords

/// Which labels mean an anomaly.
@Suite struct LabelTests {
    private func table(_ labels: [String]) throws -> Table {
        let folder = try TemporaryFolder()
        let file = folder.write(
            "x,label\n" + labels.map { "1,\($0)\n" }.joined(),
            as: "data.csv"
        )
        return try Table.reading(path: file, keeping: ["label"]).table
    }

    @Test func usualWordsAreKnown() throws {
        var labels = Labels(column: "label", positive: nil)
        try labels.append(table(["normal", "Fraud", "0", "YES", "ok"]), file: "data.csv")
        #expect(labels.values == [false, true, false, true, false])
    }

    @Test func oneWordMayMeanAnAnomalyAndAllOthersNone() throws {
        var labels = Labels(column: "label", positive: "M")
        try labels.append(table(["M", "B", "M"]), file: "data.csv")
        #expect(labels.values == [true, false, true])
        try labels.checkPositive(file: "data.csv")
    }

    @Test func unknownAndMissingLabelsNameTheirRow() throws {
        var labels = Labels(column: "label", positive: nil)
        let unknown = #expect(throws: LabelProblem.self) {
            try labels.append(table(["0", "maybe"]), file: "data.csv")
        }
        #expect(
            unknown?.description.contains("row 2: \"maybe\" is not a label that is known") == true
        )
        let missing = #expect(throws: LabelProblem.self) {
            try labels.append(table(["", "0"]), file: "data.csv")
        }
        #expect(missing?.description.contains("row 1: the label is missing; fill it in") == true)
    }

    @Test func aPositiveLabelThatNoRowHasIsRefused() throws {
        var labels = Labels(column: "label", positive: "bad")
        try labels.append(table(["a", "b"]), file: "data.csv")
        let error = #expect(throws: LabelProblem.self) {
            try labels.checkPositive(file: "data.csv")
        }
        #expect(
            error?.description.contains("no row has \"bad\"; the labels are \"a\", \"b\"") == true
        )
    }
}
