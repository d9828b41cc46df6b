import Foundation
import OddityFiles
import OddityReports
import TestSupport
import Testing

@testable import OddityRecords

struct SVGRasterizerTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func report() -> EvaluationReport {
        var report = EvaluationReport(title: "Small")
        report.trainingCurves = [TrainingCurve(training: [3, 2, 1], validation: [4, 3, 2])]
        return report
    }

    /// A program of that name that does what a line of shell says.
    private func program(_ line: String) throws -> SVGRasterizer {
        let path = folder.write("#!/bin/sh\n\(line)\n", as: SVGRasterizer.program)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return try #require(SVGRasterizer(folders: "/nowhere:\(folder.path)"))
    }

    @Test func withoutTheProgramThereIsSVGAlone() throws {
        #expect(SVGRasterizer(folders: nil) == nil && SVGRasterizer(folders: folder.path) == nil)
        let charts = folder.path + "/charts"
        let text = try report().write(chartsTo: charts, rasterizer: nil)
        #expect(
            text.hasPrefix("1 chart in \(charts), as SVG only: for PNG there must be rsvg-convert")
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: charts) == ["training.svg"])
    }

    @Test func itReadsTheSVGAndItsOutputIsThePNG() throws {
        let rasterizer = try program("printf '\\211PNG\\r\\n\\032\\n'; cat")
        let charts = folder.path + "/it's \"here\" $HOME"
        #expect(
            try report().write(chartsTo: charts, rasterizer: rasterizer).hasSuffix("as SVG and PNG")
        )
        let svg = folder.read(charts + "/training.svg")
        #expect(Array(folder.read(charts + "/training.png").dropFirst(8)) == Array(svg))
    }

    @Test(arguments: ["exit 1", "echo nothing", "printf '\\211PNG\\r\\n\\032\\n'; exit 3"])
    func whatFailsLeavesNoImage(_ line: String) throws {
        let rasterizer = try program(line)
        let charts = folder.path + "/charts"
        let error = #expect(throws: FileError.self) {
            try report().write(chartsTo: charts, rasterizer: rasterizer)
        }
        #expect(error?.path == charts + "/training.svg" && error?.code == .readFailed)
        #expect(try FileManager.default.contentsOfDirectory(atPath: charts) == ["training.svg"])
    }

    @Test(.enabled(if: SVGRasterizer() != nil, "librsvg2-bin is not installed"))
    func chartsBecomeImagesInColor() throws {
        let charts = folder.path + "/charts"
        _ = try report().write(chartsTo: charts)
        let png = Array(folder.read(charts + "/training.png"))
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        // Twice as wide and high as the image says, and not just paper: that would take a few hundred bytes.
        func number(at place: Int) -> Int { png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
        let svg = folder.readText(charts + "/training.svg")
        #expect(svg.contains("width=\"\(number(at: 16) / 2)\" height=\"\(number(at: 20) / 2)\""))
        #expect(png.count > 5_000)
    }
}
