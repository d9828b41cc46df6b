import Foundation
import TestSupport
import Testing

/// Images on the command line.
@Suite struct ImageTests {
    /// A folder of PGM images: stripes, and in `test/blot` the same with a dark blot.
    private struct Gallery {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("oddity-images-\(UUID().uuidString)")

        init(training: Int = 40) throws {
            for index in 0..<training { try write("train/good", index, hasBlot: false) }
            for index in 100..<110 { try write("test/good", index, hasBlot: false) }
            for index in 100..<110 { try write("test/blot", index, hasBlot: true) }
        }

        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

        func remove() { try? FileManager.default.removeItem(at: folder) }

        private func write(_ part: String, _ index: Int, hasBlot: Bool) throws {
            var random = Numbers(state: UInt64(index * 7 + 1))
            let shift = Int(random.next() * 4)
            let light = 90 + random.next() * 20
            var bytes = Array("P5 20 16 255\n".utf8)
            for y in 0..<16 {
                for x in 0..<20 {
                    let stripe = (x + shift) % 4 < 2 ? light : 2 * light
                    let isBlot = hasBlot && (6..<11).contains(y) && (8..<13).contains(x)
                    bytes.append(UInt8(isBlot ? 30 : stripe + random.next() * 10))
                }
            }
            let target = folder.appendingPathComponent(part)
            try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
            try Data(bytes).write(to: target.appendingPathComponent("\(index).pgm"))
        }
    }

    @Test func modelsOfWholeImagesAreExported() throws {
        let gallery = try Gallery()
        defer { gallery.remove() }
        let (model, file) = (gallery.path("model"), gallery.path("model.onnx"))
        func fit(_ options: String...) throws {
            let arguments = ["fit", gallery.folder.path, "--image-measures", "pixels"]
            let run = try oddity(arguments + options + ["--output", model])
            try #require(run.exitCode == 0, "\(run.errors)")
        }
        try fit()
        let run = try oddity("export", model, "--onnx", file)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(FileManager.default.fileExists(atPath: file))

        try fit("--tile", "12")
        expectFailure(
            try oddity("export", model, "--onnx", gallery.path("none.onnx")),
            65,
            "model: the model cuts images into tiles, which cannot be written as ONNX yet; fit without --tile"
        )
        #expect(!FileManager.default.fileExists(atPath: gallery.path("none.onnx")))
    }

    @Test func imagesGoThroughAllVerbs() throws {
        let gallery = try Gallery()
        defer { gallery.remove() }
        let model = gallery.path("model")
        let fit = try oddity("fit", gallery.folder.path, "--output", model)
        try #require(fit.exitCode == 0, "\(fit.errors)")
        #expect(fit.errors.contains("40 images, 20 × 16, grey"))
        #expect(fit.errors.contains("only good images are learned from, 20 others are left out"))

        let score = try oddity("score", model, gallery.path("test"), "--maps", gallery.path("maps"))
        #expect(score.exitCode == 0, "\(score.errors)")
        let scores = try numbers("score", in: score.lines)
        #expect(scores.count == 20)
        // The blots come first, by name.
        #expect(scores[..<10].reduce(0, +) > 2 * scores[10...].reduce(0, +))
        let flagged = try numbers("anomaly", in: score.lines).reduce(0, +)
        let strips = try FileManager.default.contentsOfDirectory(atPath: gallery.path("maps"))
        #expect(strips.count == Int(flagged))
        #expect(strips.allSatisfy { $0.hasSuffix(".png") })

        let report = gallery.path("report.html")
        let judged = try oddity("evaluate", model, gallery.folder.path, "--report", report)
        #expect(judged.exitCode == 0, "\(judged.errors)")
        #expect(judged.lines.first == "20 images, 10 anomalies")
        let page = try String(contentsOfFile: report, encoding: .utf8)
        #expect(page.contains("The oddest images"))
        #expect(page.contains("data:image/png;base64,"))

        #expect(try oddity("verify", model).output.contains("40 held-out images"))
        #expect(try oddity("inspect", model).output.contains("20 × 16 pixels, grey"))
        #expect(try oddity("inspect", gallery.folder.path).output.contains("40 images"))
    }

    @Test func oneImageScoresAsAmongMany() throws {
        let gallery = try Gallery()
        defer { gallery.remove() }
        let model = gallery.path("model")
        try #require(
            try oddity("fit", gallery.folder.path, "-o", model, "--folds", "2", "--threads", "1")
                .exitCode == 0
        )
        let again = gallery.path("again")
        _ = try oddity("fit", gallery.folder.path, "-o", again, "--folds", "2", "--threads", "3")
        #expect(
            try Data(contentsOf: URL(filePath: model)) == Data(contentsOf: URL(filePath: again))
        )
        let all = try oddity("score", model, gallery.path("test"), "--threads", "2").lines
        let one = try oddity("score", model, gallery.path("test/blot/103.pgm")).lines
        #expect(fields(one)[1][1...4] == fields(all)[4][1...4])
        let lines = try oddity("score", model, gallery.path("test"), "--format", "ndjson").lines
        #expect(lines.count == 20)
        #expect(lines[0].contains("\"image\":"))
    }

    @Test func brokenImagesAreNamedOrSkipped() throws {
        let gallery = try Gallery()
        defer { gallery.remove() }
        try Data("P5 20 16 255\nshort".utf8).write(
            to: gallery.folder.appendingPathComponent("train/good/zz.pgm")
        )
        let model = gallery.path("model")
        expectFailure(try oddity("fit", gallery.folder.path, "-o", model), 65, "zz.pgm")
        #expect(!FileManager.default.fileExists(atPath: model))
        let fit = try oddity(
            "fit",
            gallery.folder.path,
            "-o",
            model,
            "--folds",
            "2",
            "--skip-broken"
        )
        #expect(fit.exitCode == 0)
        #expect(fit.errors.contains("skipped"))
        #expect(fit.errors.contains("zz.pgm"))
    }

    @Test func dataAndModelOfOtherKindsAreRefused() throws {
        let gallery = try Gallery(training: 12)
        defer { gallery.remove() }
        let workshop = try Workshop()
        let model = gallery.path("model")
        try #require(
            try oddity("fit", gallery.folder.path, "-o", model, "--folds", "2").exitCode == 0
        )
        expectFailure(try oddity("score", model, workshop.path("train.csv")), 65, "images")
        expectFailure(
            try oddity("score", workshop.model, gallery.folder.path),
            65,
            "judges rows"
        )
        let few = try Gallery(training: 3)
        defer { few.remove() }
        expectFailure(try oddity("fit", few.folder.path, "-o", model), 65, "at least 10")
        expectUsageError(
            try oddity("fit", gallery.folder.path, "-o", model, "--hidden", "8"),
            "--hidden"
        )
        expectUsageError(try oddity("tune", gallery.folder.path, "-o", model), "use fit")
        expectUsageError(
            try oddity("fit", workshop.path("train.csv"), "-o", model, "--image-size", "8"),
            "--image-size"
        )
        expectUsageError(
            try oddity("score", workshop.model, workshop.path("train.csv"), "--maps", "m"),
            "--maps"
        )
        expectUsageError(
            try oddity("evaluate", workshop.model, workshop.path("train.csv")),
            "--label"
        )
        expectUsageError(
            try oddity("fit", gallery.folder.path, "-o", model, "--image-size", "8x"),
            "--image-size"
        )
    }

    @Test func sizesMasksAndColorsAct() throws {
        let gallery = try Gallery()
        defer { gallery.remove() }
        func scores(_ options: String...) throws -> [String] {
            let model = gallery.path("model")
            let fit = try ChildProcess(
                try Oddity.binary(),
                ["fit", gallery.folder.path, "-o", model, "--folds", "2"] + options
            )
            try #require(fit.exitCode == 0, "\(fit.errors)")
            return try oddity("score", model, gallery.path("test")).lines
        }
        let plain = try scores()
        #expect(try scores("--image-size", "12x10") != plain)
        #expect(try scores("--center-crop", "12") != plain)
        #expect(try scores("--image-color", "color") != plain)
        let tiled = try numbers("score", in: scores("--tile", "12", "--tile-stride", "4"))
        #expect(tiled.count == 20, "a score for each image, not for each tile")
        #expect(tiled[..<10].reduce(0, +) > 2 * tiled[10...].reduce(0, +))
        let strips = gallery.path("strips")
        _ = try oddity(
            "score",
            gallery.path("model"),
            gallery.path("test/blot"),
            "--maps",
            strips,
            "--false-alarm-rate",
            "0.05"
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: strips).count > 5)
        // A mask over the blots: nothing is odd there any more.
        var mask = Array("P5 20 16 255\n".utf8)
        for y in 0..<16 {
            for x in 0..<20 {
                mask.append((5..<12).contains(y) && (7..<14).contains(x) ? 255 : 0)
            }
        }
        let path = gallery.path("mask.pgm")
        try Data(mask).write(to: URL(filePath: path))
        let folder = gallery.folder.path
        expectUsageError(
            try oddity("fit", folder, "-o", gallery.path("m"), "--ignore-mask", strips),
            "--ignore-mask takes one image",
            "is a folder"
        )
        let masked = try numbers("score", in: scores("--ignore-mask", path))
        let seen = try numbers("score", in: plain)
        let (hidden, shown) = (masked[..<10].reduce(0, +), seen[..<10].reduce(0, +))
        #expect(2 * hidden < shown)
    }
}
