import Foundation
import TestSupport
import Testing

/// `--group`: images of one piece are held out together.
@Suite struct ImageGroupTests {
    /// A folder with 16 pieces of 4 images each, which differ by a little noise.
    private final class Pieces {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("oddity-pieces-\(UUID().uuidString)")

        init() throws {
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("good"),
                withIntermediateDirectories: true
            )
            for index in 0..<64 {
                var texture = Numbers(state: UInt64(index / 4 + 1))
                let cells = (0..<36).map { _ in 60 + texture.next() * 120 }
                var noise = Numbers(state: UInt64(1000 + index))
                let pixels = (0..<576).map { place in
                    UInt8(cells[place / 24 / 4 * 6 + place % 24 / 4] + noise.next() * 8)
                }
                let name = "good/piece\(index / 4)-\(index % 4).pgm"
                try Data(Array("P5 24 24 255\n".utf8) + pixels).write(
                    to: folder.appendingPathComponent(name)
                )
            }
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    }

    private static let pattern = "piece([0-9]+)"
    private let pieces: Pieces

    init() throws { pieces = try Pieces() }

    private func fit(_ model: String, _ options: String...) throws -> ChildProcess {
        try oddity(["fit", pieces.path("good"), "-o", pieces.path(model)] + options)
    }

    private func expectRefusal(
        _ line: String,
        _ options: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for command in [["fit", "-o", pieces.path("refused")], ["find"]] {
            let run = try oddity(command + [pieces.path("good")] + options)
            #expect(run.exitCode == 64, "\(run.errors)", sourceLocation: sourceLocation)
            let lines = run.errors.split(separator: "\n").filter { $0.hasPrefix("Error: ") }
            #expect(lines == ["Error: \(line)"], sourceLocation: sourceLocation)
        }
        #expect(!FileManager.default.fileExists(atPath: pieces.path("refused")))
    }

    @Test func piecesThatWereNotSeenAreHarder() throws {
        func errors(_ options: String...) throws -> [Double] {
            let scores = pieces.path("scores.csv")
            let run = try oddity(
                ["find", pieces.path("good"), "--output", scores] + options
            )
            try #require(run.exitCode == 0, "\(run.errors)")
            let text = try String(contentsOfFile: scores, encoding: .utf8)
            return try numbers("error", in: text.split(separator: "\n").map(String.init))
        }
        let plain = try errors()
        let grouped = try errors("--group", Self.pattern)
        #expect(plain.count == 64 && grouped.count == 64)
        #expect(grouped.reduce(0, +) > 2 * plain.reduce(0, +))
    }

    @Test func groupsAreToldKeptAndIndependentOfThreads() throws {
        let run = try fit("model", "--group", Self.pattern, "--threads", "1")
        #expect(run.exitCode == 0, "\(run.errors)")
        let line =
            "groups       64 images of 16 groups, each held out as a whole; "
            + "p-values are backed by the number of groups, not of images"
        #expect(run.errors.split(separator: "\n").contains { $0 == line }, "\(run.errors)")
        _ = try fit("again", "--group", Self.pattern, "--threads", "3")
        // All that a pattern without parentheses matches is what tells groups.
        _ = try fit("whole", "--group", "^piece[^-]*", "--threads", "2")
        let models = try ["model", "again", "whole"].map {
            try Data(contentsOf: URL(filePath: pieces.path($0)))
        }
        #expect(models[1] == models[0] && models[2] == models[0])
        let model = pieces.path("model")
        #expect(try oddity("inspect", model).output.contains("64 of 16 groups"))
        #expect(try oddity("inspect", model, "--json").output.contains("\"training_groups\" : 16"))
        #expect(try oddity("verify", model).exitCode == 0)
    }

    @Test func imagesThatDoNotMatchAreOfTheirOwn() throws {
        let run = try oddity(
            "find",
            pieces.path("good"),
            "--folds",
            "2",
            "--group",
            "piece([0-3])-"
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.contains("64 images of 52 groups"), "\(run.errors)")
    }

    @Test func badPatternsAreRefused() throws {
        try expectRefusal(
            "--group takes a regular expression, such as 'piece([0-9]+)', and 'piece(' is none: expected ')'",
            "--group",
            "piece("
        )
        try expectRefusal(
            "--group 'part([0-9]+)' matches none of the 64 images; "
                + "give a pattern of their paths, such as piece0-0.pgm",
            "--group",
            "part([0-9]+)"
        )
        try expectRefusal(
            "--group 'piece(1?)' tells 2 groups, and 4 folds need at least 4; "
                + "give a pattern that tells more pieces apart, or --folds 2",
            "--group",
            "piece(1?)"
        )
        try expectRefusal(
            "--group 'piece' tells 1 group, and 2 folds need at least 2; "
                + "give a pattern that tells more pieces apart",
            "--group",
            "piece",
            "--folds",
            "2"
        )
    }

    @Test func onlyImagesWithPathsHaveGroups() throws {
        let folder = try TemporaryFolder()
        let pixels = (0..<12 * 64).map { Double($0 % 7) / 7 }
        let array = folder.write(npy(pixels, shape: "(12, 8, 8)"), as: "images.npy")
        expectUsageError(
            try oddity("find", array, "--group", Self.pattern),
            "--group looks at the paths of images, and those in \(array) have none"
        )
        let table = folder.write("a,b\n1,2\n3,4\n")
        expectUsageError(
            try oddity("find", table, "--group", Self.pattern),
            "--group is for images"
        )
    }
}
