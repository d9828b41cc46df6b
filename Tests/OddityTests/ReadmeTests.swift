import Foundation
import Oddity
import Testing

/// The library example of the README, as it stands there.
@Suite struct ReadmeTests {
    @Test func libraryExampleWorks() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("oddity-readme-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let normal = (0..<60).map { "\($0 % 7),\(2 * ($0 % 7))" }
        for (name, rows) in [("normal.csv", normal), ("new.csv", ["3,6", "0,12"])] {
            try ("speed,load\n" + rows.joined(separator: "\n") + "\n").write(
                toFile: "\(folder)/\(name)",
                atomically: true,
                encoding: .utf8
            )
        }
        let printed = try example(in: folder)
        #expect(printed.count == 2)
        #expect(printed[1].score.score > printed[0].score.score)
    }

    private func example(in folder: String) throws -> [Verdict] {
        // README: begin
        let (training, _) = try Table.reading(path: "\(folder)/normal.csv")
        var configuration = TableDetector()
        configuration.hiddenSizes = [32, 8]
        configuration.seed = 7
        let detector = try configuration.fitted(to: training, threadCount: 4)
        try detector.write(to: "\(folder)/model.safetensors")

        let rows = try Table.reading(
            path: "\(folder)/new.csv",
            schema: detector.requiredSchema
        )
        let verdicts = try detector.verdicts(of: rows, reasonCount: 1)
        for row in verdicts where row.isAnomaly {
            let reason = row.reasons.first.map {
                "\($0.column) \($0.actual), expected \($0.expected)"
            }
            print("odd:", row.score.score, reason ?? "")
        }
        // README: end
        return verdicts
    }

    /// The same lines stand in the README.
    @Test func libraryExampleIsThatOfTheReadme() throws {
        let source = try String(contentsOfFile: #filePath, encoding: .utf8)
        let readme = try String(
            contentsOfFile: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../README.md").path,
            encoding: .utf8
        )
        let lines = source.components(separatedBy: "\n")
        let begin = try #require(lines.firstIndex { $0.hasSuffix("// README: begin") })
        let end = try #require(lines.firstIndex { $0.hasSuffix("// README: end") })
        let example = lines[(begin + 1)..<end].map { String($0.dropFirst(8)) }.joined(
            separator: "\n"
        )
        #expect(readme.contains(example), "the example of the README is not the tested one")
    }
}
