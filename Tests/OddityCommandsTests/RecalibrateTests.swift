import Foundation
import TestSupport
import Testing

/// `oddity recalibrate`, and the note that tells when it is needed.
@Suite struct RecalibrateTests {
    /// Rows of one source, whose second column has moved.
    private static func rows(_ count: Int, seed: UInt64, shift: Double = 0) -> String {
        var random = Numbers(state: seed)
        let lines = (0..<count).map { row -> String in
            let (a, b) = (random.next() + random.next(), random.next() + random.next())
            return "\(a),\(b + shift),\(a - b + random.next() / 4),\(row % 50 == 7 ? 1 : 0)"
        }
        return (["a,b,c,label"] + lines).joined(separator: "\n") + "\n"
    }

    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        folder.write(Self.rows(200, seed: 1), as: "train.csv")
        folder.write(Self.rows(400, seed: 2, shift: 3), as: "newer.csv")
        folder.write(Self.rows(1000, seed: 3, shift: 3), as: "later.csv")
        let fit = try run("fit train.csv --ignore label --hidden 8,2 --epochs 40 -o model")
        try #require(fit.exitCode == 0, "\(fit.errors)")
    }

    private func run(_ words: String) throws -> ChildProcess {
        try shell(#"cd "$1"; "$ODDITY" \#(words)"#, in: folder)
    }

    /// The share of later rows that a model calls anomalies, and their scores.
    private func scored(_ model: String) throws -> (share: Double, scores: [Double], notes: String)
    {
        let scored = try run("score \(model) later.csv --reasons 0")
        let flags = try numbers("anomaly", in: scored.lines)
        return (
            flags.reduce(0, +) / Double(flags.count), try numbers("score", in: scored.lines),
            scored.errors
        )
    }

    @Test func theRateHoldsAgainForRowsLikeTheNewerOnes() throws {
        let before = try scored("model")
        #expect(before.share > 0.5)
        #expect(
            before.notes.contains(
                "of 1,000 rows are called anomalies, and 1.0 % were expected"
            )
        )
        #expect(before.notes.contains("b (all above "), "\(before.notes)")
        #expect(before.notes.contains("oddity recalibrate model NEWER"))
        let change = try run("recalibrate model newer.csv -o moved")
        #expect(change.exitCode == 0, "\(change.errors)")
        #expect(change.errors.contains("400 rows of newer.csv"))
        #expect(
            change.errors.contains("now          1.00 % of them (p-value ≤ 0.01)")
                || change.errors.contains("now          0.75 % of them")
        )
        let after = try scored("moved")
        #expect(after.share < 0.04, "\(after.share)")
        #expect(!after.notes.contains("called anomalies, and"), "\(after.notes)")
        // The order stays.
        let order = before.scores.indices.sorted { before.scores[$0] < before.scores[$1] }
        #expect(zip(order, order.dropFirst()).allSatisfy { after.scores[$0] <= after.scores[$1] })
        let inspected = try run("inspect moved")
        #expect(inspected.output.contains("400 newer rows of newer.csv"))
        #expect(try run("inspect moved --json").output.contains("\"newer.csv\""))
    }

    @Test func itCanBeTakenBackAndDoneAgain() throws {
        let original = folder.read(folder.path + "/model")
        #expect(try run("recalibrate model newer.csv").exitCode == 0)
        #expect(folder.read(folder.path + "/model") != original)
        let again = try run("recalibrate model later.csv -o twice")
        #expect(again.errors.contains("before       "), "\(again.errors)")
        #expect(again.errors.contains("1,000 newer rows of later.csv"))
        #expect(try run("recalibrate model --undo").exitCode == 0)
        #expect(folder.read(folder.path + "/model") == original)
        let none = try run("recalibrate model --undo")
        #expect(none.exitCode == 64 && none.errors.contains("there is nothing to undo"))
    }

    @Test func rowsLabelledAsAnomaliesAreLeftOut() throws {
        let change = try run("recalibrate model newer.csv --label label -o moved")
        #expect(
            change.errors.contains("392 rows of newer.csv; 8 labelled as anomalies left out"),
            "\(change.errors)"
        )
    }

    @Test func whatCannotBeIsRefused() throws {
        let original = folder.read(folder.path + "/model")
        folder.write(Self.rows(10, seed: 9), as: "few.csv")
        let few = try run("recalibrate model few.csv")
        expectFailure(few, 65, "few.csv: 10 scores are too few", "at least 20 rows")
        expectUsageError(try run("recalibrate model"), "give newer normal data, or --undo")
        expectUsageError(try run("recalibrate model few.csv --undo"), "leave few.csv out")
        expectUsageError(
            try run("recalibrate model --undo --label x"),
            "--label goes with newer data"
        )
        expectUsageError(
            try run("recalibrate model few.csv --positive 1"),
            "--positive goes with --label"
        )
        #expect(folder.read(folder.path + "/model") == original)
    }

    @Test func rowsOfTheTrainingAreNoticed() throws {
        let run = try run("recalibrate model train.csv -o moved")
        #expect(run.errors.contains("the model was trained on all of these rows"), "\(run.errors)")
    }

    /// One kind of rows is harder to foresee than the other, and newer rows have more of it.
    @Test func rowsOfAnotherMixAreWeighed() throws {
        func rows(_ count: Int, hardShare: Double, seed: UInt64) -> String {
            var random = Numbers(state: seed)
            let lines = (0..<count).map { row -> String in
                let isHard = random.next() < hardShare
                let (a, b) = (random.next() + random.next(), random.next() + random.next())
                let noise =
                    (random.next() + random.next() + random.next() - 1.5) * (isHard ? 1 : 0.2)
                return
                    "\(isHard ? "hard" : "easy"),\(a),\(b),\(a - b + noise),\(row % 40 == 3 ? 1 : 0)"
            }
            return (["kind,a,b,c,label"] + lines).joined(separator: "\n") + "\n"
        }
        folder.write(rows(800, hardShare: 0.1, seed: 21), as: "mixed.csv")
        folder.write(rows(500, hardShare: 0.7, seed: 22), as: "harder.csv")
        folder.write(rows(3_000, hardShare: 0.7, seed: 23), as: "next.csv")
        let fit = try run("fit mixed.csv --ignore label --hidden 8,2 --epochs 30 -o mixed")
        try #require(fit.exitCode == 0, "\(fit.errors)")
        let original = folder.read(folder.path + "/mixed")
        let change = try run("recalibrate mixed harder.csv --shifted-columns kind -o weighed")
        #expect(change.exitCode == 0, "\(change.errors)")
        #expect(change.errors.contains("500 rows of harder.csv"))
        #expect(change.errors.contains("800 held-out rows know as much as "))
        #expect(change.errors.contains("held-out rows with the mix of kind in harder.csv"))
        func share(_ model: String) throws -> Double {
            let scored = try run("score \(model) next.csv --reasons 0 --false-alarm-rate 0.05")
            let flags = try numbers("anomaly", in: scored.lines)
            return flags.reduce(0, +) / Double(flags.count)
        }
        let (before, after) = (try share("mixed"), try share("weighed"))
        #expect(before > 0.2, "\(before)")
        // Some hundred rows keep 5 % but for their own chance: a beta distribution of 5 and 95, beyond these once in 1,000 cases.
        #expect(0.005..<0.14 ~= after, "\(after)")
        #expect(try run("inspect weighed").output.contains("with the mix of kind in harder.csv"))
        // Labelled anomalies are left out, and the calibration of the fit comes back.
        let labelled = try run(
            "recalibrate mixed harder.csv --shifted-columns kind --label label -o other"
        )
        #expect(
            labelled.errors.contains("487 rows of harder.csv; 13 labelled as anomalies left out")
        )
        #expect(try run("recalibrate weighed --undo").exitCode == 0)
        #expect(folder.read(folder.path + "/weighed") == original)
        expectFailure(
            try run("recalibrate mixed harder.csv --shifted-columns knd -o none"),
            65,
            "the model has no column \"knd\"",
            "\"kind\", \"a\", \"b\", \"c\""
        )
        expectUsageError(
            try run("recalibrate mixed --undo --shifted-columns kind"),
            "--shifted-columns goes with newer data"
        )
        #expect(folder.read(folder.path + "/mixed") == original)
    }

    /// Of labelled rows only the normal ones are compared, and figures and page tell of it too.
    @Test func evaluationTellsWhatChanged() throws {
        let run = try run("evaluate model later.csv --label label --json --report page.html")
        #expect(run.errors.contains("of 980 normal rows are called anomalies"), "\(run.errors)")
        #expect(
            run.output.contains("\"is_noteworthy\" : true")
                || run.output.contains("\"is_noteworthy\":true")
        )
        let page = folder.readText(folder.path + "/page.html")
        #expect(page.contains("Like the training?") && page.contains("the largest of training"))
        folder.write(Self.rows(300, seed: 4), as: "same.csv")
        #expect(
            try !self.run("evaluate model same.csv --label label").errors.contains(
                "called anomalies, and"
            )
        )
    }

    @Test func stepsOfSeriesAreComparedToo() throws {
        let workshop = try SeriesWorkshop(seed: 3)
        func lines(_ offset: Double) -> String {
            let series = SampleSeries(rowCount: 600, firstMinute: 1000, seed: 8)
            let rows = series.csv.split(separator: "\n").enumerated().map { place, line -> String in
                var fields = line.split(separator: ",").map(String.init)
                if place > 0, let a = Double(fields[1]) { fields[1] = "\(a + offset)" }
                return fields.joined(separator: ",")
            }
            return rows.joined(separator: "\n") + "\n"
        }
        workshop.folder.write(lines(0), as: "same.csv")
        workshop.folder.write(lines(6), as: "moved.csv")
        func score(_ name: String) throws -> ChildProcess {
            try oddity("score", workshop.model, workshop.folder.path + "/" + name)
        }
        let moved = try score("moved.csv")
        #expect(moved.errors.contains("a (all above "), "\(moved.errors)")
        #expect(try !score("same.csv").errors.contains("note:"))
        let change = try oddity("recalibrate", workshop.model, workshop.folder.path + "/moved.csv")
        #expect(change.exitCode == 0, "\(change.errors)")
        #expect(try !score("moved.csv").errors.contains("note:"))
    }
}
