import Foundation
import Oddity
import Testing

/// The code of the article TheSameVerbs, as it stands there.
@Suite struct SameVerbsTests {
    /// Files of three kinds, small enough to learn from in a moment: normal ones, and others whose last is odd.
    private let files: TemporaryTree

    init() throws {
        files = try TemporaryTree()
        let normal = (0..<80).map { "\($0 % 7),\(2 * ($0 % 7))" }
        try files.write("normal.csv", ["speed,load"] + normal)
        try files.write("new.csv", ["speed,load", "3,6", "0,12"])
        func steps(_ rows: Range<Int>, oddFrom odd: Int = .max) -> [String] {
            ["time,flow,pressure"]
                + rows.map { row in
                    let angle = Double(row) / 5
                    return "\(1_767_225_600 + 10 * row),\(sin(angle)),\(row < odd ? cos(angle) : 9)"
                }
        }
        try files.write("history.csv", steps(0..<200))
        try files.write("today.csv", steps(200..<240, oddFrom: 239))
        for index in 0..<12 { try files.write("good/\(index).pgm", image(index, light: 100)) }
        try files.write("parts/1.pgm", image(20, light: 100))
        try files.write("parts/2.pgm", image(21, light: 10))
    }

    private func image(_ index: Int, light: Int) -> [String] {
        ["P2 8 8 255"]
            + (0..<8).map { y in
                (0..<8).map { x in "\(light + (index * 31 + y * 17 + x * 7) % 40)" }
                    .joined(separator: " ")
            }
    }

    @Test func aTable() throws {
        let folder = files.path
        // Article: begin
        let (training, _) = try Table.reading(path: "\(folder)/normal.csv")
        var settings = TableDetector()
        settings.epochs = 100
        var detector = try settings.fitted(to: training)

        let rows = try Table.reading(
            path: "\(folder)/new.csv",
            schema: detector.requiredSchema
        )
        for verdict in try detector.verdicts(of: rows, reasonCount: 2) {
            print(verdict.score.score, verdict.score.pValue, verdict.reasons.map(\.column))
        }

        detector.decisionRule = .falseAlarmRate(0.05)
        let anomalies = try detector.verdicts(of: rows).filter(\.isAnomaly)

        try detector.write(to: "\(folder)/table.safetensors")
        let loaded = try FittedTableDetector(reading: "\(folder)/table.safetensors")
        // Article: end
        #expect(anomalies.count == 1)
        #expect(try loaded.verdicts(of: rows) == detector.verdicts(of: rows))
        #expect(loaded.decisionRule == .falseAlarmRate(0.05))
    }

    @Test func images() throws {
        let folder = files.path
        // Article: begin
        let training = try ImageCollection(path: "\(folder)/good")
        var settings = ImageDetector()
        (settings.folds, settings.steps, settings.patchSteps) = (2, 100, 100)
        var (detector, _) = try settings.fitted(to: training)

        let images = try detector.prepared(ImageCollection(path: "\(folder)/parts"))
        for image in images.images {
            let explained = try detector.explained(image, of: images)
            print(explained.score.score, explained.score.pValue, explained.oddestPixel)
        }

        detector.decisionRule = .falseAlarmRate(0.1)
        let anomalies = try detector.verdicts(of: images).filter(\.isAnomaly)

        try detector.write(to: "\(folder)/images.safetensors")
        let loaded = try FittedImageDetector(reading: "\(folder)/images.safetensors")
        // Article: end
        #expect(try detector.verdicts(of: images).last?.isAnomaly == true)
        #expect(!anomalies.isEmpty)
        #expect(try loaded.verdicts(of: images) == detector.verdicts(of: images))
        #expect(loaded.decisionRule == .falseAlarmRate(0.1))
    }

    @Test func aSeries() throws {
        let folder = files.path
        // Article: begin
        let (training, _) = try Table.reading(path: "\(folder)/history.csv", keeping: ["time"])
        var settings = SeriesDetector()
        settings.windowLength = 8
        var detector = try settings.fitted(to: training, options: SeriesOptions(timeColumn: "time"))

        let steps = try Table.reading(
            path: "\(folder)/today.csv",
            schema: detector.requiredSchema,
            keeping: ["time"]
        )
        for case let verdict? in try detector.verdicts(of: steps, reasonCount: 2) {
            print(verdict.score.score, verdict.score.pValue, verdict.reasons.map(\.column))
        }

        detector.decisionRule = .falseAlarmRate(0.02)
        let anomalies = try detector.verdicts(of: steps).filter { $0?.isAnomaly == true }

        try detector.write(to: "\(folder)/series.safetensors")
        let loaded = try FittedSeriesDetector(reading: "\(folder)/series.safetensors")
        // Article: end
        #expect(anomalies.count >= 1)
        #expect(try loaded.verdicts(of: steps) == detector.verdicts(of: steps))
        #expect(loaded.decisionRule == .falseAlarmRate(0.02))
    }

    @Test func anyKind() throws {
        let (training, _) = try Table.reading(path: "\(files.path)/normal.csv")
        var settings = TableDetector()
        settings.epochs = 1
        let path = "\(files.path)/model.safetensors"
        try settings.fitted(to: training).write(to: path)
        // Article: begin
        let model = try Model(reading: path)
        print(model.detector.heldOut.count, model.detector.decisionRule)
        switch model {
        case .table(let detector): print(detector.requiredSchema.names)
        case .images(let detector): print(detector.shape)
        case .series(let detector): print(detector.keyColumns)
        }
        // Article: end
        #expect(model.detector.memberCount == settings.folds)
    }

    @Test func theArticleShowsThisCode() throws {
        let lines = try String(contentsOfFile: #filePath, encoding: .utf8)
            .components(separatedBy: "\n")
        let marks = lines.indices.filter { line in
            ["begin", "end"].contains { lines[line].hasSuffix("// Article: \($0)") }
        }
        let tested = stride(from: 0, to: marks.count, by: 2).map { mark in
            lines[(marks[mark] + 1)..<marks[mark + 1]].map { String($0.dropFirst(8)) }
        }
        let article = try String(
            contentsOfFile: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../Sources/Oddity/Oddity.docc/TheSameVerbs.md").path,
            encoding: .utf8
        ).components(separatedBy: "\n")
        let fences = article.indices.filter { article[$0].hasPrefix("```") }
        let shown = stride(from: 0, to: fences.count, by: 2).map { fence in
            Array(article[(fences[fence] + 1)..<fences[fence + 1]])
        }
        #expect(tested.count == 4)
        #expect(shown == tested)
    }
}

/// A folder with folders that lasts as long as this object.
private final class TemporaryTree {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("oddity-verbs-\(UUID().uuidString)")

    var path: String { folder.path }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ name: String, _ lines: [String]) throws {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try lines.map { $0 + "\n" }.joined().write(to: file, atomically: true, encoding: .utf8)
    }
}
