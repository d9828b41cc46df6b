import COddityZstd
import GRDB
import TestSupport
import Testing

/// Tables from databases, folders, and compressed files.
@Suite struct SourceTests {
    private func makeDatabase(_ table: SampleTable, at path: String) throws {
        try DatabaseQueue(path: path).write { database in
            let columns = table.header.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
            try database.execute(sql: "CREATE TABLE rows (\(columns)); CREATE TABLE other (a)")
            for row in table.rows {
                let marks = row.map { _ in "?" }.joined(separator: ", ")
                let values = row.map { text -> (any DatabaseValueConvertible)? in
                    if text.isEmpty { return nil }
                    if let number = Double(text) { return number }
                    return text
                }
                try database.execute(
                    sql: "INSERT INTO rows VALUES (\(marks))",
                    arguments: StatementArguments(values)
                )
            }
        }
    }

    @Test func aDatabaseIsFittedAndScoredAsItsRowsAre() throws {
        let workshop = try Workshop()
        let table = SampleTable(rowCount: 60, seed: 3)
        let database = workshop.path("data.sqlite")
        try makeDatabase(table, at: database)
        let expected = try workshop.score(table)
        let scored = try oddity("score", workshop.model, database + "?table=rows")
        #expect(scored.exitCode == 0, "\(scored.errors)")
        #expect(scored.output == expected.output)
        let some = try oddity(
            "score",
            workshop.model,
            database + "?query=SELECT * FROM rows LIMIT 7",
            "--reasons",
            "0"
        )
        #expect(some.lines.count == 8)
        let fit = try oddity(
            "fit",
            database + "?table=rows",
            "-o",
            workshop.path("m"),
            "--epochs",
            "2",
            "--hidden",
            "4,2"
        )
        #expect(fit.exitCode == 0, "\(fit.errors)")
        #expect(fit.errors.contains("60 rows, 7 columns, rows of an SQLite database"))
        expectFailure(
            try oddity("inspect", database),
            64,
            "2 tables, \"other\", \"rows\"",
            "?table=other"
        )
        #expect(try oddity("fit", database + "?table=rows", "-o", database).exitCode == 64)
    }

    @Test func aFolderIsOneTable() throws {
        let workshop = try Workshop()
        let table = SampleTable(rowCount: 40, seed: 3)
        let expected = try workshop.score(table)
        let folder = try TemporaryFolder()
        for (name, rows) in [("part-2.csv", table.rows[..<25]), ("part-10.csv", table.rows[25...])]
        {
            var part = table
            part.rows = Array(rows)
            folder.write(part.csv, as: name)
        }
        for path in [folder.path, folder.path + "/part-*.csv"] {
            let scored = try oddity("score", workshop.model, path)
            #expect(scored.exitCode == 0, "\(scored.errors)")
            #expect(scored.output == expected.output)
        }
        let inside = try oddity(
            "score",
            workshop.model,
            folder.path,
            "-o",
            folder.path + "/new.csv"
        )
        expectUsageError(inside, "is in the folder that is read")
        for name in ["/part-3.csv", "/./part-3.csv"] {
            let matched = try oddity(
                "score",
                workshop.model,
                folder.path + "/part-*.csv",
                "-o",
                folder.path + name
            )
            expectUsageError(matched, "would be read for")
        }
        folder.write("a,b\n1,2\n", as: "part-3.csv")
        expectFailure(
            try oddity("inspect", folder.path),
            65,
            "part-3.csv",
            "part-2.csv",
            "one schema"
        )
    }

    @Test func zstdIsReadFromStandardInputToo() throws {
        let workshop = try Workshop()
        let table = SampleTable(rowCount: 40, seed: 3)
        let expected = try workshop.score(table)
        let source = Array(table.csv.utf8)
        var bytes = [UInt8](repeating: 0, count: ZSTD_compressBound(source.count))
        let count = ZSTD_compress(&bytes, bytes.count, source, source.count, 3)
        workshop.folder.write(Array(bytes[..<count]), as: "new.csv.zst")
        let run = try shell(
            #""$ODDITY" score "$1/model.safetensors" - < "$1/new.csv.zst""#,
            in: workshop.folder
        )
        #expect(run.output == expected.output, "\(run.errors)")
    }

    @Test func sortedScoresBeginWithTheOddest() throws {
        let workshop = try Workshop()
        let table = SampleTable.labelled(rowCount: 80)
        let plain = try workshop.score(table, "--reasons", "0")
        let sorted = try workshop.score(table, "--reasons", "0", "--sort")
        #expect(Set(sorted.lines) == Set(plain.lines) && sorted.lines[0] == plain.lines[0])
        let scores = try numbers("score", in: sorted.lines)
        #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 >= $1 })
        let top = try workshop.score(table, "--reasons", "0", "--top", "5")
        #expect(Array(sorted.lines.prefix(6)) == top.lines)
        expectUsageError(try workshop.score(table, "--sort", "--top", "5"), "--top sorts")
    }

    @Test func aSchemaIsPinned() throws {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 120).csv, as: "train.csv")
        let printed = try oddity("inspect", data, "--json")
        let schema = folder.write(
            printed.output.replacing("\"categorical\"", with: "\"ignored\""),
            as: "schema.json"
        )
        let model = folder.path + "/m"
        let fit = try oddity(
            "fit",
            data,
            "--schema",
            schema,
            "-o",
            model,
            "--epochs",
            "2",
            "--hidden",
            "4,2"
        )
        #expect(fit.exitCode == 0, "\(fit.errors)")
        #expect(fit.errors.contains("color: as in the schema"))
        #expect(!fit.errors.contains("categorical"))
        var broken = SampleTable(rowCount: 120)
        broken.rows[9][2] = "much"
        let other = folder.write(broken.csv, as: "other.csv")
        for command in [["inspect", other], ["find", other], ["fit", other, "-o", model + "2"]] {
            expectFailure(
                try oddity(command + ["--schema", schema]),
                65,
                "other.csv:11: column \"a\"",
                "much"
            )
        }
        expectFailure(
            try oddity("inspect", data, "--schema", data),
            65,
            "train.csv",
            "inspect DATA --json"
        )
        expectFailure(try oddity("inspect", data, "--schema", data + "x"), 74, "train.csvx")
    }
}
