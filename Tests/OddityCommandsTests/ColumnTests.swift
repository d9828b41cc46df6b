import TestSupport
import Testing

/// How new columns and values are met.
@Suite struct ColumnTests {
    let workshop: Workshop
    let new = SampleTable(rowCount: 40, seed: 5)

    init() throws { workshop = try Workshop() }

    /// The table with its columns in another order, or some of them.
    func columns(_ names: [String]) -> SampleTable {
        var table = new
        let places = names.compactMap { new.header.firstIndex(of: $0) }
        table.header = names
        table.rows = new.rows.map { row in places.map { row[$0] } }
        return table
    }

    /// The table with one value in the place of a column's.
    func with(_ value: String, in column: String) throws -> SampleTable {
        var table = new
        let place = try #require(new.header.firstIndex(of: column))
        for row in table.rows.indices { table.rows[row][place] = value }
        return table
    }

    @Test func orderDoesNotMatter() throws {
        let turned = columns(["fixed", "color", "b", "c", "a"])
        #expect(try workshop.score(turned).output == workshop.score(new).output)
    }

    @Test func extraColumnsAreLeftOutAndNamed() throws {
        var table = new
        table.header += ["p", "q"]
        for row in table.rows.indices { table.rows[row] += ["1", "text"] }
        let run = try workshop.score(table)
        #expect(run.output == (try workshop.score(new).output))
        #expect(
            run.errors.contains(
                "4 columns that the model does not use are left out: id, time, p, …"
            )
        )
        let exact = try workshop.score(columns(["a", "b", "c", "color", "fixed"]))
        #expect(!exact.errors.contains("left out"))
    }

    @Test func missingColumnsAreAllNamed() throws {
        let run = try workshop.score(columns(["a", "c", "color"]))
        expectFailure(run, 65, "new.csv", "\"b\"", "\"fixed\"")
        #expect(run.output.isEmpty)
    }

    @Test func textInANumericColumnIsRefused() throws {
        var table = new
        table.rows[17][2] = "many"
        let run = try workshop.score(
            table,
            "--on-bad-row",
            "stop",
            "--output",
            workshop.path("scores.csv")
        )
        expectFailure(run, 65, "new.csv:19: column \"a\"", "\"many\"")
        #expect(workshop.folder.names == ["model.safetensors", "new.csv", "train.csv"])
    }

    @Test(arguments: [("violet", "color"), ("6", "fixed"), ("", "b"), ("", "fixed")])
    func whatTrainingNeverSawRaisesTheScore(_ value: String, _ column: String) throws {
        let usual = try workshop.score(new)
        let changed = try workshop.score(try with(value, in: column))
        let pairs = zip(
            try numbers("score", in: usual.lines),
            try numbers("score", in: changed.lines)
        )
        #expect(pairs.filter { $0.1 > $0.0 }.count >= 39)
        #expect(pairs.allSatisfy { $0.1 < 20 })
        #expect(fields(changed.lines).dropFirst().filter { $0[5] == column }.count >= 30)
    }

    @Test func aFileWithoutAHeaderIsReadInTheOrderOfTraining() throws {
        let table = columns(["a", "b", "c", "color", "fixed"])
        let expected = try workshop.score(table).output
        let bare = workshop.folder.write(
            table.rows.map { $0.joined(separator: ",") + "\n" }.joined(),
            as: "bare.csv"
        )
        #expect(try oddity("score", workshop.model, bare, "--no-header").output == expected)
    }

    @Test func unknownNamesInOptionsAreUsageErrors() throws {
        let data = workshop.path("train.csv")
        for option in ["--ignore", "--label", "--categorical", "--numeric"] {
            let run = try oddity("fit", data, "--output", workshop.path("m"), option, "colour")
            expectFailure(run, 64, "no column \"colour\"", "did you mean \"color\"?")
        }
        let run = try oddity(
            "fit",
            data,
            "--output",
            workshop.path("m"),
            "--numeric",
            "a",
            "--ignore",
            "a"
        )
        expectFailure(run, 64, "column \"a\"", "choose one")
        #expect(!workshop.folder.names.contains("m"))
    }
}
