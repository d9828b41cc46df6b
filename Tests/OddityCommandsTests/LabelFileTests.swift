import TestSupport
import Testing

/// Labels of a second file, found by a key.
@Suite struct LabelFileTests {
    let workshop: Workshop
    private let data: String
    private let plain: String

    init() throws {
        workshop = try Workshop()
        let labelled = SampleTable.labelled(rowCount: 60)
        plain = workshop.folder.write(labelled.csv, as: "labelled.csv")
        var table = labelled
        table.header[table.header.count - 1] = "ticket"
        for row in table.rows.indices { table.rows[row][table.header.count - 1] = "T\(row)" }
        data = workshop.folder.write(table.csv, as: "rows.csv")
        // In another order, and with more rows than the data.
        let labels = (0..<70).reversed().map { "\($0 % 10 == 0 ? "yes" : "no"),T\($0)\n" }
        _ = workshop.folder.write("fraud,ticket\n" + labels.joined(), as: "labels.csv")
    }

    private func run(_ command: String, _ data: String, _ options: String...) throws -> ChildProcess
    {
        try ChildProcess(try Oddity.binary(), [command, workshop.model, data] + options)
    }

    private var labels: String { workshop.path("labels.csv") }

    @Test func labelsAreFoundByTheirKey() throws {
        let expected = try run("evaluate", plain, "--label", "label")
        let found = try run(
            "evaluate",
            data,
            "--label",
            "fraud",
            "--labels-from",
            labels,
            "--labels-key",
            "ticket"
        )
        #expect(found.exitCode == 0, "\(found.errors)")
        #expect(found.output == expected.output)
        let table = try ChildProcess(
            try Oddity.binary(),
            [
                "threshold", workshop.model, "--data", data, "--label", "fraud", "--labels-from",
                labels, "--labels-key", "ticket",
            ]
        )
        #expect(table.exitCode == 0 && table.output.contains("youden"))
    }

    @Test func whatIsMissingOrTwiceIsNamed() throws {
        func evaluate(_ text: String) throws -> ChildProcess {
            let path = workshop.folder.write(text, as: "few.csv")
            return try run(
                "evaluate",
                data,
                "--label",
                "fraud",
                "--labels-from",
                path,
                "--labels-key",
                "ticket"
            )
        }
        let rows = (0..<60).map { "T\($0),no\n" }
        expectFailure(
            try evaluate("ticket,fraud\n" + rows.dropLast().joined()),
            65,
            "rows.csv",
            "row 60",
            "\"T59\" has no label in "
        )
        expectFailure(
            try evaluate("ticket,fraud\n" + rows.joined() + "T3,yes\n"),
            65,
            "few.csv",
            "row 61",
            "\"T3\" has the label \"yes\" here and \"no\" above"
        )
        expectFailure(
            try evaluate("ticket,fraud\nT0,\n" + rows.dropFirst().joined()),
            65,
            "few.csv",
            "the label is missing"
        )
        expectFailure(try evaluate("ticket,other\nT0,no\n"), 65, "few.csv", "fraud")
    }

    @Test func bothOptionsGoTogether() throws {
        expectUsageError(
            try run("evaluate", data, "--label", "fraud", "--labels-from", labels),
            "--labels-from needs --labels-key"
        )
        expectUsageError(
            try run("evaluate", data, "--label", "fraud", "--labels-key", "ticket"),
            "--labels-key needs --labels-from"
        )
        expectUsageError(
            try run("evaluate", data, "--labels-from", labels, "--labels-key", "ticket"),
            "--label"
        )
    }
}
